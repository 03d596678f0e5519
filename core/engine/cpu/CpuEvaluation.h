// Loss and predictions of CpuNetworks.
#pragma once

#include "engine/cpu/CpuNetwork.h"
#include "engine/cpu/ThreadPool.h"
#include "engine/evaluation/Evaluation.h"

namespace engine
{

struct SampleLoss {
    double loss = 0; ///< cross-entropy in nats, against the smoothed label
    bool isCorrect = false;
};

/// Loss of the image in `lane` after forward(), and its slope times `scale` into the network's logit
/// gradient.
SampleLoss setLossGradient(CpuNetwork& network, int lane, int label, double labelSmoothing, double scale);

/// Softmax of the logits of one image.
void writeProbabilities(const CpuNetwork& network, int lane, std::span<float> probabilities);

/// All images of `dataset`, or those of `images` where that is not empty; a network a worker, with their
/// parameters set. Ends early, with fewer predictions, when `stop` is requested.
Evaluation evaluateOnCpuNetworks(ThreadPool& pool, std::span<CpuNetwork* const> networks,
                                 const Dataset& dataset, std::span<const std::uint32_t> images,
                                 const std::stop_token& stop, const EvaluationProgress& progress);

} // namespace engine
