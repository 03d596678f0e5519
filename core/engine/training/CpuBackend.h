// Training and evaluation on the CPU: one network per thread, each processing chunks of the batch. The
// gradients of the chunks are summed in a fixed order, so the result depends neither on the number of threads
// nor on their timing.
#pragma once

#include "engine/cpu/CpuNetwork.h"
#include "engine/cpu/ThreadPool.h"
#include "engine/training/Optimizer.h"
#include "engine/training/TrainingBackend.h"

#include <cstdint>

namespace engine
{

class CpuBackend final : public TrainingBackend
{
public:
    CpuBackend(const TrainingConfig& config, const NetworkSpec& model, Dataset train);

    void step(std::span<const std::uint32_t> images, double learningRate, std::uint64_t drawSeed) override;
    bool isAhead() const override { return false; }
    void takeResults(std::vector<StepResult>& results) override;
    Evaluation evaluate(const Dataset& dataset, std::span<const std::uint32_t> images,
                        const std::stop_token& stop) override;
    std::vector<float> parameters() const override { return m_parameters; }
    void setParameters(std::span<const float> parameters) override;
    OptimizerState optimizerState() const override { return m_optimizer.state(); }
    void setOptimizerState(const OptimizerState& state) override { m_optimizer.restore(state); }

private:
    struct Worker {
        CpuNetwork network;
        std::vector<float> gradient;      ///< of one chunk
        std::vector<float> image;         ///< an augmented image
        std::vector<std::uint64_t> seeds; ///< one per image of a chunk
    };
    /// Sums the gradients of chunks i, i + slots, i + 2·slots, …, in order; one worker per slot.
    struct Slot {
        std::vector<float> gradient;
        double loss = 0;
        int correctCount = 0;
    };

    void loadChunk(Worker& worker, std::span<const std::uint32_t> images, std::size_t begin,
                   std::uint64_t drawSeed) const;
    void trainSlot(Worker& worker, int slot, int slotCount, std::span<const std::uint32_t> images,
                   std::uint64_t drawSeed);

    TrainingConfig m_config;
    Dataset m_train;
    std::vector<float> m_parameters;
    Optimizer m_optimizer;
    std::vector<Worker> m_workers;
    std::vector<Slot> m_slots;
    std::vector<StepResult> m_results;
    ThreadPool m_pool;
};

} // namespace engine
