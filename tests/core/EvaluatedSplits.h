// Evaluations made up for tests.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"

#include <memory>

namespace test
{

/// Of as many images as there are labels, in classes named 0, 1, 2, …; the prediction has the probability
/// `confidence`, the others share the rest.
inline std::shared_ptr<core::EvaluatedSplit> evaluatedSplit(std::vector<std::uint8_t> labels,
                                                            const std::vector<std::uint8_t>& predictions,
                                                            const std::vector<float>& confidences,
                                                            int classCount = 3)
{
    auto split = std::make_shared<core::EvaluatedSplit>();
    split->datasetId = QStringLiteral("made-up");
    split->labels = std::move(labels);
    split->evaluation.predictions = predictions;
    split->evaluation.confusion = engine::ConfusionMatrix(classCount);
    for (int c = 0; c < classCount; ++c)
        split->classNames << QString::number(c);
    for (std::size_t i = 0; i < split->labels.size(); ++i) {
        for (int c = 0; c < classCount; ++c) {
            split->evaluation.probabilities.push_back(
                c == predictions[i] ? confidences[i]
                                    : (1 - confidences[i]) / static_cast<float>(classCount - 1));
        }
        split->evaluation.confusion.add(split->labels[i], predictions[i]);
    }
    split->scores = engine::scoreSamples(split->evaluation, split->labels);
    split->metrics = engine::metricsOf(split->evaluation, split->labels);
    split->images = *engine::Dataset::create(2, 2, std::vector<std::uint8_t>(4 * split->labels.size()),
                                             split->labels, classCount);
    return split;
}

} // namespace test
