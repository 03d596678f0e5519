// How far an accuracy of k of N can be trusted.
#pragma once

#include <cstddef>

namespace engine
{

/// Shares, 0 … 1.
struct Interval {
    double low = 0;
    double high = 1;

    bool operator==(const Interval&) const = default;
};

/// The 95 % score interval of a share of which `successes` of `trials` were seen; 0 … 1 where there were no
/// trials. Unlike p ± 1.96·σ it never leaves 0 … 1 and is not empty where all are right. `successes` must not
/// be above `trials`. Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927); no continuity correction.
Interval wilsonInterval(std::size_t successes, std::size_t trials);

} // namespace engine
