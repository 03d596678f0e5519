#include "engine/evaluation/SampleScores.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace engine
{

SampleScore scoreOf(std::span<const float> probabilities, int prediction, int label)
{
    const int classCount = static_cast<int>(probabilities.size());
    assert(prediction >= 0 && prediction < classCount && label >= 0 && label < classCount);
    const auto probability = [&](int c) {
        const float p = probabilities[static_cast<std::size_t>(c)];
        return std::isnan(p) ? 0.0 : static_cast<double>(p);
    };
    /// Returns `classIndex` if there is only one class.
    const auto bestBeside = [&](int classIndex) {
        int best = classIndex;
        for (int c = 0; c < classCount; ++c) {
            if (c != classIndex && (best == classIndex || probability(c) > probability(best)))
                best = c;
        }
        return best;
    };
    const auto marginOf = [&](int classIndex, int other) {
        return probability(classIndex) - (other == classIndex ? 0 : probability(other));
    };
    SampleScore score;
    score.label = label;
    score.prediction = prediction;
    score.runnerUp = bestBeside(prediction);
    score.confidence = probability(prediction);
    score.selfConfidence = probability(label);
    score.normalizedMargin = marginOf(label, bestBeside(label));
    score.topMargin = marginOf(prediction, score.runnerUp);
    for (int c = 0; c < classCount; ++c) {
        if (const double p = probability(c); p > 0) // p·log p → 0 for p → 0
            score.entropy -= p * std::log(p);
    }
    score.loss = -std::log(std::max(score.selfConfidence, kSmallestProbability));
    return score;
}

std::vector<SampleScore> scoreSamples(const Evaluation& evaluation, std::span<const std::uint8_t> labels)
{
    const auto classCount = static_cast<std::size_t>(evaluation.confusion.classCount());
    assert(labels.size() == evaluation.size());
    assert(evaluation.probabilities.size() == labels.size() * classCount);
    std::vector<SampleScore> scores;
    scores.reserve(labels.size());
    for (std::size_t i = 0; i < labels.size(); ++i) {
        scores.push_back(scoreOf(std::span(evaluation.probabilities).subspan(i * classCount, classCount),
                                 evaluation.predictions[i], labels[i]));
    }
    return scores;
}

} // namespace engine
