#include "engine/cpu/ConvolutionOperation.h"

#include <algorithm>
#include <cstring>

namespace engine
{
namespace
{

/// Copies `from` to every `stride`-th pixel of `to`; the other pixels keep their values.
void spread(const InterleavedTensor& from, int stride, const InterleavedTensor& to, int lanes)
{
    const auto at = [lanes](const InterleavedTensor& tensor, int channel, int y, int x) {
        const int row = channel * (tensor.height + 2 * tensor.border) + y + tensor.border;
        return tensor.data +
               (std::ptrdiff_t{row} * tensor.rowLength() + x + tensor.border) * std::ptrdiff_t{lanes};
    };
    const std::size_t vector = static_cast<std::size_t>(lanes) * sizeof(float);
    for (int channel = 0; channel < from.channels; ++channel) {
        for (int y = 0; y < from.height; ++y) {
            if (stride == 1) {
                std::memcpy(at(to, channel, y, 0), at(from, channel, y, 0),
                            static_cast<std::size_t>(from.width) * vector);
                continue;
            }
            for (int x = 0; x < from.width; ++x)
                std::memcpy(at(to, channel, y * stride, x * stride), at(from, channel, y, x), vector);
        }
    }
}

} // namespace

int gradientBorder(const Conv2d& convolution)
{
    const Padding padding = paddingOf(convolution);
    return std::max(
        {0, convolution.kernelSize - 1 - padding.before, convolution.kernelSize - 1 - padding.after});
}

ConvolutionBase::ConvolutionBase(const Conv2d& convolution, const ParameterLayout& layout,
                                 const PlannedOperation& planned, const CpuKernels& kernels, int border)
    : CpuOperation(planned, kernels, border),
      m_convolution(convolution),
      m_shape{convolution.kernelSize, convolution.stride, paddingOf(convolution).before},
      m_packed(layout.find(planned.layer, WeightRole::Weight)->size),
      m_weightOffset(layout.find(planned.layer, WeightRole::Weight)->offset)
{
    if (const WeightEntry* bias = layout.find(planned.layer, WeightRole::Bias))
        m_biasOffset = bias->offset;
}

void ConvolutionBase::setWeights(const float* weights)
{
    m_weights = weights;
    packWeights(m_convolution.outChannels, m_planned.in.channels, m_convolution.kernelSize,
                weights + m_weightOffset, m_packed.data());
    if (m_packedForGradient.data() != nullptr)
        packForGradient();
}

void ConvolutionBase::packForGradient()
{
    packWeightsForGradient(m_convolution.outChannels, m_planned.in.channels, m_convolution.kernelSize,
                           m_weights + m_weightOffset, m_packedForGradient.data());
}

void ConvolutionBase::makeGradients()
{
    CpuOperation::makeGradients();
    const auto area = static_cast<std::size_t>(m_convolution.kernelSize * m_convolution.kernelSize);
    const auto in = static_cast<std::size_t>(m_planned.in.channels);
    const auto out = static_cast<std::size_t>(m_convolution.outChannels);
    m_sums = AlignedBuffer((in * area + 1) * out * static_cast<std::size_t>(m_kernels.lanes));
    if (!m_planned.isFirst) {
        m_packedForGradient = AlignedBuffer(in * out * area);
        packForGradient();
    }
}

void ConvolutionBase::backwardFrom(const InterleavedTensor& convolutionGradient, const InterleavedTensor& in,
                                   const InterleavedTensor* inGradient, const float* reluOutput,
                                   std::span<float> gradient)
{
    const ConvolutionShape forward{m_shape.kernelSize, 1, m_shape.padding};
    m_kernels.convolutionBackwardWeights(forward, in, convolutionGradient, m_sums.data(),
                                         gradient.data() + m_weightOffset,
                                         m_biasOffset ? gradient.data() + *m_biasOffset : nullptr);
    if (inGradient == nullptr)
        return;
    const ConvolutionShape backward{m_shape.kernelSize, 1, m_shape.kernelSize - 1 - m_shape.padding};
    m_kernels.convolutionBackwardData(backward, convolutionGradient, m_packedForGradient.data(), reluOutput,
                                      *inGradient);
}

ConvolutionOperation::ConvolutionOperation(const Conv2d& convolution, const ParameterLayout& layout,
                                           const PlannedOperation& planned, const CpuKernels& kernels,
                                           int border)
    : ConvolutionBase(convolution, layout, planned, kernels, border)
{
}

void ConvolutionOperation::forward(const InterleavedTensor& in, ImageSeeds)
{
    m_kernels.convolution(m_shape, in, m_packed.data(), bias(), m_planned.hasRelu, m_output);
}

void ConvolutionOperation::makeGradients()
{
    ConvolutionBase::makeGradients();
    const int border = gradientBorder(m_convolution);
    if (m_convolution.stride == 1 && m_outputGradient.border >= border)
        return;
    const Padding padding = paddingOf(m_convolution);
    const int grown = padding.before + padding.after - m_convolution.kernelSize + 1;
    m_spread = OwnedTensor(m_output.channels, m_planned.in.height + grown, m_planned.in.width + grown, border,
                           m_kernels.lanes);
}

void ConvolutionOperation::backward(const InterleavedTensor& in, const InterleavedTensor* inGradient,
                                    const float* reluOutput, std::span<float> gradient)
{
    if (m_spread.data != nullptr)
        spread(m_outputGradient, m_convolution.stride, m_spread, m_kernels.lanes);
    backwardFrom(m_spread.data != nullptr ? m_spread : m_outputGradient, in, inGradient, reluOutput,
                 gradient);
}

ConvolutionMaxPoolReluOperation::ConvolutionMaxPoolReluOperation(const Conv2d& convolution,
                                                                 const ParameterLayout& layout,
                                                                 const PlannedOperation& planned,
                                                                 const CpuKernels& kernels, int border)
    : ConvolutionBase(convolution, layout, planned, kernels, border),
      m_argmax(static_cast<std::size_t>(planned.out.size()) * static_cast<std::size_t>(kernels.lanes)),
      m_rows(static_cast<std::size_t>(4 * planned.out.channels * planned.out.width) *
             static_cast<std::size_t>(kernels.lanes))
{
}

void ConvolutionMaxPoolReluOperation::forward(const InterleavedTensor& in, ImageSeeds)
{
    m_kernels.convolutionMaxPoolRelu(m_shape, in, m_packed.data(), bias(), m_rows.data(), m_output,
                                     m_argmax.data());
}

void ConvolutionMaxPoolReluOperation::makeGradients()
{
    ConvolutionBase::makeGradients();
    const Padding padding = paddingOf(m_convolution);
    const int grown = padding.before + padding.after - m_convolution.kernelSize + 1;
    m_fine = OwnedTensor(m_output.channels, m_planned.in.height + grown, m_planned.in.width + grown,
                         gradientBorder(m_convolution), m_kernels.lanes);
}

void ConvolutionMaxPoolReluOperation::backward(const InterleavedTensor& in,
                                               const InterleavedTensor* inGradient, const float* reluOutput,
                                               std::span<float> gradient)
{
    m_kernels.maxPoolReluBackward(m_outputGradient, m_argmax.data(), m_fine);
    backwardFrom(m_fine, in, inGradient, reluOutput, gradient);
}

} // namespace engine
