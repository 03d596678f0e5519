// A polyline that grows at its end. Qt Charts recomputes and repaints a whole QLineSeries whenever a point is
// added; this item repaints only the part that changed.
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
    /// Turn it off for a one-pixel line that moves up and down in every column: it takes a fifth of the time
    /// and looks the same.
    void setAntialiased(bool isAntialiased) { m_isAntialiased = isAntialiased; }
    /// Positions in parent coordinates, sorted by x. Nothing outside `area` is drawn.
    void setPoints(const QList<QPointF>& points, const QRectF& area);
    qsizetype count() const { return m_points.size(); }

    QRectF boundingRect() const override { return m_area; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    qreal penReach() const { return m_pen.widthF() + 1; } ///< how far from a point the line may draw

    QPen m_pen;
    bool m_isAntialiased = true;
    QList<QPointF> m_points;
    QRectF m_area;
};

} // namespace ui
