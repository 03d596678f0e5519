#include "ui/render/ChartPicture.h"

#include "core/Format.h"
#include "ui/render/PictureBytes.h"
#include "ui/render/Thinning.h"

#include <QCoreApplication>
#include <QPolygonF>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace ui
{
namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::ChartPicture", text);
}

/// The rectangle that the axes span.
QRectF plotOf(const ChartPicture& chart)
{
    return QRectF(QPointF(0, 0), chart.size).adjusted(60, 50, -28, -36);
}

QFont fontOf(int pixels, QFont::Weight weight = QFont::Normal)
{
    QFont font;
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

void paintHeader(QPainter& painter, const ChartPicture& chart)
{
    constexpr int kBaseline = 26;
    constexpr int kSize = 13;
    int x = 14;
    const auto draw = [&](const QString& text, const QColor& color, QFont::Weight weight = QFont::Normal) {
        const QFont font = fontOf(kSize, weight);
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(x, kBaseline, text);
        x += QFontMetrics(font).horizontalAdvance(text) + 10;
    };
    const Colors& colors = chart.colors;
    draw(nameOf(chart.metric), colors.text, QFont::DemiBold);
    draw(QStringLiteral("━ ") + tr("train, smoothed %1").arg(chart.smoothing, 0, 'g', 3), colors.accent);
    draw(QStringLiteral("● ") + tr("test"), colors.testSeries);
    if (chart.hasValidation)
        draw(QStringLiteral("▲ ") + tr("validation"), colors.validationSeries);
    draw(chart.bestText, colors.secondary);
}

std::vector<double> ticksOf(const ChartScale& scale)
{
    std::vector<double> ticks;
    const auto last = static_cast<long long>(std::floor(scale.to / scale.step + 1e-9));
    for (auto i = static_cast<long long>(std::ceil(scale.from / scale.step - 1e-9)); i <= last; ++i)
        ticks.push_back(static_cast<double>(i) * scale.step);
    return ticks;
}

void paintAxes(QPainter& painter, const ChartPicture& chart)
{
    constexpr int kLabelSize = 11;
    const QRectF plot = plotOf(chart);
    painter.setFont(fontOf(kLabelSize));
    const TickLabels metric = metricLabels(chart.metric, chart.y.step);
    for (const double tick : ticksOf(chart.y)) {
        const double y = positionOf({0, tick}, chart.x, chart.y, plot).y();
        painter.setPen(chart.colors.grid);
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(chart.colors.secondary);
        painter.drawText(QRectF(0, y - 10, plot.left() - 6, 20), Qt::AlignRight | Qt::AlignVCenter,
                         metric.text(tick));
    }
    const TickLabels time = timeLabels(chart.x.step);
    painter.setPen(chart.colors.secondary);
    for (const double tick : ticksOf(chart.x)) {
        const double x = positionOf({tick, 0}, chart.x, chart.y, plot).x();
        painter.drawText(QRectF(x - 40, plot.bottom() + 4, 80, 18), Qt::AlignHCenter | Qt::AlignTop,
                         time.text(tick));
    }
}

void paintCurve(QPainter& painter, const ChartPicture& chart, const QList<QPointF>& values, const QPen& pen)
{
    const QRectF plot = plotOf(chart);
    QPolygonF line;
    for (const QPointF& value : values)
        line << positionOf(value, chart.x, chart.y, plot);
    painter.save();
    painter.setClipRect(plot);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);
    painter.restore();
}

/// Vertices clockwise from the top, all at `radius`, or every second one at `innerRadius`.
QPolygonF regularPolygon(int corners, double radius, double innerRadius)
{
    QPolygonF polygon;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * i / corners;
        const double distance = i % 2 == 0 ? radius : innerRadius;
        polygon << QPointF(distance * std::sin(angle), -distance * std::cos(angle));
    }
    return polygon;
}

