#include "ui/charts/MetricChart.h"

#include "ui/charts/Curve.h"
#include "ui/charts/PlotView.h"
#include "ui/render/Thinning.h"
#include "ui/style/TextRole.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QGraphicsLayout>
#include <QLabel>
#include <QToolTip>
#include <QVBoxLayout>
#include <QtCharts/QChart>
#include <QtCharts/QScatterSeries>
#include <QtCharts/QValueAxis>
#include <algorithm>
#include <cmath>

namespace ui
{
namespace
{

constexpr int kMillisecondsBetweenRefreshes = 50;
constexpr qreal kCurveDepth = 4; ///< above Qt Charts' grid and axes, below its points

QString formatted(Metric metric, double value)
{
    return metric == Metric::Loss ? QString::number(value, 'f', 4)
                                  : QString::number(value, 'f', 2) + QStringLiteral(" %");
}

// Qt Charts lays out and repaints the whole chart even when a property is set to its current value. The
// setters below avoid that.

ChartScale scaleOf(const QValueAxis& axis)
{
    return {axis.min(), axis.max(), axis.tickInterval()};
}

/// Avoids intermediate states with many ticks, whose labels would flash up.
void setScale(QValueAxis& axis, const ChartScale& scale)
{
    if (scaleOf(axis) == scale)
        return;
    axis.setTickInterval(std::max({scale.step, scale.to - scale.from, axis.max() - axis.min()}));
    axis.setRange(scale.from, scale.to);
    axis.setTickInterval(scale.step);
}

/// For axes that follow the data: keeps a range that is large enough until much of it is empty. A stable axis
/// is easier to read, and every change repaints the whole chart.
void setScaleCalmly(QValueAxis& axis, const ChartScale& scale, int mostSteps)
{
    constexpr double kFull = .6;
    const double height = axis.max() - axis.min();
    const bool hasRoom =
        axis.min() <= scale.from && axis.max() >= scale.to && scale.to - scale.from > kFull * height;
    if (!hasRoom || axis.tickInterval() != niceStep(height, mostSteps))
        setScale(axis, scale);
}

void setLabelFormat(QValueAxis& axis, const QString& format)
{
    if (axis.labelFormat() != format)
        axis.setLabelFormat(format);
}

void setPoints(QScatterSeries& series, const std::vector<QPointF>& points)
{
    const QList<QPointF> list(points.begin(), points.end());
    if (series.points() != list)
        series.replace(list);
}

} // namespace

MetricChart::MetricChart(Metric metric, const TrainingHistory& history, QWidget* parent)
    : Card(nameOf(metric), parent),
      m_metric(metric),
      m_history(history),
      m_chart(new QChart),
      m_view(new PlotView(m_chart, this)),
      m_x(new QValueAxis(m_chart)),
      m_y(new QValueAxis(m_chart)),
      m_raw(new Curve(m_chart)),
      m_smoothed(new Curve(m_chart)),
      m_test(new QScatterSeries(m_chart)),
      m_validation(new QScatterSeries(m_chart)),
      m_best(new QScatterSeries(m_chart)),
      m_legend(new QLabel(this)),
      m_bestText(new QLabel(this)),
      m_empty(new QLabel(m_view))
{
    setObjectName(metric == Metric::Loss ? QStringLiteral("lossChart") : QStringLiteral("accuracyChart"));
    m_view->setObjectName(objectName() + QStringLiteral("Plot"));
    m_view->setAccessibleName(metric == Metric::Loss ? tr("Loss chart") : tr("Accuracy chart"));
    setToolTip({});

    m_chart->legend()->hide();
    m_chart->setMargins({});
    m_chart->setBackgroundVisible(false);
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->addAxis(m_x, Qt::AlignBottom);
    m_chart->addAxis(m_y, Qt::AlignLeft);
    m_raw->setAntialiased(false);
    for (Curve* curve : {m_raw, m_smoothed})
        curve->setZValue(kCurveDepth);
    for (QScatterSeries* series : {m_validation, m_test, m_best}) {
        m_chart->addSeries(series);
        series->attachAxis(m_x);
        series->attachAxis(m_y);
    }
    for (QValueAxis* axis : {m_x, m_y}) {
        axis->setTickType(QValueAxis::TicksDynamic);
        axis->setTickAnchor(0);
        axis->setLineVisible(false);
    }
    m_x->setGridLineVisible(false);
    m_test->setMarkerSize(9);
    m_validation->setMarkerShape(QScatterSeries::MarkerShapeTriangle);
    m_validation->setMarkerSize(10);
    m_best->setMarkerShape(QScatterSeries::MarkerShapeStar);
    m_best->setMarkerSize(15);

    m_legend->setTextFormat(Qt::RichText);
    header()->insertWidget(2, m_legend);
    setTextRole(m_bestText, TextRole::Secondary);
    m_bestText->setObjectName(QStringLiteral("bestEpoch"));
    if (metric == Metric::Accuracy)
        header()->addWidget(m_bestText);
    else
        m_bestText->hide();
    body()->addWidget(m_view, 1);
    m_empty->setText(metric == Metric::Loss ? tr("The loss of each batch appears here during training.")
                                            : tr("The accuracy of each batch appears here during training."));
    setTextRole(m_empty, TextRole::Secondary);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);

