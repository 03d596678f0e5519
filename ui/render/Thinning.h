// Reduces the number of points without a visible change.
#pragma once

#include <QList>
#include <QPointF>
#include <functional>

namespace ui
{

/// Splits `expected` points, of which the first `count` exist, into `buckets` and keeps the minimum and the
/// maximum of each, in order, so that no peak is lost. Points are accessed by index, sorted by x. Up to 2 ·
/// buckets points are all kept. The points of a full bucket do not change when more points arrive, up to
/// `expected`. Values that are not finite, such as the loss of a diverged training, are skipped.
QList<QPointF> thinned(std::size_t count, std::size_t expected, std::size_t buckets,
                       const std::function<QPointF(std::size_t)>& point);

/// A step of 1, 2 or 5 times a power of ten that divides `range` into at most `mostSteps` parts.
double niceStep(double range, int mostSteps);

} // namespace ui
