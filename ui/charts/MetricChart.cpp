#include "ui/charts/MetricChart.h"

#include "engine/evaluation/Percent.h"
#include "ui/charts/Curve.h"
#include "ui/charts/PlotView.h"
#include "ui/charts/Thinning.h"
#include "ui/style/Colors.h"
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
constexpr qreal kCurveDepth = 4; ///< in front of Qt Charts' grid and axes, behind its points

QString formatted(Metric metric, double value)
{
    return metric == Metric::Loss ? QString::number(value, 'f', 4)
                                  : QString::number(value, 'f', 2) + QStringLiteral(" %");
}

// Qt Charts lays a chart out anew, and paints all of it, also when it is told what it knows already.

/// Never with many ticks on the way from one scale to the next: their labels would be seen for a moment.
void setScale(QValueAxis& axis, double from, double to, double step)
{
    if (axis.min() == from && axis.max() == to && axis.tickInterval() == step)
        return;
    axis.setTickInterval(std::max({step, to - from, axis.max() - axis.min()}));
    axis.setRange(from, to);
    axis.setTickInterval(step);
}

/// The same for a scale that follows what is shown: one that is large enough stays until much of it is empty.
/// That can be read more easily than one that changes at every moment, each time with all of the chart
/// painted anew.
void setScaleCalmly(QValueAxis& axis, double from, double to, double step, int mostSteps)
{
    constexpr double kFull = .6;
    const double height = axis.max() - axis.min();
    const bool hasRoom = axis.min() <= from && axis.max() >= to && to - from > kFull * height;
    if (!hasRoom || axis.tickInterval() != niceStep(height, mostSteps))
        setScale(axis, from, to, step);
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
    : Card(metric == Metric::Loss ? tr("Loss") : tr("Accuracy"), parent),
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
    m_view->setAccessibleName(metric == Metric::Loss ? tr("Chart of the loss") : tr("Chart of the accuracy"));
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

    header()->insertWidget(2, m_legend);
    setTextRole(m_bestText, TextRole::Secondary);
    m_bestText->setObjectName(QStringLiteral("bestEpoch"));
    if (metric == Metric::Accuracy)
        header()->addWidget(m_bestText);
    else
        m_bestText->hide();
    body()->addWidget(m_view, 1);
    m_empty->setText(metric == Metric::Loss
                         ? tr("How wrong the network is, batch by batch, appears here while it trains.")
                         : tr("How many images it gets right appears here while it trains."));
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
    const auto testPoints = m_history.testPoints(m_metric, m_timeAxis);
    setPoints(*m_test, testPoints);
    setPoints(*m_validation, m_history.validationPoints(m_metric, m_timeAxis));
    updateLegend();

    std::vector<QPointF> best;
    if (const auto* epoch = m_history.bestEpoch()) {
        const auto index = static_cast<std::size_t>(epoch - m_history.epochs().data());
        if (index < testPoints.size())
            best.push_back(testPoints[index]);
        m_bestText->setText(tr("★ best %1 % (%2/%3) after epoch %4")
                                .arg(engine::shownPercent(epoch->testCorrect, epoch->testTotal), 0, 'f', 2)
                                .arg(epoch->testCorrect)
                                .arg(epoch->testTotal)
                                .arg(epoch->epoch));
    } else {
        m_bestText->clear();
    }
    setPoints(*m_best, best);
    m_empty->setVisible(m_history.isEmpty());
    // With millions of batches a refresh takes longer: then it comes less often, and the window stays alive.
    m_refreshTimer.setInterval(
        std::max(kMillisecondsBetweenRefreshes, static_cast<int>(10 * clock.elapsed())));
}

void MetricChart::drawCurve(Curve& curve, const std::vector<double>& values) const
{
    const auto buckets = static_cast<std::size_t>(std::max(50, m_view->width()));
    // Where the time axis shows all that is planned, what is drawn stays as it is when more comes.
    const std::size_t expected = m_timeAxis == TimeAxis::Seconds
                                     ? values.size()
                                     : static_cast<std::size_t>(m_history.extent(TimeAxis::Steps));
    const QRectF area = m_chart->plotArea();
    const double xScale = area.width() / (m_x->max() - m_x->min());
    const double yScale = area.height() / (m_y->max() - m_y->min());
    QList<QPointF> points = thinned(values.size(), expected, buckets, [&](std::size_t i) {
        return QPointF(m_history.position(i, m_timeAxis), values[i]);
    });
    for (QPointF& point : points) {
        point = QPointF(area.left() + (point.x() - m_x->min()) * xScale,
                        area.bottom() - (point.y() - m_y->min()) * yScale);
    }
    curve.setPoints(points, area);
}

