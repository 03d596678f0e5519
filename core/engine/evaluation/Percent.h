#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace engine
{

/// Converts a fraction of 0 … 1 to percent, to be shown with `decimals`. Values below 100 are never rounded
/// up to 100.
inline double shownShare(double share, int decimals)
{
    return share < 1 ? std::min(100 * share, 100 - std::pow(10.0, -decimals)) : 100 * share;
}

/// `correct` of `total` in percent; never 100.00 if any is wrong. 0 of 0 gives 0.
inline double shownPercent(std::size_t correct, std::size_t total, int decimals = 2)
{
    return total == 0 ? 0 : shownShare(static_cast<double>(correct) / static_cast<double>(total), decimals);
}

} // namespace engine
