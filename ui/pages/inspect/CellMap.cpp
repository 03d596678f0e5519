#include "ui/pages/inspect/CellMap.h"

#include "ui/render/Colors.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>

namespace ui
{

CellMap::CellMap(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void CellMap::setImage(const QImage& image)
{
    m_image = image;
    update();
}

void CellMap::setMarked(const QRect& cells)
{
    if (cells == m_marked)
        return;
    m_marked = cells;
    update();
}

void CellMap::setRevealed(int count)
{
    if (count == m_revealed)
        return;
    m_revealed = count;
    update();
}

void CellMap::setInteractive(bool isInteractive)
{
    m_isInteractive = isInteractive;
    setMouseTracking(isInteractive);
    setFocusPolicy(isInteractive ? Qt::StrongFocus : Qt::NoFocus);
    setCursor(isInteractive ? Qt::CrossCursor : Qt::ArrowCursor);
}

void CellMap::setHeld(bool isHeld)
{
    if (isHeld == m_isHeld)
        return;
    m_isHeld = isHeld;
    update();
    Q_EMIT heldChanged(isHeld);
}

void CellMap::release()
{
    setHeld(false);
}

QRect CellMap::imageRect() const
{
    if (m_image.isNull())
        return {};
    // An integer number of screen pixels per cell, if there is room.
    const int scale = std::min(width() / m_image.width(), height() / m_image.height());
    const QSize size =
        scale > 0 ? m_image.size() * scale : m_image.size().scaled(this->size(), Qt::KeepAspectRatio);
    return {{(width() - size.width()) / 2, (height() - size.height()) / 2}, size};
}

QRectF CellMap::rectOf(const QRect& cells) const
{
    const QRectF image = imageRect();
    const double wide = image.width() / m_image.width();
    const double high = image.height() / m_image.height();
    return {image.left() + cells.left() * wide, image.top() + cells.top() * high, cells.width() * wide,
            cells.height() * high};
}

QPoint CellMap::cellAt(const QPoint& position) const
{
    const QRect image = imageRect();
    return {(position.x() - image.left()) * m_image.width() / image.width(),
            (position.y() - image.top()) * m_image.height() / image.height()};
}

void CellMap::paintEvent(QPaintEvent*)
{
    if (m_image.isNull())
        return;
    const Colors colors = currentColors();
    QPainter painter(this);
    const QRect image = imageRect();
    painter.drawImage(image, m_image); // no smoothing
    if (m_revealed >= 0) {
        const int row = m_revealed / m_image.width();
        const int column = m_revealed % m_image.width();
        painter.fillRect(rectOf({column, row, m_image.width() - column, 1}), colors.ground);
        painter.fillRect(rectOf({0, row + 1, m_image.width(), m_image.height() - row - 1}), colors.ground);
    }
    painter.setPen(hasFocus() ? colors.accent : colors.fieldBorder);
    painter.drawRect(image.adjusted(-1, -1, 0, 0));
    if (m_marked.isNull())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF mark = rectOf(m_marked).intersected(rect());
    // Light inside dark, visible on any color of the map.
    painter.setPen(QPen(Qt::black, 4));
    painter.drawRect(mark);
    painter.setPen(QPen(m_isHeld ? colors.testSeries : QColor(Qt::white), 2));
    painter.drawRect(mark);
}

void CellMap::mousePressEvent(QMouseEvent* event)
{
    if (!m_isInteractive || event->button() != Qt::LeftButton || !imageRect().contains(event->pos()))
        return QWidget::mousePressEvent(event);
    const QPoint cell = cellAt(event->pos());
    const bool isSame = m_marked.topLeft() == cell;
    setHeld(!(m_isHeld && isSame));
    Q_EMIT pointedAt(cell.y(), cell.x());
}

void CellMap::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_isInteractive || m_isHeld || !imageRect().contains(event->pos()))
        return;
    const QPoint cell = cellAt(event->pos());
    if (m_marked.topLeft() != cell)
        Q_EMIT pointedAt(cell.y(), cell.x());
}

void CellMap::mouseReleaseEvent(QMouseEvent* event)
{
    event->accept(); // already handled by the press
}

void CellMap::keyPressEvent(QKeyEvent* event)
{
    QPoint step;
    switch (event->key()) {
    case Qt::Key_Left:
        step = {-1, 0};
        break;
    case Qt::Key_Right:
        step = {1, 0};
        break;
    case Qt::Key_Up:
        step = {0, -1};
        break;
    case Qt::Key_Down:
        step = {0, 1};
        break;
    default:
        return QWidget::keyPressEvent(event);
    }
    if (!m_isInteractive || m_image.isNull())
        return;
    const QPoint cell = (m_marked.isNull() ? QPoint(0, 0) : m_marked.topLeft()) + step;
    setHeld(true); // otherwise the pointer, if it is over the map, would take it back
    Q_EMIT pointedAt(std::clamp(cell.y(), 0, m_image.height() - 1),
                     std::clamp(cell.x(), 0, m_image.width() - 1));
}

} // namespace ui
