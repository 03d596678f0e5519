#include "engine/cpu/SoftmaxLoss.h"

#include <cmath>

namespace engine
{

Softmax softmaxOf(const CpuNetwork& network, int lane)
{
    Softmax result;
    const int classCount = network.spec().classCount;
    float largest = network.logit(0, lane);
    for (int c = 1; c < classCount; ++c) {
        if (network.logit(c, lane) > largest) {
            largest = network.logit(c, lane);
            result.prediction = c;
        }
    }
    result.largest = static_cast<double>(largest);
    double sum = 0;
    for (int c = 0; c < classCount; ++c)
        sum += std::exp(static_cast<double>(network.logit(c, lane)) - result.largest);
    result.logSum = std::log(sum);
    return result;
}

void writeProbabilities(const CpuNetwork& network, int lane, const Softmax& softmax,
                        std::span<float> probabilities)
{
    for (std::size_t c = 0; c < probabilities.size(); ++c)
        probabilities[c] =
            static_cast<float>(std::exp(softmax.logProbability(network.logit(static_cast<int>(c), lane))));
}

void writeProbabilities(const CpuNetwork& network, int lane, std::span<float> probabilities)
{
    writeProbabilities(network, lane, softmaxOf(network, lane), probabilities);
}

SampleLoss setLossGradient(CpuNetwork& network, int lane, int label, double labelSmoothing, double scale)
{
    const Softmax softmax = softmaxOf(network, lane);
    const int classCount = network.spec().classCount;
    const double share = labelSmoothing / classCount;
    SampleLoss result;
    for (int c = 0; c < classCount; ++c) {
        const double logProbability = softmax.logProbability(network.logit(c, lane));
        const double target = share + (c == label ? 1 - labelSmoothing : 0);
        if (target > 0) // 0 · −∞ is NaN
            result.loss -= target * logProbability;
        network.setLogitGradient(c, lane, static_cast<float>((std::exp(logProbability) - target) * scale));
    }
    result.isCorrect = softmax.prediction == label;
    return result;
}

} // namespace engine
