#include "engine/evaluation/WilsonInterval.h"

#include <cassert>
#include <cmath>

namespace engine
{

Interval wilsonInterval(std::size_t successes, std::size_t trials)
{
    constexpr double kZ = 1.959963984540054; // 97.5 % quantile of the normal distribution
    assert(successes <= trials);
    if (trials == 0)
        return {};
    const auto n = static_cast<double>(trials);
    const double share = static_cast<double>(successes) / n;
    const double scale = 1 / (1 + kZ * kZ / n);
    const double middle = scale * (share + kZ * kZ / (2 * n));
    const double half = scale * kZ * std::sqrt((share * (1 - share) + kZ * kZ / (4 * n)) / n);
    // At the ends the formula gives 0 and 1 except for rounding errors.
    return {successes == 0 ? 0 : middle - half, successes == trials ? 1 : middle + half};
}

} // namespace engine
