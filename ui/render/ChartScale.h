// The scales of a chart: how far its axes reach and what stands at their ticks.
#pragma once

#include "ui/render/TrainingHistory.h"

#include <QRectF>

namespace ui
{

/// On the time axis; nothing shows all.
using ZoomRange = std::optional<std::pair<double, double>>;

/// Ticks stand at all multiples of `step`.
struct ChartScale {
    double from = 0;
    double to = 1;
    double step = 1;

    bool operator==(const ChartScale&) const = default;
};

/// How the numbers at an axis are written.
struct TickLabels {
    int decimals = 0;
    bool isPercent = false;

    QString text(double value) const;
    /// For printf, as Qt Charts wants it.
    QString pattern() const;
};

/// All that is planned, or what is zoomed to.
ChartScale timeScale(const TrainingHistory& history, TimeAxis axis, const ZoomRange& zoom);
TickLabels timeLabels(double step);

/// Room for all that is shown of a metric: a loss begins at 0, an accuracy ends at 100 %. The first batches,
/// which are far off and would flatten all that follows, do not decide once there is more.
ChartScale metricScale(const TrainingHistory& history, Metric metric, TimeAxis axis, const ZoomRange& zoom,
                       int mostSteps);
TickLabels metricLabels(Metric metric, double step);
/// Steps for whose labels there is room on an axis of `height` pixels.
int mostMetricSteps(double height);

/// Where a value stands in `plot`.
QPointF positionOf(const QPointF& value, const ChartScale& x, const ChartScale& y, const QRectF& plot);

} // namespace ui
