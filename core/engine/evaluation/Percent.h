#pragma once

#include <algorithm>
#include <cstddef>

namespace engine
{

/// `correct` of `total` in percent, to be shown with two decimals: never 100.00 while one is wrong. 0 of 0 is
/// 0.
inline double shownPercent(std::size_t correct, std::size_t total)
{
    const double percent = total == 0 ? 0 : 100.0 * static_cast<double>(correct) / static_cast<double>(total);
    return correct < total ? std::min(percent, 99.99) : percent;
}

} // namespace engine
