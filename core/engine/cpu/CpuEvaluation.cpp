#include "engine/cpu/CpuEvaluation.h"

#include <algorithm>
#include <cmath>

namespace engine
{
namespace
{

struct Softmax {
    int prediction = 0; ///< the lowest of the classes with the largest logit
    double largest = 0; ///< logit
    double logSum = 0;  ///< log Σ exp(logit − largest)

    double logProbability(float logit) const { return static_cast<double>(logit) - largest - logSum; }
};

Softmax softmaxOf(const CpuNetwork& network, int lane)
{
    Softmax result;
    const int classCount = network.options().classCount;
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

void write(const CpuNetwork& network, int lane, const Softmax& softmax, std::span<float> probabilities)
{
    for (std::size_t c = 0; c < probabilities.size(); ++c)
        probabilities[c] =
            static_cast<float>(std::exp(softmax.logProbability(network.logit(static_cast<int>(c), lane))));
}

} // namespace

SampleLoss setLossGradient(CpuNetwork& network, int lane, int label, double labelSmoothing, double scale)
{
    const Softmax softmax = softmaxOf(network, lane);
    const int classCount = network.options().classCount;
    const double share = labelSmoothing / classCount;
    SampleLoss result;
    for (int c = 0; c < classCount; ++c) {
        const double logProbability = softmax.logProbability(network.logit(c, lane));
        const double target = share + (c == label ? 1 - labelSmoothing : 0);
        if (target > 0) // 0 · −∞ is no number
            result.loss -= target * logProbability;
        network.setLogitGradient(c, lane, static_cast<float>((std::exp(logProbability) - target) * scale));
    }
    result.isCorrect = softmax.prediction == label;
    return result;
}

void writeProbabilities(const CpuNetwork& network, int lane, std::span<float> probabilities)
{
    write(network, lane, softmaxOf(network, lane), probabilities);
}

Evaluation evaluateOnCpuNetworks(ThreadPool& pool, std::span<CpuNetwork* const> networks,
                                 const Dataset& dataset, std::span<const std::uint32_t> images,
                                 const std::stop_token& stop, const EvaluationProgress& progress)
{
    // As often as this a stop is heard and progress is told.
    constexpr std::size_t kBlock = 1024;
    const auto classCount = static_cast<std::size_t>(dataset.classCount());
    const std::size_t total = images.empty() ? dataset.size() : images.size();
    const auto imageAt = [&](std::size_t position) { return images.empty() ? position : images[position]; };
    const auto lanes = static_cast<std::size_t>(networks.front()->lanes());

    Evaluation result;
    result.confusion = ConfusionMatrix(dataset.classCount());
    std::vector<double> losses(std::min(kBlock, total));
    double lossSum = 0;
    for (std::size_t begin = 0; begin < total; begin += kBlock) {
        if (stop.stop_requested())
            break;
        const std::size_t end = std::min(total, begin + kBlock);
        result.predictions.resize(end);
        result.probabilities.resize(end * classCount);
        pool.run(static_cast<int>((end - begin + lanes - 1) / lanes), [&](int worker, int chunk) {
            CpuNetwork& network = *networks[static_cast<std::size_t>(worker)];
            const std::size_t first = begin + static_cast<std::size_t>(chunk) * lanes;
            const int count = static_cast<int>(std::min(lanes, end - first));
            for (int lane = 0; lane < count; ++lane)
                network.setImage(lane, dataset.image(imageAt(first + static_cast<std::size_t>(lane))));
            network.forward(); // lanes without an image compute what they held; nobody looks
            for (int lane = 0; lane < count; ++lane) {
                const std::size_t position = first + static_cast<std::size_t>(lane);
                const Softmax softmax = softmaxOf(network, lane);
                const int label = dataset.label(imageAt(position));
                result.predictions[position] = static_cast<std::uint8_t>(softmax.prediction);
                losses[position - begin] = -softmax.logProbability(network.logit(label, lane));
                write(network, lane, softmax,
                      std::span(result.probabilities).subspan(position * classCount, classCount));
            }
        });
        for (std::size_t position = begin; position < end; ++position) {
            result.confusion.add(dataset.label(imageAt(position)), result.predictions[position]);
            lossSum += losses[position - begin];
        }
        if (progress)
            progress(end);
    }
    result.meanLoss = lossSum / static_cast<double>(std::max<std::size_t>(1, result.size()));
    return result;
}

} // namespace engine