    m_refreshTimer.setSingleShot(true);
    m_refreshTimer.setInterval(kMillisecondsBetweenRefreshes);
    connect(&m_refreshTimer, &QTimer::timeout, this, &MetricChart::refresh);
    connect(&m_history, &TrainingHistory::changed, this, [this] {
        if (m_history.isEmpty())
            m_zoomRange.reset(); // a new training
        if (!m_refreshTimer.isActive())
            m_refreshTimer.start();
    });
    connect(m_view, &PlotView::zoomed, this, &MetricChart::zoom);
    connect(m_view, &PlotView::dragged, this, &MetricChart::pan);
    connect(m_view, &PlotView::reset, this, &MetricChart::showAll);
    connect(m_view, &PlotView::resized, this, &MetricChart::arrange);
    connect(m_view, &PlotView::left, this, [] { QToolTip::hideText(); });
    connect(m_view, &PlotView::hovered, this,
            [this](const QPoint& position, double x) { QToolTip::showText(position, readingAt(x), m_view); });
    styleChart();
    refresh();
}

void MetricChart::setTimeAxis(TimeAxis axis)
{
    m_timeAxis = axis;
    m_zoomRange.reset();
    refresh();
}

void MetricChart::setZoomRange(const ZoomRange& range)
{
    if (m_zoomRange == range)
        return;
    m_zoomRange = range;
    refresh();
    Q_EMIT zoomRangeChanged(range);
}

void MetricChart::refresh()
{
    m_refreshTimer.stop();
    QElapsedTimer clock;
    clock.start();
    updateAxes();
    drawCurve(*m_raw, m_history.raw(m_metric));
    drawCurve(*m_smoothed, m_history.smoothed(m_metric));
    setPoints(*m_test, m_history.testPoints(m_metric, m_timeAxis));
    setPoints(*m_validation, m_history.validationPoints(m_metric, m_timeAxis));
    updateLegend();
    const auto best = m_history.bestPoint(m_metric, m_timeAxis);
    setPoints(*m_best, best ? std::vector{*best} : std::vector<QPointF>());
    m_bestText->setText(bestEpochText(m_history));
    m_empty->setVisible(m_history.isEmpty());
    // With millions of batches a refresh takes longer. Refresh less often then, to keep the window
    // responsive.
    m_refreshTimer.setInterval(
        std::max(kMillisecondsBetweenRefreshes, static_cast<int>(10 * clock.elapsed())));
}

void MetricChart::drawCurve(Curve& curve, const std::vector<double>& values) const
{
    const QRectF area = m_chart->plotArea();
    const ChartScale x = scaleOf(*m_x);
    const ChartScale y = scaleOf(*m_y);
    QList<QPointF> points = curveOf(m_history, values, m_timeAxis, m_view->width());
    for (QPointF& point : points)
        point = positionOf(point, x, y, area);
    curve.setPoints(points, area);
}

void MetricChart::updateAxes()
{
    setScale(*m_x, timeScale(m_history, m_timeAxis, m_zoomRange));
    setLabelFormat(*m_x, timeLabels(m_x->tickInterval()).pattern());
    const int mostSteps = mostMetricSteps(m_chart->plotArea().height());
    setScaleCalmly(*m_y, metricScale(m_history, m_metric, m_timeAxis, m_zoomRange, mostSteps), mostSteps);
    setLabelFormat(*m_y, metricLabels(m_metric, m_y->tickInterval()).pattern());
}

ChartPicture MetricChart::picture() const
{
    ChartPicture picture =
        chartPicture(m_history, m_metric, m_timeAxis, m_zoomRange, size(), currentColors());
    picture.y = scaleOf(*m_y);
    return picture;
}

