#include "engine/cpu/LinearOperation.h"

namespace engine
{

LinearOperation::LinearOperation(const ParameterLayout& layout, const PlannedOperation& planned,
                                 const CpuKernels& kernels, int border)
    : CpuOperation(planned, kernels, border),
      m_weightOffset(layout.find(planned.layer, WeightRole::Weight)->offset)
{
    if (const WeightEntry* bias = layout.find(planned.layer, WeightRole::Bias))
        m_biasOffset = bias->offset;
}

void LinearOperation::forward(const InterleavedTensor& in, ImageSeeds)
{
    m_kernels.linear(m_planned.in.channels, m_planned.out.channels, in.data, m_weights + m_weightOffset,
                     m_biasOffset ? m_weights + *m_biasOffset : nullptr, m_output.data);
    if (m_planned.hasRelu)
        m_kernels.relu(m_output, m_output);
}

void LinearOperation::makeGradients()
{
    CpuOperation::makeGradients();
    if (m_planned.isFirst)
        m_unusedInGradient = AlignedBuffer(static_cast<std::size_t>(m_planned.in.channels) *
                                           static_cast<std::size_t>(m_kernels.lanes));
}

void LinearOperation::backward(const InterleavedTensor& in, const InterleavedTensor* inGradient, const float*,
                               std::span<float> gradient)
{
    m_kernels.linearBackward(
        m_planned.in.channels, m_planned.out.channels, in.data, m_weights + m_weightOffset,
        m_outputGradient.data, inGradient != nullptr ? inGradient->data : m_unusedInGradient.data(),
        gradient.data() + m_weightOffset, m_biasOffset ? gradient.data() + *m_biasOffset : nullptr);
}

} // namespace engine
