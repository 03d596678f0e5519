#include "ui/render/ChartScale.h"

#include "ui/render/Thinning.h"

#include <algorithm>
#include <cmath>

namespace ui
{
namespace
{

/// Range of all included values.
struct Range {
    double lowest;
    double highest;
    bool isAny = false;

    void include(double value)
    {
        if (!std::isfinite(value))
            return;
        isAny = true;
        lowest = std::min(lowest, value);
        highest = std::max(highest, value);
    }
};

/// Range of the smoothed curve and of all points within the zoom range.
Range shownRange(const TrainingHistory& history, Metric metric, TimeAxis axis, const ZoomRange& zoom)
{
    const double start = metric == Metric::Loss ? 0 : 100;
    Range range{start, start};
    const auto [from, to] = zoom.value_or(std::pair{0.0, std::max(history.extent(axis), 1e-3)});
    const auto include = [&, from = from, to = to](double x, double y) {
        if (x >= from && x <= to)
            range.include(y);
    };
    const std::vector<double>& values = history.smoothed(metric);
    const std::size_t skipped = zoom ? 0 : std::min<std::size_t>(values.size() / 8, 400);
    for (std::size_t i = skipped; i < values.size(); ++i)
        include(history.position(i, axis), values[i]);
    for (const QPointF& point : history.testPoints(metric, axis))
        include(point.x(), point.y());
    for (const QPointF& point : history.validationPoints(metric, axis))
        include(point.x(), point.y());
    return range;
}

} // namespace

QString TickLabels::text(double value) const
{
    return QString::number(value, 'f', decimals) + (isPercent ? QStringLiteral(" %") : QString());
}

QString TickLabels::pattern() const
{
    return QStringLiteral("%.%1f").arg(decimals) + (isPercent ? QStringLiteral(" %%") : QString());
}

ChartScale timeScale(const TrainingHistory& history, TimeAxis axis, const ZoomRange& zoom)
{
    constexpr int kMostSteps = 8;
    const auto [from, to] = zoom.value_or(std::pair{0.0, std::max(history.extent(axis), 1e-3)});
    const double step = niceStep(to - from, kMostSteps);
    if (zoom)
        return {from, to, step};
    // The last test point, often the best one, is at the very end. Leave room for its star.
    return {from, to + (to - from) * .015, axis == TimeAxis::Epochs ? std::max(1.0, step) : step};
}

TickLabels timeLabels(double step)
{
    return {std::max(0, static_cast<int>(-std::floor(std::log10(step)))), false};
}

ChartScale metricScale(const TrainingHistory& history, Metric metric, TimeAxis axis, const ZoomRange& zoom,
                       int mostSteps)
{
    const Range range = shownRange(history, metric, axis, zoom);
    if (metric == Metric::Loss) {
        const double top = range.isAny && range.highest > 0 ? range.highest * 1.15 : 1;
        const double step = niceStep(top, mostSteps);
        return {0, std::ceil(top / step) * step, step};
    }
    const double depth = range.isAny ? std::max(100 - range.lowest, 1.0) * 1.1 : 100;
    const double step = niceStep(depth, mostSteps);
    return {std::max(0.0, 100 - std::ceil(depth / step) * step), 100, step};
}

TickLabels metricLabels(Metric metric, double step)
{
    if (metric == Metric::Accuracy)
        return {step < 1 ? 1 : 0, true};
    return {step < 0.1 ? 2 : step < 1 ? 1 : 0, false};
}

int mostMetricSteps(double height)
{
    constexpr int kPixelsBetweenLabels = 30; // if they are closer, Qt Charts replaces labels by dots
    return std::clamp(static_cast<int>(height) / kPixelsBetweenLabels, 2, 5);
}

QPointF positionOf(const QPointF& value, const ChartScale& x, const ChartScale& y, const QRectF& plot)
{
    return {plot.left() + (value.x() - x.from) * plot.width() / (x.to - x.from),
            plot.bottom() - (value.y() - y.from) * plot.height() / (y.to - y.from)};
}

} // namespace ui
