#include "ui/charts/Thinning.h"

#include <algorithm>
#include <cmath>

namespace ui
{

QList<QPointF> thinned(std::size_t count, std::size_t buckets,
                       const std::function<QPointF(std::size_t)>& point)
{
    QList<QPointF> result;
    if (count <= 2 * buckets) {
        for (std::size_t i = 0; i < count; ++i)
            result.append(point(i));
        return result;
    }
    for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
        const std::size_t begin = bucket * count / buckets;
        const std::size_t end = (bucket + 1) * count / buckets;
        std::size_t lowest = begin;
        std::size_t highest = begin;
        for (std::size_t i = begin + 1; i < end; ++i) {
            if (point(i).y() < point(lowest).y())
                lowest = i;
            if (point(i).y() > point(highest).y())
                highest = i;
        }
        result.append(point(std::min(lowest, highest)));
        if (lowest != highest)
            result.append(point(std::max(lowest, highest)));
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
