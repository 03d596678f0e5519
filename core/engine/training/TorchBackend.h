// Training and evaluation with LibTorch: for GPUs, and on the CPU for networks that CpuBackend cannot train.
// The whole data set stays on the device, and so do the batch metrics until they are requested, so that steps
// run asynchronously.
#pragma once

#include "engine/data/Batches.h"
#include "engine/network/TorchNetwork.h"
#include "engine/training/Optimizer.h"
#include "engine/training/TrainingBackend.h"

#include <cstdint>
#include <optional>

namespace engine
{

class TorchBackend final : public TrainingBackend
{
public:
    TorchBackend(const TrainingConfig& config, const NetworkSpec& model, const Dataset& train,
                 const torch::Device& device);

    void step(std::span<const std::uint32_t> images, double learningRate, std::uint64_t drawSeed) override;
    bool isAhead() const override { return !m_device.is_cpu(); }
    void takeResults(std::vector<StepResult>& results) override;
    Evaluation evaluate(const Dataset& dataset, std::span<const std::uint32_t> images,
                        const std::stop_token& stop) override;
    std::vector<float> parameters() const override;
    void setParameters(std::span<const float> parameters) override;
    OptimizerState optimizerState() const override { return m_optimizer.state(); }
    void setOptimizerState(const OptimizerState& state) override { m_optimizer.restore(state); }

private:
    TrainingConfig m_config;
    torch::Device m_device;
    TorchNetwork m_network;
    torch::Tensor m_gradient; ///< one-dimensional, one element per parameter
    Optimizer m_optimizer;
    Batches m_train;
    const std::uint8_t* m_trainPixels;
    std::optional<Batches> m_tested; ///< the test split
    const std::uint8_t* m_testedPixels = nullptr;
    std::vector<torch::Tensor> m_metrics; ///< {mean loss, correct count} of each step not yet taken
    std::vector<int> m_sampleCounts;
};

} // namespace engine
