// Optimizer steps, on any device. Includes Torch: for the engine's own files and its tests only.
#pragma once

#include "engine/training/OptimizerState.h"
#include "engine/training/TrainingConfig.h"

#include <torch/torch.h>

#include <cstdint>

namespace engine
{

/// Same arithmetic as torch.optim's SGD and AdamW, on all parameters as one vector.
class Optimizer
{
public:
    /// `parameters`: one-dimensional; updated in place by step().
    Optimizer(const TrainingConfig& config, torch::Tensor parameters);

    /// Overwrites `gradient`.
    void step(torch::Tensor& gradient, double learningRate);

    OptimizerState state() const;
    /// `state` must be from the same configuration and number of parameters.
    void restore(const OptimizerState& state);

private:
    OptimizerKind m_kind;
    double m_momentum;
    double m_weightDecay;
    torch::Tensor m_parameters;
    torch::Tensor m_first;
    torch::Tensor m_second;
    std::int64_t m_steps = 0;
};

} // namespace engine
