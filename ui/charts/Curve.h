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
    /// For a line of one pixel that goes up and down in every column: a fifth of the time, and it looks the
    /// same.
    void setAntialiased(bool isAntialiased) { m_isAntialiased = isAntialiased; }
    /// Positions on the parent, from left to right; what lies outside `area` is not drawn.
    void setPoints(const QList<QPointF>& points, const QRectF& area);
    qsizetype count() const { return m_points.size(); }

    QRectF boundingRect() const override { return m_area; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    qreal penReach() const { return m_pen.widthF() + 1; } ///< as far from a point as the line can color

    QPen m_pen;
    bool m_isAntialiased = true;
    QList<QPointF> m_points;
    QRectF m_area;
};

} // namespace ui
