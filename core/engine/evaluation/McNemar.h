// McNemar's test: whether two runs differ significantly on the same images.
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
    std::vector<std::uint32_t>
        onlyFirst; ///< indices of the images that only the first run predicts correctly
    std::vector<std::uint32_t> onlySecond; ///< … that only the second run predicts correctly
    double pValue = 1;                     ///< see mcNemarPValue()
};

/// Predictions of two runs for the same images, and the labels; all of the same length.
McNemar compareRuns(std::span<const std::uint8_t> first, std::span<const std::uint8_t> second,
                    std::span<const std::uint8_t> labels);

/// Two-sided p-value, 0 … 1: the probability that two equally good runs differ at least this much on the
/// images that only one of them predicts correctly. min(1, 2·P(X ≤ min(onlyFirst, onlySecond))) with X
/// binomial of onlyFirst + onlySecond trials of ½. Exact for any counts; 1 if both are 0, 0 if it underflows
/// a double. Source: Q. McNemar, Psychometrika 12 (1947), in the binomial form, without continuity or mid-p
/// correction; scipy.stats.binomtest(onlyFirst, onlyFirst + onlySecond) gives the same value.
double mcNemarPValue(std::size_t onlyFirst, std::size_t onlySecond);

} // namespace engine