void paintPoints(QPainter& painter, const ChartPicture& chart)
{
    const QRectF plot = plotOf(chart);
    const Colors& colors = chart.colors;
    const auto paintAt = [&](const QPointF& value, auto paintMarker) {
        const QPointF position = positionOf(value, chart.x, chart.y, plot);
        if (!std::isfinite(position.y()) || !plot.adjusted(-1, -1, 1, 1).contains(position))
            return;
        painter.save();
        painter.translate(position);
        paintMarker();
        painter.restore();
    };
    painter.setPen(QPen(colors.card, 1));
    painter.setBrush(colors.validationSeries);
    for (const QPointF& value : chart.validation)
        paintAt(value, [&] { painter.drawPolygon(QPolygonF({{0, -5}, {5, 5}, {-5, 5}})); });
    painter.setBrush(colors.testSeries);
    for (const QPointF& value : chart.test)
        paintAt(value, [&] { painter.drawEllipse(QPointF(0, 0), 4.5, 4.5); });
    if (chart.best) {
        painter.setPen(QPen(colors.text, 1));
        paintAt(*chart.best, [&] { painter.drawPolygon(regularPolygon(10, 7.5, 3)); });
    }
}

void paintChart(QPainter& painter, const ChartPicture& chart)
{
    painter.save();
    paintHeader(painter, chart);
    paintAxes(painter, chart);
    painter.setRenderHint(QPainter::Antialiasing);
    paintCurve(painter, chart, chart.raw, QPen(chart.colors.trainRaw, 1));
    paintCurve(painter, chart, chart.smoothed, QPen(chart.colors.accent, 2));
    paintPoints(painter, chart);
    painter.restore();
}

QSize sizeOf(const std::vector<ChartPicture>& charts)
{
    QSize size(0, 0);
    for (const ChartPicture& chart : charts)
        size = {std::max(size.width(), chart.size.width()), size.height() + chart.size.height()};
    return size;
}

void paintCharts(QPainter& painter, const std::vector<ChartPicture>& charts)
{
    if (charts.empty())
        return;
    painter.fillRect(QRect(QPoint(0, 0), sizeOf(charts)), charts.front().colors.card);
    for (const ChartPicture& chart : charts) {
        paintChart(painter, chart);
        painter.translate(0, chart.size.height());
    }
}

} // namespace

ChartPicture chartPicture(const TrainingHistory& history, Metric metric, TimeAxis axis, const ZoomRange& zoom,
                          const QSize& size, const Colors& colors)
{
    ChartPicture chart;
    chart.metric = metric;
    chart.size = size;
    chart.colors = colors;
    chart.x = timeScale(history, axis, zoom);
    chart.y = metricScale(history, metric, axis, zoom, mostMetricSteps(plotOf(chart).height()));
    chart.raw = curveOf(history, history.raw(metric), axis, size.width());
    chart.smoothed = curveOf(history, history.smoothed(metric), axis, size.width());
    chart.test = history.testPoints(metric, axis);
    chart.validation = history.validationPoints(metric, axis);
    chart.best = history.bestPoint(metric, axis);
    chart.smoothing = history.smoothing();
    chart.hasValidation = history.plan() && history.plan()->validationSize > 0;
    chart.bestText = bestEpochText(history);
    return chart;
}

QString nameOf(Metric metric)
{
    return metric == Metric::Loss ? tr("Loss") : tr("Accuracy");
}

QString bestEpochText(const TrainingHistory& history)
{
    const engine::EpochReport* best = history.bestEpoch();
    if (best == nullptr)
        return {};
    return tr("★ best %1 after epoch %2")
        .arg(core::accuracyText(best->testCorrect, best->testTotal))
        .arg(best->epoch);
}

QList<QPointF> curveOf(const TrainingHistory& history, const std::vector<double>& values, TimeAxis axis,
                       int width)
{
    const auto buckets = static_cast<std::size_t>(std::max(50, width));
    // If the time axis shows all planned batches, the thinned curve stays stable as more arrive.
    const std::size_t expected =
        axis == TimeAxis::Seconds ? values.size() : static_cast<std::size_t>(history.extent(TimeAxis::Steps));
    return thinned(values.size(), expected, buckets,
                   [&](std::size_t i) { return QPointF(history.position(i, axis), values[i]); });
}

QImage chartsImage(const std::vector<ChartPicture>& charts, qreal scale)
{
    QImage image(sizeOf(charts) * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    paintCharts(painter, charts);
    return image;
}

QByteArray chartsPng(const std::vector<ChartPicture>& charts, qreal scale)
{
    return pngBytes(chartsImage(charts, scale));
}

QByteArray chartsSvg(const std::vector<ChartPicture>& charts)
{
    return svgBytes(sizeOf(charts), QStringLiteral("TinyVGG Studio"),
                    [&](QPainter& painter) { paintCharts(painter, charts); });
}

} // namespace ui
