// Confidence interval of an accuracy of k of N.
#pragma once

#include <cstddef>

namespace engine
{

/// Fractions, 0 … 1.
struct Interval {
    double low = 0;
    double high = 1;

    bool operator==(const Interval&) const = default;
};

/// The 95 % Wilson score interval for `successes` of `trials`; 0 … 1 if there are no trials. Unlike p ±
/// 1.96·σ it stays within 0 … 1 and is not empty if all trials succeed. `successes` must not exceed `trials`.
/// Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927); no continuity correction.
Interval wilsonInterval(std::size_t successes, std::size_t trials);

} // namespace engine
