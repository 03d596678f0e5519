// Rankings of images and pairs of classes for error analysis. Functions that rank images return at most
// `limit` indices, best first; ties go to the lower index.
#pragma once

#include "engine/evaluation/SampleScores.h"

#include <cstdint>
#include <limits>

namespace engine
{

/// Two classes that are confused with each other, first < second.
struct ConfusedPair {
    int first = 0;
    int second = 0;
    std::size_t firstAsSecond = 0; ///< images of the first class that are predicted as the second
    std::size_t secondAsFirst = 0;

    std::size_t count() const { return firstAsSecond + secondAsFirst; }
    bool operator==(const ConfusedPair&) const = default;
};

/// All pairs with at least one error, sorted by the errors in both directions together, most first.
std::vector<ConfusedPair> mostConfusedPairs(const ConfusionMatrix& confusion);

inline constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

/// All images, correct or wrong, by descending loss.
std::vector<std::uint32_t> highestLosses(std::span<const SampleScore> scores, std::size_t limit = kNoLimit);

/// Wrong predictions, by descending confidence.
std::vector<std::uint32_t> mostConfidentErrors(std::span<const SampleScore> scores,
                                               std::size_t limit = kNoLimit);

/// Correct predictions, by ascending confidence.
std::vector<std::uint32_t> leastCertainRight(std::span<const SampleScore> scores,
                                             std::size_t limit = kNoLimit);

enum class LabelQuality {
    SelfConfidence,  ///< probability of the label
    NormalizedMargin ///< probability of the label minus the largest of the other classes
};

/// Images whose prediction differs from their label, by ascending `quality`: those with the most likely wrong
/// labels first. Source: see SampleScore::normalizedMargin.
std::vector<std::uint32_t> suspectedWrongLabels(std::span<const SampleScore> scores, LabelQuality quality,
                                                std::size_t limit = kNoLimit);

} // namespace engine
