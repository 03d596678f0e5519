// Paints the cells of a ConfusionModel.
#pragma once

#include <QStyledItemDelegate>

namespace ui
{

class ConfusionDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace ui
