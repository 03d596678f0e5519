#include "ui/render/Thinning.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace ui
{

QList<QPointF> thinned(std::size_t count, std::size_t expected, std::size_t buckets,
                       const std::function<QPointF(std::size_t)>& point)
{
    QList<QPointF> result;
    expected = std::max(expected, count);
    if (expected <= 2 * buckets) {
        for (std::size_t i = 0; i < count; ++i) {
            if (std::isfinite(point(i).y()))
                result.append(point(i));
        }
        return result;
    }
    for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
        const std::size_t begin = bucket * expected / buckets;
        const std::size_t end = std::min(count, (bucket + 1) * expected / buckets);
        if (begin >= count)
            break;
        std::optional<QPointF> lowest;
        std::optional<QPointF> highest;
        for (std::size_t i = begin; i < end; ++i) {
            const QPointF candidate = point(i);
            if (!std::isfinite(candidate.y()))
                continue;
            if (!lowest || candidate.y() < lowest->y())
                lowest = candidate;
            if (!highest || candidate.y() > highest->y())
                highest = candidate;
        }
        if (!lowest)
            continue;
        result.append(lowest->x() <= highest->x() ? *lowest : *highest);
        if (lowest->x() != highest->x())
            result.append(lowest->x() <= highest->x() ? *highest : *lowest);
    }
    return result;
}

double niceStep(double range, int mostSteps)
{
    if (!(range > 0) || mostSteps < 1)
        return 1;
    const double least = range / mostSteps;
    const double magnitude = std::pow(10, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * magnitude >= least * (1 - 1e-9))
            return factor * magnitude;
    }
    return 10 * magnitude;
}

} // namespace ui
