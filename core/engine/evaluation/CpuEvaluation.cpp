#include "engine/evaluation/CpuEvaluation.h"

#include "engine/cpu/SoftmaxLoss.h"

#include <algorithm>

namespace engine
{

Evaluation evaluateOnCpuNetworks(ThreadPool& pool, std::span<CpuNetwork* const> networks,
                                 const Dataset& dataset, std::span<const std::uint32_t> images,
                                 const std::stop_token& stop, const EvaluationProgress& progress)
{
    // Stop requests are checked and progress is reported once per block.
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
            network.forward(); // unused lanes hold old images; their results are ignored
            for (int lane = 0; lane < count; ++lane) {
                const std::size_t position = first + static_cast<std::size_t>(lane);
                const Softmax softmax = softmaxOf(network, lane);
                const int label = dataset.label(imageAt(position));
                result.predictions[position] = static_cast<std::uint8_t>(softmax.prediction);
                losses[position - begin] = -softmax.logProbability(network.logit(label, lane));
                writeProbabilities(
                    network, lane, softmax,
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
