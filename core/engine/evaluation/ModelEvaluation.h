// Evaluation with LibTorch. Includes Torch: for the engine's own files only.
#pragma once

#include "engine/data/Batches.h"
#include "engine/evaluation/Evaluation.h"
#include "engine/network/TorchNetwork.h"

namespace engine
{

/// Evaluates all images of `data`, or those with `indices` (int64, on the same device) if that is defined.
/// Returns early with fewer predictions if `stop` is requested.
Evaluation evaluateModel(const TorchNetwork& model, const Batches& data, const torch::Tensor& indices,
                         const std::stop_token& stop, const EvaluationProgress& progress);

} // namespace engine
