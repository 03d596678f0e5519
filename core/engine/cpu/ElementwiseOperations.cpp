#include "engine/cpu/ElementwiseOperations.h"

#include "engine/network/DropoutMask.h"

#include <cmath>
#include <stdexcept>

namespace engine
{

ReluOperation::ReluOperation(const PlannedOperation& planned, const CpuKernels& kernels, int border)
    : CpuOperation(planned, kernels, border)
{
}

void ReluOperation::forward(const InterleavedTensor& in, ImageSeeds)
{
    m_kernels.relu(in, m_output);
}

void ReluOperation::backward(const InterleavedTensor&, const InterleavedTensor* inGradient, const float*,
                             std::span<float>)
{
    if (inGradient != nullptr) // the output gradient is already masked
        m_kernels.copy(m_outputGradient, *inGradient);
}

BatchNormOperation::BatchNormOperation(const BatchNorm2d& norm, const ParameterLayout& layout,
                                       const PlannedOperation& planned, const CpuKernels& kernels, int border)
    : CpuOperation(planned, kernels, border),
      m_eps(norm.eps),
      m_weightOffset(layout.find(planned.layer, WeightRole::Weight)->offset),
      m_biasOffset(layout.find(planned.layer, WeightRole::Bias)->offset),
      m_meanOffset(layout.find(planned.layer, WeightRole::RunningMean)->offset),
      m_varianceOffset(layout.find(planned.layer, WeightRole::RunningVar)->offset),
      m_scale(static_cast<std::size_t>(planned.out.channels)),
      m_shift(static_cast<std::size_t>(planned.out.channels))
{
}

void BatchNormOperation::setWeights(const float* weights)
{
    for (std::size_t channel = 0; channel < m_scale.size(); ++channel) {
        const auto variance = static_cast<double>(weights[m_varianceOffset + channel]);
        m_scale[channel] =
            weights[m_weightOffset + channel] * static_cast<float>(1 / std::sqrt(variance + m_eps));
        m_shift[channel] =
            weights[m_biasOffset + channel] - weights[m_meanOffset + channel] * m_scale[channel];
    }
}

void BatchNormOperation::forward(const InterleavedTensor& in, ImageSeeds)
{
    m_kernels.scaleShift(in, m_scale.data(), m_shift.data(), m_planned.hasRelu, m_output);
}

void BatchNormOperation::backward(const InterleavedTensor&, const InterleavedTensor*, const float*,
                                  std::span<float>)
{
    throw std::logic_error("batch normalization has no backward pass here");
}

DropoutOperation::DropoutOperation(const Dropout& dropout, const PlannedOperation& planned,
                                   const CpuKernels& kernels, int border)
    : CpuOperation(planned, kernels, border),
      m_p(dropout.p)
{
}

void DropoutOperation::drawFactors(ImageSeeds seeds)
{
    const auto lanes = static_cast<std::size_t>(m_kernels.lanes);
    const auto count = static_cast<std::size_t>(m_planned.out.size());
    if (m_factors.data() == nullptr)
        m_factors = AlignedBuffer(count * lanes);
    for (std::size_t lane = 0; lane < seeds.size(); ++lane) {
        const std::uint64_t seed = dropoutSeed(seeds[lane], static_cast<std::uint64_t>(m_planned.layer));
        for (std::size_t element = 0; element < count; ++element)
            m_factors[element * lanes + lane] = dropoutFactor(seed, element, m_p);
    }
}

void DropoutOperation::forward(const InterleavedTensor& in, ImageSeeds seeds)
{
    if (seeds.empty() || m_p == 0)
        return m_kernels.copy(in, m_output);
    drawFactors(seeds);
    m_kernels.multiply(in, m_factors.data(), m_output);
}

void DropoutOperation::backward(const InterleavedTensor&, const InterleavedTensor* inGradient, const float*,
                                std::span<float>)
{
    if (inGradient == nullptr)
        return;
    if (m_p == 0)
        m_kernels.copy(m_outputGradient, *inGradient);
    else
        m_kernels.multiply(m_outputGradient, m_factors.data(), *inGradient);
}

} // namespace engine
