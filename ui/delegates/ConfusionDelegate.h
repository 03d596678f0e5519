// Paints the cells of a ConfusionModel.
#pragma once

#include <QStyledItemDelegate>

namespace ui
{

class ConfusionDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    /// In pixels. A cell is at least as wide as its text in this size.
    static constexpr int kSmallestFont = 9;

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace ui
