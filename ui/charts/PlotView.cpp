#include "ui/charts/PlotView.h"

#include <QMouseEvent>
#include <QWheelEvent>
#include <QtCharts/QChart>
#include <cmath>

namespace ui
{

PlotView::PlotView(QChart* chart, QWidget* parent) : QChartView(chart, parent)
{
    setMouseTracking(true);
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setBackgroundBrush(Qt::NoBrush);
    setFocusPolicy(Qt::StrongFocus);
}

double PlotView::valueAt(double pixel) const
{
    return chart()->mapToValue(QPointF(pixel, 0)).x();
}

void PlotView::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    Q_EMIT resized();
}

void PlotView::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragStart) {
        Q_EMIT dragged(*m_dragStart - valueAt(event->position().x()));
        return;
    }
    if (chart()->plotArea().contains(event->position()))
        Q_EMIT hovered(event->globalPosition().toPoint(), valueAt(event->position().x()));
    else
        Q_EMIT left();
}

void PlotView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        m_dragStart = valueAt(event->position().x());
}

void PlotView::mouseReleaseEvent(QMouseEvent*)
{
    m_dragStart.reset();
}

void PlotView::mouseDoubleClickEvent(QMouseEvent*)
{
    m_dragStart.reset();
    Q_EMIT reset();
}

void PlotView::wheelEvent(QWheelEvent* event)
{
    Q_EMIT zoomed(valueAt(event->position().x()), std::pow(0.85, event->angleDelta().y() / 120.0));
    event->accept();
}

void PlotView::leaveEvent(QEvent* event)
{
    Q_EMIT left();
    QChartView::leaveEvent(event);
}

void PlotView::keyPressEvent(QKeyEvent* event)
{
    const QRectF plot = chart()->plotArea();
    const double center = valueAt(plot.center().x());
    const double step = (valueAt(plot.right()) - valueAt(plot.left())) / 10;
    switch (event->key()) {
    case Qt::Key_Plus:
        Q_EMIT zoomed(center, 0.8);
        break;
    case Qt::Key_Minus:
        Q_EMIT zoomed(center, 1.25);
        break;
    case Qt::Key_Left:
        Q_EMIT dragged(-step);
        break;
    case Qt::Key_Right:
        Q_EMIT dragged(step);
        break;
    case Qt::Key_Home:
    case Qt::Key_0:
        Q_EMIT reset();
        break;
    default:
        event->ignore(); // so that the window's shortcuts still work
    }
}

} // namespace ui
