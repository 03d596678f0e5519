// Paints the cells of a NetworkLayersModel: the text keeps its color in the selected row, and columns keep a
// distance.
#pragma once

#include <QStyledItemDelegate>

namespace ui
{

class NetworkLayersDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

} // namespace ui
