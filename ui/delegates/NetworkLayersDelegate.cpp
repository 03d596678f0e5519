#include "ui/delegates/NetworkLayersDelegate.h"

#include <algorithm>

namespace ui
{
namespace
{

constexpr int kGap = 14; // between columns

} // namespace

QSize NetworkLayersDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    const QString title = index.model()->headerData(index.column(), Qt::Horizontal).toString();
    return {std::max(size.width(), option.fontMetrics.horizontalAdvance(title)) + kGap, size.height()};
}

void NetworkLayersDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->state.setFlag(QStyle::State_HasFocus, false); // the selected row says enough
    if (const QVariant color = index.data(Qt::ForegroundRole); color.isValid())
        option->palette.setBrush(QPalette::HighlightedText, qvariant_cast<QBrush>(color));
}

} // namespace ui
