// Which images and which pairs of classes to look at first. All functions give the indices of images, the
// most interesting first, at most `limit` of them; of images that are alike the one with the lower index
// comes first.
#pragma once

#include "engine/evaluation/SampleScores.h"

#include <limits>

namespace engine
{

/// Two classes that are taken for each other, first < second.
struct ConfusedPair {
    int first = 0;
    int second = 0;
    std::size_t firstAsSecond = 0; ///< images of the first class that are predicted as the second
    std::size_t secondAsFirst = 0;

    std::size_t count() const { return firstAsSecond + secondAsFirst; }
    bool operator==(const ConfusedPair&) const = default;
};

/// The pairs between which there is an error, those with most errors in both directions together first.
std::vector<ConfusedPair> mostConfusedPairs(const ConfusionMatrix& confusion);

inline constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

/// Of all images, right or wrong.
std::vector<std::uint32_t> highestLosses(std::span<const SampleScore> scores, std::size_t limit = kNoLimit);

/// Of the images predicted wrongly, those of the highest confidence.
std::vector<std::uint32_t> mostConfidentErrors(std::span<const SampleScore> scores,
                                               std::size_t limit = kNoLimit);

/// Of the images predicted rightly, those of the lowest confidence.
std::vector<std::uint32_t> leastCertainRight(std::span<const SampleScore> scores,
                                             std::size_t limit = kNoLimit);

enum class LabelQuality {
    SelfConfidence,  ///< how probable the label is
    NormalizedMargin ///< how much more probable the label is than every other class
};

/// Of the images that the model takes for another class than their label's, those whose labels are the most
/// likely wrong: the lowest `quality` first. Source: see SampleScore::normalizedMargin.
std::vector<std::uint32_t> suspectedWrongLabels(std::span<const SampleScore> scores, LabelQuality quality,
                                                std::size_t limit = kNoLimit);

} // namespace engine
