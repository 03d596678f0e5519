// Loss and predictions of LaneNetworks.
#pragma once

#include "engine/cpu/LaneNetwork.h"
#include "engine/cpu/WorkerTeam.h"
#include "engine/evaluation/Evaluation.h"

namespace engine
{

struct LaneLoss {
    double loss = 0; ///< cross-entropy in nats, against the smoothed label
    bool isCorrect = false;
};

/// Loss of the image in `lane` after forward(), and its slope times `scale` into the network's logit
/// gradient.
LaneLoss setLossGradient(LaneNetwork& network, int lane, int label, double labelSmoothing, double scale);

/// Softmax of the logits of one image.
void writeProbabilities(const LaneNetwork& network, int lane, std::span<float> probabilities);

/// All images of `dataset`, or those of `images` where that is not empty; a network a worker, with their
/// parameters set. Ends early, with fewer predictions, when `control` asks for it.
Evaluation evaluateOnLanes(WorkerTeam& team, std::span<LaneNetwork* const> networks, const Dataset& dataset,
                           std::span<const std::uint32_t> images, const TrainingControl* control,
                           const EvaluationProgress& progress);

} // namespace engine