QString MetricChart::readingAt(double position) const
{
    const std::vector<double>& raw = m_history.raw(m_metric);
    if (raw.empty())
        return {};
    std::size_t low = 0;
    std::size_t high = raw.size() - 1;
    while (low < high) { // the last batch at or before the pointer
        const std::size_t middle = (low + high + 1) / 2;
        if (m_history.position(middle, m_timeAxis) <= position)
            low = middle;
        else
            high = middle - 1;
    }
    const engine::BatchReport& batch = m_history.batches()[low];
    QString text =
        tr("Epoch %1, batch %L2 · %3 s · learning rate %4\ntrain %5 · smoothed %6")
            .arg(batch.epoch)
            .arg(batch.batch)
            .arg(batch.trainSeconds, 0, 'f', 1)
            .arg(static_cast<double>(batch.learningRate), 0, 'g', 3)
            .arg(formatted(m_metric, raw[low]), formatted(m_metric, m_history.smoothed(m_metric)[low]));
    for (const engine::EpochReport& epoch : m_history.epochs()) {
        if (epoch.epoch == batch.epoch) {
            text += tr("\ntest after this epoch: %1")
                        .arg(formatted(m_metric, TrainingHistory::testValue(epoch, m_metric)));
            if (m_metric == Metric::Accuracy)
                text += tr(" (%1/%2)").arg(epoch.testCorrect).arg(epoch.testTotal);
            if (epoch.validationTotal > 0)
                text += tr(", validation %1")
                            .arg(formatted(m_metric, TrainingHistory::validationValue(epoch, m_metric)));
        }
    }
    return text;
}

void MetricChart::zoom(double center, double factor)
{
    const double extent = m_history.extent(m_timeAxis);
    const auto [from, to] = m_zoomRange.value_or(std::pair{0.0, extent});
    const double width = std::clamp((to - from) * factor, extent / 1000, extent);
    const double share = (center - from) / std::max(to - from, 1e-9);
    const double newFrom = std::clamp(center - share * width, 0.0, extent - width);
    if (width >= extent)
        showAll();
    else
        setZoomRange({{newFrom, newFrom + width}});
}

void MetricChart::pan(double distance)
{
    if (!m_zoomRange)
        return;
    const double width = m_zoomRange->second - m_zoomRange->first;
    const double from = std::clamp(m_zoomRange->first + distance, 0.0, m_history.extent(m_timeAxis) - width);
    setZoomRange({{from, from + width}});
}

void MetricChart::styleChart()
{
    const Colors colors = currentColors();
    QFont labels = font();
    labels.setPixelSize(11);
    for (QValueAxis* axis : {m_x, m_y}) {
        axis->setLabelsColor(colors.secondary);
        axis->setLabelsFont(labels);
        axis->setGridLineColor(colors.grid);
    }
    m_raw->setPen(QPen(colors.trainRaw, 1));
    m_smoothed->setPen(QPen(colors.accent, 2));
    m_test->setColor(colors.testSeries);
    m_test->setBorderColor(colors.card);
    m_best->setColor(colors.testSeries);
    m_best->setBorderColor(colors.text);
    m_validation->setColor(colors.validationSeries);
    m_validation->setBorderColor(colors.card);
    updateLegend();
}

void MetricChart::updateLegend()
{
    const Colors colors = currentColors();
    const auto entry = [](const QColor& color, const QString& mark, const QString& name) {
        return QStringLiteral("<span style='color:%1'>%2</span> %3").arg(color.name(), mark, name);
    };
    QStringList entries = {entry(colors.accent, QStringLiteral("━"), tr("train")),
                           entry(colors.testSeries, QStringLiteral("●"), tr("test"))};
    if (m_history.plan() && m_history.plan()->validationSize > 0)
        entries << entry(colors.validationSeries, QStringLiteral("▲"), tr("validation"));
    const QString text = entries.join(QStringLiteral(" &nbsp; "));
    if (m_legend->text() != text)
        m_legend->setText(text);
}

void MetricChart::arrange()
{
    // All charts use the same margins, so that the time axes of stacked charts line up exactly.
    const QRectF plot = QRectF(m_view->rect()).adjusted(46, 8, -14, -24);
    m_chart->setPlotArea(plot);
    // Otherwise the axes keep their old positions until the chart is laid out again.
    m_chart->layout()->invalidate();
    m_chart->layout()->activate();
    m_empty->setGeometry(plot.toRect());
    refresh(); // the width sets the number of points, the height the labels
}

void MetricChart::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        styleChart();
}

} // namespace ui
