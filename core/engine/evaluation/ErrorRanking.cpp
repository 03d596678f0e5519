#include "engine/evaluation/ErrorRanking.h"

#include <algorithm>

namespace engine
{
namespace
{

/// Indices of the images accepted by `isChosen`, sorted by ascending `key`.
template<typename IsChosen, typename Key>
std::vector<std::uint32_t> ranked(std::span<const SampleScore> scores, std::size_t limit, IsChosen isChosen,
                                  Key key)
{
    std::vector<std::uint32_t> indices;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (isChosen(scores[i]))
            indices.push_back(static_cast<std::uint32_t>(i));
    }
    const std::size_t count = std::min(limit, indices.size());
    std::partial_sort(indices.begin(), indices.begin() + static_cast<std::ptrdiff_t>(count), indices.end(),
                      [&](std::uint32_t a, std::uint32_t b) {
                          return std::pair(key(scores[a]), a) < std::pair(key(scores[b]), b);
                      });
    indices.resize(count);
    return indices;
}

bool isAny(const SampleScore&)
{
    return true;
}

bool isRight(const SampleScore& score)
{
    return score.isRight();
}

bool isWrong(const SampleScore& score)
{
    return !score.isRight();
}

} // namespace

std::vector<ConfusedPair> mostConfusedPairs(const ConfusionMatrix& confusion)
{
    std::vector<ConfusedPair> pairs;
    for (int first = 0; first < confusion.classCount(); ++first) {
        for (int second = first + 1; second < confusion.classCount(); ++second) {
            const ConfusedPair pair = {first, second, confusion.count(first, second),
                                       confusion.count(second, first)};
            if (pair.count() > 0)
                pairs.push_back(pair);
        }
    }
    std::ranges::stable_sort(pairs, std::ranges::greater{}, &ConfusedPair::count);
    return pairs;
}

std::vector<std::uint32_t> highestLosses(std::span<const SampleScore> scores, std::size_t limit)
{
    return ranked(scores, limit, isAny, [](const SampleScore& score) { return -score.loss; });
}

std::vector<std::uint32_t> mostConfidentErrors(std::span<const SampleScore> scores, std::size_t limit)
{
    return ranked(scores, limit, isWrong, [](const SampleScore& score) { return -score.confidence; });
}

std::vector<std::uint32_t> leastCertainRight(std::span<const SampleScore> scores, std::size_t limit)
{
    return ranked(scores, limit, isRight, [](const SampleScore& score) { return score.confidence; });
}

std::vector<std::uint32_t> suspectedWrongLabels(std::span<const SampleScore> scores, LabelQuality quality,
                                                std::size_t limit)
{
    return ranked(scores, limit, isWrong, [quality](const SampleScore& score) {
        return quality == LabelQuality::SelfConfidence ? score.selfConfidence : score.normalizedMargin;
    });
}

} // namespace engine
