// Whether one of two runs is better than the other, or only luckier on these images.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace engine
{

struct McNemar {
    std::size_t bothRight = 0;
    std::size_t bothWrong = 0;
    std::vector<std::uint32_t> onlyFirst;  ///< indices of the images that the first alone has right
    std::vector<std::uint32_t> onlySecond; ///< … that the second alone has right
    double pValue = 1;                     ///< see mcNemarPValue()
};

/// Predictions of two runs of the same images, and the images' labels; all of one length.
McNemar compareRuns(std::span<const std::uint8_t> first, std::span<const std::uint8_t> second,
                    std::span<const std::uint8_t> labels);

/// Probability, 0 … 1, that two runs that are equally good differ as much as this or more on the images that
/// one alone has right: min(1, 2·P(X ≤ min(onlyFirst, onlySecond))) with X binomial of onlyFirst + onlySecond
/// trials of ½. Exact for any counts, 1 where both are 0, 0 where it is below what a double can hold.
/// Source: Q. McNemar, Psychometrika 12 (1947), in the binomial form, without continuity or mid-p correction;
/// scipy.stats.binomtest(onlyFirst, onlyFirst + onlySecond) gives the same.
double mcNemarPValue(std::size_t onlyFirst, std::size_t onlySecond);

} // namespace engine
