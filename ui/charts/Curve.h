// A line that grows at its end while it is looked at. Qt Charts works out the outline of a whole line series,
// and paints all of it, whenever a point is added; here only the piece that has changed is painted.
#pragma once

#include <QGraphicsItem>
#include <QList>
#include <QPen>

namespace ui
{

class Curve : public QGraphicsItem
{
public:
    explicit Curve(QGraphicsItem* parent);

    void setPen(const QPen& pen);
    /// Positions on the parent, from left to right; what lies outside `area` is not drawn.
    void setPoints(const QList<QPointF>& points, const QRectF& area);
    qsizetype count() const { return m_points.size(); }

    QRectF boundingRect() const override { return m_area; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    qreal penReach() const { return m_pen.widthF() + 1; } ///< as far from a point as the line can colour

    QPen m_pen;
    QList<QPointF> m_points;
    QRectF m_area;
};

} // namespace ui
