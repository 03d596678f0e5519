// Predictions of a model for every image of a split, and their accuracy.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/device/Device.h"
#include "engine/evaluation/ConfusionMatrix.h"
#include "engine/network/ModelSnapshot.h"

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>

namespace engine
{

struct Evaluation {
    std::vector<float> probabilities;      ///< size() × classCount, softmax of the logits, row-major
    std::vector<std::uint8_t> predictions; ///< the most probable class; ties go to the lower index
    ConfusionMatrix confusion;
    double meanLoss = 0; ///< mean cross-entropy in nats (negative log-likelihood)

    std::size_t size() const { return predictions.size(); }
    std::size_t correctCount() const { return confusion.correctCount(); }
};

/// Called periodically, on the evaluating thread, with the number of images done.
using EvaluationProgress = std::function<void(std::size_t done)>;

/// Evaluates `model` on `dataset`, or on the images with the indices `images` if that is not empty. Errors:
/// BadValue if image shape or class count differ from the model's, Cancelled if `stop` is requested,
/// DeviceUnavailable, OutOfMemory, Internal.
Result<Evaluation> evaluate(const ModelSnapshot& model, const Dataset& dataset, const Device& device = {},
                            int threads = 0, std::stop_token stop = {},
                            const EvaluationProgress& progress = {},
                            std::span<const std::uint32_t> images = {});

} // namespace engine