void MetricChart::updateAxes()
{
    const double extent = std::max(m_history.extent(m_timeAxis), 1e-3);
    const auto [from, to] = m_zoomRange.value_or(std::pair{0.0, extent});
    const double niceXStep = niceStep(to - from, 8);
    const double xStep =
        m_timeAxis == TimeAxis::Epochs && !m_zoomRange ? std::max(1.0, niceXStep) : niceXStep;
    // The last test point, often the best one, stands at the very end: it gets room for the whole of its
    // star.
    setScale(*m_x, from, m_zoomRange ? to : to + (to - from) * .015, xStep);
    const int decimals = std::max(0, static_cast<int>(-std::floor(std::log10(m_x->tickInterval()))));
    setLabelFormat(*m_x, QStringLiteral("%.%1f").arg(decimals));

    constexpr int kPixelsBetweenLabels = 30; // nearer to each other, Qt Charts shows dots in their place
    const int mostSteps =
        std::clamp(static_cast<int>(m_chart->plotArea().height()) / kPixelsBetweenLabels, 2, 5);

    // The first steps are far off and would flatten all that follows: they do not decide the scale once there
    // is more.
    const std::vector<double>& values = m_history.smoothed(m_metric);
    const std::size_t skipped = m_zoomRange ? 0 : std::min<std::size_t>(values.size() / 8, 400);
    double lowest = m_metric == Metric::Loss ? 0 : 100;
    double highest = m_metric == Metric::Loss ? 0 : 100;
    bool isAny = false;
    // Clang 14 captures no structured bindings.
    const auto include = [&, from = from, to = to](double x, double y) {
        if (x < from || x > to || !std::isfinite(y))
            return;
        isAny = true;
        lowest = std::min(lowest, y);
        highest = std::max(highest, y);
    };
    for (std::size_t i = skipped; i < values.size(); ++i)
        include(m_history.position(i, m_timeAxis), values[i]);
    for (const QPointF& point : m_history.testPoints(m_metric, m_timeAxis))
        include(point.x(), point.y());
    for (const QPointF& point : m_history.validationPoints(m_metric, m_timeAxis))
        include(point.x(), point.y());
    if (m_metric == Metric::Loss) {
        const double top = isAny && highest > 0 ? highest * 1.15 : 1;
        const double step = niceStep(top, mostSteps);
        setScaleCalmly(*m_y, 0, std::ceil(top / step) * step, step, mostSteps);
        const double shown = m_y->tickInterval();
        setLabelFormat(*m_y, shown < 0.1 ? QStringLiteral("%.2f")
                             : shown < 1 ? QStringLiteral("%.1f")
                                         : QStringLiteral("%.0f"));
    } else {
        const double depth = isAny ? std::max(100 - lowest, 1.0) * 1.1 : 100;
        const double step = niceStep(depth, mostSteps);
        setScaleCalmly(*m_y, std::max(0.0, 100 - std::ceil(depth / step) * step), 100, step, mostSteps);
        setLabelFormat(*m_y, m_y->tickInterval() < 1 ? QStringLiteral("%.1f %%") : QStringLiteral("%.0f %%"));
    }
}

QString MetricChart::readingAt(double position) const
{
    const std::vector<double>& raw = m_history.raw(m_metric);
    if (raw.empty())
        return {};
    std::size_t low = 0;
    std::size_t high = raw.size() - 1;
    while (low < high) { // the last batch that is not behind the pointer
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
            text += tr("\ntest after the epoch %1")
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
    // The same margins in every chart, so that charts below each other share their time axis to the pixel.
    const QRectF plot = QRectF(m_view->rect()).adjusted(46, 8, -14, -24);
    m_chart->setPlotArea(plot);
    // The axes would keep their old places until something else lays the chart out.
    m_chart->layout()->invalidate();
    m_chart->layout()->activate();
    m_empty->setGeometry(plot.toRect());
    refresh(); // the width decides how many points are drawn, the height which labels fit
}

void MetricChart::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        styleChart();
}

void MetricChart::paintOn(QPainter& painter) const
{
    const Colors colors = currentColors();
    constexpr int kBaseline = 26;
    int x = 14;
    QFont titleFont = font();
    const auto draw = [&](const QString& text, const QColor& color) {
        painter.setFont(titleFont);
        painter.setPen(color);
        painter.drawText(x, kBaseline, text);
        x += QFontMetrics(titleFont).horizontalAdvance(text) + 10;
    };
    titleFont.setWeight(QFont::DemiBold);
    draw(m_metric == Metric::Loss ? tr("Loss") : tr("Accuracy"), colors.text);
    titleFont.setWeight(QFont::Normal);
    draw(QStringLiteral("━ ") + tr("train, smoothed %1").arg(m_history.smoothing(), 0, 'g', 3),
         colors.accent);
    draw(QStringLiteral("● ") + tr("test"), colors.testSeries);
    if (m_history.plan() && m_history.plan()->validationSize > 0)
        draw(QStringLiteral("▲ ") + tr("validation"), colors.validationSeries);
    draw(m_bestText->text(), colors.secondary);
    m_view->scene()->render(&painter, QRectF(m_view->geometry()), m_view->scene()->sceneRect(),
                            Qt::IgnoreAspectRatio);
}

} // namespace ui
