// What a model says of every image of a split, and how often it is right.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/device/Device.h"
#include "engine/evaluation/ConfusionMatrix.h"
#include "engine/network/ModelSnapshot.h"

#include <functional>
#include <span>
#include <stop_token>

namespace engine
{

struct Evaluation {
    std::vector<float> probabilities;      ///< size() × classCount, softmax of the logits, row by row
    std::vector<std::uint8_t> predictions; ///< the most probable class; the lower one of two alike
    ConfusionMatrix confusion;
    double meanLoss = 0; ///< mean cross-entropy in nats (negative log-likelihood)

    std::size_t size() const { return predictions.size(); }
    std::size_t correctCount() const { return confusion.correctCount(); }
};

/// Called now and then, on the thread that evaluates, with the number of images done so far.
using EvaluationProgress = std::function<void(std::size_t done)>;

/// Tests `model` on `dataset`, or on those of its `images` where that is not empty. Errors: BadValue where
/// the images' size or the classes are not the model's, Cancelled when `stop` is requested,
/// DeviceUnavailable, OutOfMemory, Internal.
Result<Evaluation> evaluate(const ModelSnapshot& model, const Dataset& dataset, const Device& device = {},
                            int threads = 0, std::stop_token stop = {},
                            const EvaluationProgress& progress = {},
                            std::span<const std::uint32_t> images = {});

} // namespace engine
