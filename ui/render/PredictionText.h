// What is said of an image of an evaluation, below it on the screen and on paper.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"

#include <memory>
#include <optional>

namespace ui
{

/// What is said of the same images besides: by another run, or after an epoch of the same.
struct OtherPredictions {
    QString name;                                      ///< "run 2", "epoch 1"
    std::shared_ptr<const core::EvaluatedSplit> split; ///< null for none
    /// From 0: what `split` predicted then, of which no probabilities are known.
    std::optional<std::size_t> epoch = {};
};

/// "true 9: 0.2 %", or "true" where the prediction is right.
QString truthText(const core::EvaluatedSplit& split, std::uint32_t position);

/// The class that is predicted besides; there is something besides.
int otherPrediction(const OtherPredictions& other, std::uint32_t position);
/// "run 2: 9 87.0 %", "epoch 1: 4"; empty where nothing else is said.
QString otherText(const core::EvaluatedSplit& split, const OtherPredictions& other, std::uint32_t position);

} // namespace ui
