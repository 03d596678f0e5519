// Softmax and cross-entropy of the logits of a CpuNetwork, for one image of its chunk, after forward().
#pragma once

#include "engine/cpu/CpuNetwork.h"

namespace engine
{

struct Softmax {
    int prediction = 0; ///< the lowest of the classes with the largest logit
    double largest = 0; ///< logit
    double logSum = 0;  ///< log Σ exp(logit − largest)

    double logProbability(float logit) const { return static_cast<double>(logit) - largest - logSum; }
};
Softmax softmaxOf(const CpuNetwork& network, int lane);

/// `probabilities`: one a class.
void writeProbabilities(const CpuNetwork& network, int lane, const Softmax& softmax,
                        std::span<float> probabilities);
void writeProbabilities(const CpuNetwork& network, int lane, std::span<float> probabilities);

struct SampleLoss {
    double loss = 0; ///< cross-entropy in nats, against the smoothed label
    bool isCorrect = false;
};

/// The loss, and its gradient times `scale` into the network's logit gradient.
SampleLoss setLossGradient(CpuNetwork& network, int lane, int label, double labelSmoothing, double scale);

} // namespace engine
