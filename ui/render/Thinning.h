// Fewer points for the same picture.
#pragma once

#include <QList>
#include <QPointF>
#include <functional>

namespace ui
{

/// Splits `expected` points, of which the first `count` are there, into `buckets` and keeps the lowest and
/// the highest of each, in their order, so that no peak is lost. Points are given by index and in the order
/// of their x. Up to 2 · buckets points are all kept. What is kept of a full bucket stays the same when more
/// points come, as long as no more come than were expected. A value that is not finite, such as the loss of a
/// training that diverged, is left out.
QList<QPointF> thinned(std::size_t count, std::size_t expected, std::size_t buckets,
                       const std::function<QPointF(std::size_t)>& point);

/// A step of 1, 2 or 5 times a power of ten that divides `range` into at most `mostSteps` parts.
double niceStep(double range, int mostSteps);

} // namespace ui
