#include "ui/widgets/FlowLayout.h"

#include <QWidget>
#include <algorithm>

namespace ui
{

FlowLayout::FlowLayout(int spacing)
{
    setSpacing(spacing);
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout()
{
    for (QLayoutItem* item : m_items)
        delete item;
}

void FlowLayout::addItem(QLayoutItem* item)
{
    m_items.push_back(item);
}

QLayoutItem* FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    QLayoutItem* item = itemAt(index);
    if (item != nullptr)
        m_items.erase(m_items.begin() + index);
    return item;
}

int FlowLayout::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), false);
}

QSize FlowLayout::sizeHint() const
{
    QSize size;
    for (const QLayoutItem* item : m_items) {
        if (!item->isEmpty())
            size = QSize(size.width() + item->sizeHint().width() + spacing(),
                         std::max(size.height(), item->sizeHint().height()));
    }
    return size;
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem* item : m_items)
        size = size.expandedTo(item->minimumSize());
    return size;
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowLayout::arrange(const QRect& rect, bool isMoving) const
{
    int y = rect.top();
    std::size_t next = 0;
    while (next < m_items.size()) {
        // One row: as many items as fit, vertically centered.
        std::vector<QLayoutItem*> row;
        int rowWidth = 0;
        int rowHeight = 0;
        for (; next < m_items.size(); ++next) {
            QLayoutItem* item = m_items[next];
            if (item->isEmpty())
                continue;
            const int width = item->sizeHint().width();
            if (!row.empty() && rowWidth + spacing() + width > rect.width())
                break;
            rowWidth += (row.empty() ? 0 : spacing()) + width;
            rowHeight = std::max(rowHeight, item->sizeHint().height());
            row.push_back(item);
        }
        int x = rect.left();
        for (QLayoutItem* item : row) {
            const QSize size = item->sizeHint();
            if (isMoving)
                item->setGeometry(QRect(QPoint(x, y + (rowHeight - size.height()) / 2), size));
            x += size.width() + spacing();
        }
        if (!row.empty())
            y += rowHeight + (next < m_items.size() ? spacing() : 0);
    }
    return y - rect.top();
}

} // namespace ui
