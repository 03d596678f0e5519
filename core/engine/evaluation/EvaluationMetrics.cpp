#include "engine/evaluation/EvaluationMetrics.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace engine
{
namespace
{

std::vector<ClassMetrics> classMetrics(const ConfusionMatrix& confusion)
{
    std::vector<ClassMetrics> classes;
    for (int c = 0; c < confusion.classCount(); ++c)
        classes.push_back(
            {confusion.trueCount(c), confusion.precision(c), confusion.recall(c), confusion.f1(c)});
    return classes;
}

/// Mean over the classes, weighted by `weight`. Classes that occur nowhere have no F1 and are skipped.
template<typename Weight>
AverageMetrics average(const std::vector<ClassMetrics>& classes, Weight weight)
{
    AverageMetrics sum;
    double weights = 0;
    for (const ClassMetrics& metrics : classes) {
        if (!metrics.f1)
            continue;
        const auto w = static_cast<double>(weight(metrics));
        sum.precision += w * metrics.precision.value_or(0);
        sum.recall += w * metrics.recall.value_or(0);
        sum.f1 += w * *metrics.f1;
        weights += w;
    }
    if (weights == 0)
        return {};
    return {sum.precision / weights, sum.recall / weights, sum.f1 / weights};
}

std::vector<ReliabilityBin> reliabilityBins(const std::vector<SampleScore>& scores, int binCount)
{
    std::vector<ReliabilityBin> bins(static_cast<std::size_t>(binCount));
    for (int i = 0; i < binCount; ++i) {
        ReliabilityBin& bin = bins[static_cast<std::size_t>(i)];
        bin.low = static_cast<double>(i) / binCount;
        bin.high = static_cast<double>(i + 1) / binCount;
    }
    for (const SampleScore& score : scores) {
        const int index = static_cast<int>(std::ceil(score.confidence * binCount)) - 1;
        ReliabilityBin& bin = bins[static_cast<std::size_t>(std::clamp(index, 0, binCount - 1))];
        ++bin.count;
        bin.correct += score.isRight() ? 1 : 0;
        bin.meanConfidence += score.confidence;
    }
    for (ReliabilityBin& bin : bins)
        bin.meanConfidence /= static_cast<double>(std::max<std::size_t>(1, bin.count));
    return bins;
}

} // namespace

EvaluationMetrics metricsOf(const Evaluation& evaluation, std::span<const std::uint8_t> labels, int binCount)
{
    assert(binCount >= 1);
    const std::vector<SampleScore> scores = scoreSamples(evaluation, labels);
    EvaluationMetrics metrics;
    metrics.total = evaluation.size();
    metrics.correct = evaluation.correctCount();
    metrics.classes = classMetrics(evaluation.confusion);
    metrics.macro = average(metrics.classes, [](const ClassMetrics&) { return 1; });
    metrics.weighted = average(metrics.classes, [](const ClassMetrics& one) { return one.support; });
    metrics.bins = reliabilityBins(scores, binCount);

    const auto total = static_cast<double>(std::max<std::size_t>(1, metrics.total));
    for (const SampleScore& score : scores) {
        metrics.correctWithinTwo += score.isRightWithinTwo() ? 1 : 0;
        metrics.meanLoss += score.loss / total;
    }
    for (const ReliabilityBin& bin : metrics.bins)
        metrics.calibrationError +=
            static_cast<double>(bin.count) / total * std::abs(bin.accuracy() - bin.meanConfidence);
    return metrics;
}

} // namespace engine
