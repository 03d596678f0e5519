#include "engine/training/CpuBackend.h"

#include "engine/MixedSeed.h"
#include "engine/cpu/SoftmaxLoss.h"
#include "engine/data/AffineAugmentation.h"
#include "engine/evaluation/CpuEvaluation.h"

#include <algorithm>
#include <cmath>

namespace engine
{
namespace
{

/// More slots would need more memory for gradients without keeping more threads busy.
constexpr int kMaxSlots = 16;

torch::Tensor asTensor(std::vector<float>& values)
{
    return torch::from_blob(values.data(), {static_cast<std::int64_t>(values.size())}, torch::kFloat);
}

} // namespace

CpuBackend::CpuBackend(const TrainingConfig& config, const NetworkSpec& model, Dataset train)
    : m_config(config),
      m_train(std::move(train)),
      m_parameters(static_cast<std::size_t>(parameterCount(model))),
      m_optimizer(config, asTensor(m_parameters)),
      m_slots(kMaxSlots),
      m_pool(config.threads > 0 ? config.threads : defaultThreadCount())
{
    const auto imageSize = static_cast<std::size_t>(model.input.size());
    for (int i = 0; i < m_pool.size(); ++i)
        m_workers.push_back(
            {CpuNetwork(model), std::vector<float>(m_parameters.size()), std::vector<float>(imageSize), {}});
}

void CpuBackend::setParameters(std::span<const float> parameters)
{
    std::copy(parameters.begin(), parameters.end(), m_parameters.begin());
}

void CpuBackend::loadChunk(Worker& worker, std::span<const std::uint32_t> images, std::size_t begin,
                           std::uint64_t drawSeed) const
{
    CpuNetwork& network = worker.network;
    worker.seeds.resize(static_cast<std::size_t>(network.lanes()));
    for (int lane = 0; lane < network.lanes(); ++lane) {
        const std::size_t position = begin + static_cast<std::size_t>(lane);
        const std::uint64_t seed = mixedSeed(drawSeed, position);
        worker.seeds[static_cast<std::size_t>(lane)] = seed;
        if (position >= images.size()) {
            network.clearImage(lane);
        } else if (m_config.augmentation == Augmentation::None) {
            network.setImage(lane, m_train.image(images[position]));
        } else {
            const AffineMap map =
                drawAffineMap(rangesOf(m_config.augmentation), seed, m_train.height(), m_train.width());
            applyAffineMap(map, m_train.image(images[position]), m_train.height(), m_train.width(),
                           worker.image);
            network.setImage(lane, worker.image);
        }
    }
}

void CpuBackend::trainSlot(Worker& worker, int slotIndex, int slotCount,
                           std::span<const std::uint32_t> images, std::uint64_t drawSeed)
{
    CpuNetwork& network = worker.network;
    const auto lanes = static_cast<std::size_t>(network.lanes());
    Slot& slot = m_slots[static_cast<std::size_t>(slotIndex)];
    slot.loss = 0;
    slot.correctCount = 0;
    bool isFirst = true;
    for (std::size_t begin = static_cast<std::size_t>(slotIndex) * lanes; begin < images.size();
         begin += static_cast<std::size_t>(slotCount) * lanes) {
        loadChunk(worker, images, begin, drawSeed);
        network.forwardTraining(worker.seeds);
        const std::size_t end = std::min(images.size(), begin + lanes);
        for (int lane = 0; lane < network.lanes(); ++lane) {
            const std::size_t position = begin + static_cast<std::size_t>(lane);
            if (position >= end) {
                for (int c = 0; c < network.spec().classCount; ++c)
                    network.setLogitGradient(c, lane, 0);
                continue;
            }
            const SampleLoss loss =
                setLossGradient(network, lane, m_train.label(images[position]), m_config.labelSmoothing,
                                1.0 / static_cast<double>(images.size()));
            slot.loss += loss.loss;
            slot.correctCount += loss.isCorrect ? 1 : 0;
        }
        if (isFirst) {
            slot.gradient.resize(m_parameters.size());
            network.backward(slot.gradient);
        } else {
            network.backward(worker.gradient);
            std::transform(slot.gradient.begin(), slot.gradient.end(), worker.gradient.begin(),
                           slot.gradient.begin(), std::plus<>());
        }
        isFirst = false;
    }
}

void CpuBackend::step(std::span<const std::uint32_t> images, double learningRate, std::uint64_t drawSeed)
{
    const auto lanes = static_cast<std::size_t>(m_workers.front().network.lanes());
    const int slotCount =
        static_cast<int>(std::min<std::size_t>(kMaxSlots, (images.size() + lanes - 1) / lanes));
    std::vector<char> isPrepared(m_workers.size());
    m_pool.run(slotCount, [&](int workerIndex, int slot) {
        Worker& worker = m_workers[static_cast<std::size_t>(workerIndex)];
        if (std::exchange(isPrepared[static_cast<std::size_t>(workerIndex)], true) == 0)
            worker.network.setWeights(m_parameters);
        trainSlot(worker, slot, slotCount, images, drawSeed);
    });
    Slot& total = m_slots.front();
    for (int i = 1; i < slotCount; ++i) {
        const Slot& slot = m_slots[static_cast<std::size_t>(i)];
        std::transform(total.gradient.begin(), total.gradient.end(), slot.gradient.begin(),
                       total.gradient.begin(), std::plus<>());
        total.loss += slot.loss;
        total.correctCount += slot.correctCount;
    }
    torch::Tensor gradient = asTensor(total.gradient);
    m_optimizer.step(gradient, learningRate);
    m_results.push_back({static_cast<int>(images.size()), total.correctCount,
                         static_cast<float>(total.loss / static_cast<double>(images.size()))});
}

void CpuBackend::takeResults(std::vector<StepResult>& results)
{
    results.insert(results.end(), m_results.begin(), m_results.end());
    m_results.clear();
}

Evaluation CpuBackend::evaluate(const Dataset& dataset, std::span<const std::uint32_t> images,
                                const std::stop_token& stop)
{
    std::vector<CpuNetwork*> networks;
    for (Worker& worker : m_workers) {
        worker.network.setWeights(m_parameters);
        networks.push_back(&worker.network);
    }
    return evaluateOnCpuNetworks(m_pool, networks, dataset, images, stop, {});
}

} // namespace engine
