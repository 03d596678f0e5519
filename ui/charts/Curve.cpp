#include "ui/charts/Curve.h"

#include <QPainter>
#include <QPolygonF>
#include <QStyleOptionGraphicsItem>
#include <algorithm>

namespace ui
{
namespace
{

bool isLeftOf(const QPointF& point, qreal x)
{
    return point.x() < x;
}

} // namespace

Curve::Curve(QGraphicsItem* parent) : QGraphicsItem(parent)
{
    setFlag(ItemUsesExtendedStyleOption); // otherwise exposedRect is always the whole item
    setAcceptedMouseButtons(Qt::NoButton);
}

void Curve::setPen(const QPen& pen)
{
    m_pen = pen;
    update();
}

void Curve::setPoints(const QList<QPointF>& points, const QRectF& area)
{
    if (m_area != area) {
        prepareGeometryChange();
        m_area = area;
        m_points = points;
        update();
        return;
    }
    const auto [before, now] = std::mismatch(m_points.begin(), m_points.end(), points.begin(), points.end());
    const qsizetype same = now - points.begin();
    if (before == m_points.end() && now == points.end())
        return;
    // The segment to the first new point starts at the last unchanged point.
    const qsizetype first = std::max<qsizetype>(0, same - 1);
    const QRectF changed =
        QPolygonF(m_points.mid(first)).boundingRect() | QPolygonF(points.mid(first)).boundingRect();
    m_points = points;
    update(changed.adjusted(-penReach(), -penReach(), penReach(), penReach()) & m_area);
}

void Curve::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*)
{
    const QRectF exposed = option->exposedRect;
    auto first = std::lower_bound(m_points.begin(), m_points.end(), exposed.left() - penReach(), isLeftOf);
    auto last = std::lower_bound(first, m_points.end(), exposed.right() + penReach(), isLeftOf);
    // Include the segments that cross the left and right edges, with one more point for their joins.
    first -= std::min<qsizetype>(2, first - m_points.begin());
    last += std::min<qsizetype>(2, m_points.end() - last);
    if (first == last)
        return;
    painter->save();
    painter->setClipRect(m_area, Qt::IntersectClip);
    painter->setRenderHint(QPainter::Antialiasing, m_isAntialiased);
    painter->setPen(m_pen);
    painter->setBrush(Qt::NoBrush);
    painter->drawPolyline(&*first, static_cast<int>(last - first));
    painter->restore();
}

} // namespace ui
