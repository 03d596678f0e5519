// Paints rows of a PredictionListModel: the image, below it its number, the prediction and the truth.
#pragma once

#include <QStyledItemDelegate>

namespace ui
{

class PredictionDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace ui
