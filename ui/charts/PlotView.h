// A chart view that maps pointer positions to axis values.
#pragma once

#include <QtCharts/QChartView>

namespace ui
{

class PlotView : public QChartView
{
    Q_OBJECT
public:
    PlotView(QChart* chart, QWidget* parent);

Q_SIGNALS:
    void hovered(const QPoint& globalPosition, double x);
    void left();
    void zoomed(double x, double factor); ///< factor < 1 zooms in
    void dragged(double distance);        ///< in units of the x axis
    void reset();
    /// The chart has been resized to the view.
    void resized();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    double valueAt(double pixel) const;

    std::optional<double> m_dragStart;
};

} // namespace ui
