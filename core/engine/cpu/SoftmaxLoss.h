// Softmax and cross-entropy of a CpuNetwork's logits, for one image of the chunk. Call after forward().
#pragma once

#include "engine/cpu/CpuNetwork.h"

namespace engine
{

struct Softmax {
    int prediction = 0; ///< class with the largest logit; ties go to the lower index
    double largest = 0; ///< the largest logit
    double logSum = 0;  ///< log Σ exp(logit − largest)

    double logProbability(float logit) const { return static_cast<double>(logit) - largest - logSum; }
};
Softmax softmaxOf(const CpuNetwork& network, int lane);

/// `probabilities`: one per class.
void writeProbabilities(const CpuNetwork& network, int lane, const Softmax& softmax,
                        std::span<float> probabilities);
void writeProbabilities(const CpuNetwork& network, int lane, std::span<float> probabilities);

struct SampleLoss {
    double loss = 0; ///< cross-entropy in nats, with label smoothing
    bool isCorrect = false;
};

/// Returns the loss and sets the network's logit gradient to its gradient times `scale`.
SampleLoss setLossGradient(CpuNetwork& network, int lane, int label, double labelSmoothing, double scale);

} // namespace engine
