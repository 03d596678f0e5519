// Fewer points for the same picture.
#pragma once

#include <QList>
#include <QPointF>
#include <functional>

namespace ui
{

/// Splits `count` points, given by index and in the order of their x, into `buckets` and keeps the lowest and
/// the highest of each, in their order, so that no peak is lost. Fewer than 2 · buckets points are all kept.
/// A value that is not finite, such as the loss of a training that diverged, is left out.
QList<QPointF> thinned(std::size_t count, std::size_t buckets,
                       const std::function<QPointF(std::size_t)>& point);

/// A step of 1, 2 or 5 times a power of ten that divides `range` into at most `mostSteps` parts.
double niceStep(double range, int mostSteps);

} // namespace ui
