// Loss or accuracy over time: raw training values (faint), smoothed values (strong), test values (points),
// and the best epoch (star). The wheel zooms the time axis, a double click resets the zoom, and hovering
// shows exact values.
#pragma once

#include "ui/render/ChartPicture.h"
#include "ui/widgets/Card.h"

#include <QTimer>

class QChart;
class QScatterSeries;
class QValueAxis;

namespace ui
{

class Curve;
class PlotView;

class MetricChart : public Card
{
    Q_OBJECT
public:
    /// `history` must outlive the chart.
    MetricChart(Metric metric, const TrainingHistory& history, QWidget* parent = nullptr);

    void setTimeAxis(TimeAxis axis);
    void setZoomRange(const ZoomRange& range);
    const ZoomRange& zoomRange() const { return m_zoomRange; }
    /// Redraws now. Otherwise changes of the history are drawn a moment later.
    void refresh();
    void showAll() { setZoomRange({}); }

    /// The current view, at its size.
    ChartPicture picture() const;

    const Curve* smoothedSeries() const { return m_smoothed; }
    const QScatterSeries* testSeries() const { return m_test; }
    const QScatterSeries* validationSeries() const { return m_validation; }

Q_SIGNALS:
    void zoomRangeChanged(const ui::ZoomRange& range);

protected:
    void changeEvent(QEvent* event) override;

private:
    void styleChart();
    void updateLegend();
    void updateAxes();
    void drawCurve(Curve& curve, const std::vector<double>& values) const;
    void arrange();
    QString readingAt(double position) const;
    void zoom(double center, double factor);
    void pan(double distance);

    Metric m_metric;
    const TrainingHistory& m_history;
    TimeAxis m_timeAxis = TimeAxis::Epochs;
    ZoomRange m_zoomRange;
    QTimer m_refreshTimer;

    QChart* m_chart;
    PlotView* m_view;
    QValueAxis* m_x;
    QValueAxis* m_y;
    Curve* m_raw;
    Curve* m_smoothed;
    QScatterSeries* m_test;
    QScatterSeries* m_validation;
    QScatterSeries* m_best;
    QLabel* m_legend;
    QLabel* m_bestText;
    QLabel* m_empty;
};

} // namespace ui
