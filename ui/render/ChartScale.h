// Axis ranges, ticks and tick labels of a chart.
#pragma once

#include "ui/render/TrainingHistory.h"

#include <QRectF>

namespace ui
{

/// On the time axis; nullopt shows everything.
using ZoomRange = std::optional<std::pair<double, double>>;

/// Ticks are at all multiples of `step`.
struct ChartScale {
    double from = 0;
    double to = 1;
    double step = 1;

    bool operator==(const ChartScale&) const = default;
};

/// Number format of an axis.
struct TickLabels {
    int decimals = 0;
    bool isPercent = false;

    QString text(double value) const;
    /// As a printf format, which Qt Charts expects.
    QString pattern() const;
};

/// The whole planned training, or the zoom range.
ChartScale timeScale(const TrainingHistory& history, TimeAxis axis, const ZoomRange& zoom);
TickLabels timeLabels(double step);

/// Range for the visible values of a metric: a loss starts at 0, an accuracy ends at 100 %. Once there are
/// enough batches, the first ones, which are far off and would flatten the rest, are ignored.
ChartScale metricScale(const TrainingHistory& history, Metric metric, TimeAxis axis, const ZoomRange& zoom,
                       int mostSteps);
TickLabels metricLabels(Metric metric, double step);
/// Number of steps whose labels fit on an axis of `height` pixels.
int mostMetricSteps(double height);

/// Position of a value in `plot`.
QPointF positionOf(const QPointF& value, const ChartScale& x, const ChartScale& y, const QRectF& plot);

} // namespace ui
