#include "engine/training/Optimizer.h"

#include <cmath>

namespace engine
{
namespace
{

std::vector<float> toVector(const torch::Tensor& tensor)
{
    if (!tensor.defined())
        return {};
    const torch::Tensor values = tensor.to(torch::kCPU).contiguous();
    return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

void fill(torch::Tensor& tensor, const std::vector<float>& values)
{
    if (!tensor.defined())
        return;
    if (values.empty()) // before the first step
        tensor.zero_();
    else
        tensor.copy_(torch::tensor(values));
}

} // namespace

Optimizer::Optimizer(const TrainingConfig& config, torch::Tensor parameters)
    : m_kind(config.optimizer),
      m_momentum(config.momentum),
      m_weightDecay(config.weightDecay),
      m_parameters(std::move(parameters))
{
    if (m_kind != OptimizerKind::Sgd)
        m_first = torch::zeros_like(m_parameters);
    if (m_kind == OptimizerKind::AdamW)
        m_second = torch::zeros_like(m_parameters);
}

void Optimizer::step(torch::Tensor& gradient, double learningRate)
{
    const torch::NoGradGuard noGrad;
    ++m_steps;
    if (m_kind == OptimizerKind::AdamW) {
        constexpr double kBeta1 = 0.9;
        constexpr double kBeta2 = 0.999;
        constexpr double kEpsilon = 1e-8;
        if (m_weightDecay > 0)
            m_parameters.mul_(1 - learningRate * m_weightDecay);
        m_first.mul_(kBeta1).add_(gradient, 1 - kBeta1);
        m_second.mul_(kBeta2).addcmul_(gradient, gradient, 1 - kBeta2);
        const auto steps = static_cast<double>(m_steps);
        const double correction1 = 1 - std::pow(kBeta1, steps);
        const double correction2 = 1 - std::pow(kBeta2, steps);
        const torch::Tensor deviation = m_second.sqrt().div_(std::sqrt(correction2)).add_(kEpsilon);
        m_parameters.addcdiv_(m_first, deviation, -learningRate / correction1);
        return;
    }
    if (m_weightDecay > 0)
        gradient.add_(m_parameters, m_weightDecay);
    if (m_kind == OptimizerKind::SgdMomentum)
        m_parameters.add_(m_first.mul_(m_momentum).add_(gradient), -learningRate);
    else
        m_parameters.add_(gradient, -learningRate);
}

OptimizerState Optimizer::state() const
{
    return {toVector(m_first), toVector(m_second), m_steps};
}

void Optimizer::restore(const OptimizerState& state)
{
    const torch::NoGradGuard noGrad;
    fill(m_first, state.first);
    fill(m_second, state.second);
    m_steps = state.steps;
}

} // namespace engine
