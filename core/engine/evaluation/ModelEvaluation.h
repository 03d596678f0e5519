// Evaluation of a network on LibTorch. Includes Torch: for the engine's own files only.
#pragma once

#include "engine/data/Batches.h"
#include "engine/evaluation/Evaluation.h"
#include "engine/network/TorchNetwork.h"

namespace engine
{

/// All images of `data`, or those of `indices` (int64, on the same device) where that is defined. Stops
/// early, with fewer predictions, when `stop` is requested.
Evaluation evaluateModel(const TorchNetwork& model, const Batches& data, const torch::Tensor& indices,
                         const std::stop_token& stop, const EvaluationProgress& progress);

} // namespace engine
