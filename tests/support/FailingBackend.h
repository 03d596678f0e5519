// A GPU that fails in the middle of a training, played by the CPU.
#pragma once

#include "engine/training/TrainingBackend.h"

#include <stdexcept>

namespace test
{

inline const engine::Device kFailingGpu{engine::DeviceKind::Cuda, 0};

/// Computes on the CPU until it has done so many steps.
class FailingBackend : public engine::TrainingBackend
{
public:
    FailingBackend(std::unique_ptr<engine::TrainingBackend> cpu, int steps)
        : m_cpu(std::move(cpu)),
          m_steps(steps)
    {
    }

    void step(std::span<const std::uint32_t> images, double learningRate, std::uint64_t drawSeed) override
    {
        if (m_steps-- == 0)
            throw std::runtime_error("CUDA error: the GPU has fallen off the bus");
        m_cpu->step(images, learningRate, drawSeed);
    }
    bool isAhead() const override { return m_cpu->isAhead(); }
    void takeResults(std::vector<engine::StepResult>& results) override { m_cpu->takeResults(results); }
    engine::Evaluation evaluate(const engine::Dataset& dataset, std::span<const std::uint32_t> images,
                                const std::stop_token& stop) override
    {
        return m_cpu->evaluate(dataset, images, stop);
    }
    std::vector<float> parameters() const override { return m_cpu->parameters(); }
    void setParameters(std::span<const float> parameters) override { m_cpu->setParameters(parameters); }
    engine::OptimizerState optimizerState() const override { return m_cpu->optimizerState(); }
    void setOptimizerState(const engine::OptimizerState& state) override { m_cpu->setOptimizerState(state); }

private:
    std::unique_ptr<engine::TrainingBackend> m_cpu;
    int m_steps;
};

/// Backends of the CPU; for kFailingGpu one that fails after `steps` steps. The devices that trainings begin
/// on are added to `devices`, which outlives it.
inline engine::TrainingBackendFactory failingBackends(int steps, std::vector<engine::Device>& devices)
{
    return [steps, &devices](
               const engine::TrainingConfig& config, const engine::NetworkSpec& model,
               const engine::Dataset& train) -> engine::Result<std::unique_ptr<engine::TrainingBackend>> {
        devices.push_back(config.device);
        engine::TrainingConfig onCpu = config;
        onCpu.device = {};
        auto cpu = engine::makeTrainingBackend(onCpu, model, train);
        if (!cpu || config.device != kFailingGpu)
            return cpu;
        return std::make_unique<FailingBackend>(std::move(*cpu), steps);
    };
}

} // namespace test
