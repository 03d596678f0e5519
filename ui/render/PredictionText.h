// Captions for the images of an evaluation, on screen and in exported pictures.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"

#include <cstdint>
#include <memory>
#include <optional>

namespace ui
{

/// A second prediction for the same images: by another run, or after an earlier epoch of the same run.
struct OtherPredictions {
    QString name;                                      ///< "run 2", "epoch 1"
    std::shared_ptr<const core::EvaluatedSplit> split; ///< null for none
    /// An epoch of `split`, from 0, for which only the predicted classes are known.
    std::optional<std::size_t> epoch = {};
};

/// "true 9: 0.2 %", or "true" if the prediction is correct.
QString truthText(const core::EvaluatedSplit& split, std::uint32_t position);

/// The class of the second prediction, which must exist.
int otherPrediction(const OtherPredictions& other, std::uint32_t position);
/// "run 2: 9 87.0 %", "epoch 1: 4"; empty without a second prediction.
QString otherText(const core::EvaluatedSplit& split, const OtherPredictions& other, std::uint32_t position);

} // namespace ui
