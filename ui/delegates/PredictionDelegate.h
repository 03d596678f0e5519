// Paints rows of a PredictionListModel: the image, and below it its index, the prediction and the true class.
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
