#include "engine/cpu/CpuNetwork.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdlib>
#include <new>

namespace engine
{
namespace
{

constexpr std::size_t kAlignment = 64;

/// A pixel's value in 0 … 1, as a division gives it; a multiplication by 1/255 rounds differently.
const std::array<float, 256>& unitValues()
{
    static const std::array<float, 256> kValues = [] {
        std::array<float, 256> values{};
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<float>(i) / 255.0F;
        return values;
    }();
    return kValues;
}

std::size_t vectorCount(const InterleavedTensor& planes)
{
    return static_cast<std::size_t>(planes.channels) *
           static_cast<std::size_t>(planes.height + 2 * planes.border) *
           static_cast<std::size_t>(planes.width + 2 * planes.border);
}

} // namespace

void AlignedBuffer::Free::operator()(float* memory) const
{
    std::free(memory);
}

AlignedBuffer::AlignedBuffer(std::size_t size)
{
    if (size == 0)
        return;
    const std::size_t bytes = (size * sizeof(float) + kAlignment - 1) / kAlignment * kAlignment;
    m_data.reset(static_cast<float*>(std::aligned_alloc(kAlignment, bytes)));
    if (!m_data)
        throw std::bad_alloc();
    std::fill_n(m_data.get(), bytes / sizeof(float), 0.0F);
}

InterleavedTensor CpuNetwork::makePlanes(int channels, int height, int width, int border)
{
    InterleavedTensor planes{nullptr, channels, height, width, border};
    m_memory.emplace_back(vectorCount(planes) * static_cast<std::size_t>(lanes()));
    planes.data = m_memory.back().data();
    return planes;
}

CpuNetwork::CpuNetwork(const TinyVggOptions& options, const CpuKernels& kernels)
    : m_options(options),
      m_kernels(kernels)
{
    const int hidden = options.hiddenUnits;
    const auto kernelArea = static_cast<std::size_t>(options.kernelSize * options.kernelSize);
    std::size_t offset = 0;
    int channels = 1;
    for (Convolution& layer : m_convolutions) {
        const std::size_t weights = static_cast<std::size_t>(hidden * channels) * kernelArea;
        layer.outChannels = hidden;
        layer.inChannels = channels;
        layer.weightOffset = offset;
        layer.biasOffset = offset + weights;
        layer.packed = AlignedBuffer(weights);
        if (&layer != &m_convolutions.front())
            layer.packedForGradient = AlignedBuffer(weights);
        offset = layer.biasOffset + static_cast<std::size_t>(hidden);
        channels = hidden;
    }
    const int border = (options.kernelSize - 1) / 2;
    const int height = options.inputHeight;
    const int width = options.inputWidth;
    m_image = makePlanes(1, height, width, border);
    m_hidden1 = makePlanes(hidden, height, width, border);
    m_pooled1 = makePlanes(hidden, height / 2, width / 2, border);
    m_hidden2 = makePlanes(hidden, height / 2, width / 2, border);
    m_pooled2 = makePlanes(hidden, options.pooledHeight(), options.pooledWidth(), 0);

    const auto lane = static_cast<std::size_t>(lanes());
    m_choices1.resize(static_cast<std::size_t>(hidden * m_pooled1.height * m_pooled1.width) * lane);
    m_choices2.resize(vectorCount(m_pooled2) * lane);
    m_rows = AlignedBuffer(2 * static_cast<std::size_t>(hidden * width) * lane);
    m_linearWeightOffset = offset;
    m_linearBiasOffset = offset + vectorCount(m_pooled2) * static_cast<std::size_t>(options.classCount);
    m_logits = AlignedBuffer(static_cast<std::size_t>(options.classCount) * lane);
}

void CpuNetwork::makeGradientPlanes()
{
    const auto like = [this](const InterleavedTensor& planes, int border) {
        return makePlanes(planes.channels, planes.height, planes.width, border);
    };
    m_fine1 = like(m_hidden1, m_hidden1.border);
    m_hidden1Gradient = like(m_hidden1, m_hidden1.border);
    m_pooled1Gradient = like(m_pooled1, m_pooled1.border);
    m_fine2 = like(m_hidden2, m_hidden2.border);
    m_hidden2Gradient = like(m_hidden2, m_hidden2.border);
    m_pooled2Gradient = like(m_pooled2, 0);
    const auto lane = static_cast<std::size_t>(lanes());
    const auto hidden = static_cast<std::size_t>(m_options.hiddenUnits);
    const auto kernelArea = static_cast<std::size_t>(m_options.kernelSize * m_options.kernelSize);
    m_sums = AlignedBuffer((hidden * kernelArea + 1) * hidden * lane);
    m_logitGradient = AlignedBuffer(static_cast<std::size_t>(m_options.classCount) * lane);
}

void CpuNetwork::setParameters(std::span<const float> parameters)
{
    assert(static_cast<std::int64_t>(parameters.size()) == parameterCount(m_options));
    m_parameters = parameters.data();
    for (const Convolution& layer : m_convolutions) {
        const float* weights = m_parameters + layer.weightOffset;
        packWeights(layer.outChannels, layer.inChannels, m_options.kernelSize, weights, layer.packed.data());
        if (layer.packedForGradient.data() != nullptr)
            packWeightsForGradient(layer.outChannels, layer.inChannels, m_options.kernelSize, weights,
                                   layer.packedForGradient.data());
    }
}

void CpuNetwork::setImage(int lane, std::span<const std::uint8_t> pixels)
{
    const std::array<float, 256>& values = unitValues();
    const int stride = m_image.width + 2 * m_image.border;
    const auto* source = pixels.data();
    for (int y = 0; y < m_image.height; ++y) {
        float* target = m_image.data + ((y + m_image.border) * stride + m_image.border) * lanes() + lane;
        for (int x = 0; x < m_image.width; ++x)
            target[x * lanes()] = values[*source++];
    }
}

void CpuNetwork::setImage(int lane, std::span<const float> pixels)
{
    const int stride = m_image.width + 2 * m_image.border;
    const float* source = pixels.data();
    for (int y = 0; y < m_image.height; ++y) {
        float* target = m_image.data + ((y + m_image.border) * stride + m_image.border) * lanes() + lane;
        for (int x = 0; x < m_image.width; ++x)
            target[x * lanes()] = *source++;
    }
}

void CpuNetwork::clearImage(int lane)
{
    for (std::size_t i = 0; i < vectorCount(m_image); ++i)
        m_image.data[i * static_cast<std::size_t>(lanes()) + static_cast<std::size_t>(lane)] = 0;
}

void CpuNetwork::forward()
{
    const int k = m_options.kernelSize;
    const auto& [first, second, third, fourth] = m_convolutions;
    m_kernels.convolutionRelu(k, m_image, first.packed.data(), bias(first), m_hidden1);
    m_kernels.convolutionMaxPoolRelu(k, m_hidden1, second.packed.data(), bias(second), m_rows.data(),
                                     m_pooled1, m_choices1.data());
    m_kernels.convolutionRelu(k, m_pooled1, third.packed.data(), bias(third), m_hidden2);
    m_kernels.convolutionMaxPoolRelu(k, m_hidden2, fourth.packed.data(), bias(fourth), m_rows.data(),
                                     m_pooled2, m_choices2.data());
    m_kernels.linear(static_cast<int>(vectorCount(m_pooled2)), m_options.classCount, m_pooled2.data,
                     m_parameters + m_linearWeightOffset, m_parameters + m_linearBiasOffset, m_logits.data());
}

float CpuNetwork::logit(int classIndex, int lane) const
{
    return m_logits.data()[classIndex * lanes() + lane];
}

std::span<const float> CpuNetwork::features() const
{
    return {m_pooled2.data, vectorCount(m_pooled2) * static_cast<std::size_t>(lanes())};
}

void CpuNetwork::setLogitGradient(int classIndex, int lane, float slope)
{
    if (m_logitGradient.data() == nullptr)
        makeGradientPlanes();
    m_logitGradient.data()[classIndex * lanes() + lane] = slope;
}

void CpuNetwork::convolutionBackwardWeights(const Convolution& layer, const InterleavedTensor& in,
                                            const InterleavedTensor& outGradient, std::span<float> gradient)
{
    m_kernels.convolutionBackwardWeights(m_options.kernelSize, in, outGradient, m_sums.data(),
                                         gradient.data() + layer.weightOffset,
                                         gradient.data() + layer.biasOffset);
}

void CpuNetwork::backward(std::span<float> gradient)
{
    const int k = m_options.kernelSize;
    const auto& [first, second, third, fourth] = m_convolutions;
    m_kernels.linearBackward(static_cast<int>(vectorCount(m_pooled2)), m_options.classCount, m_pooled2.data,
                             m_parameters + m_linearWeightOffset, m_logitGradient.data(),
                             m_pooled2Gradient.data, gradient.data() + m_linearWeightOffset,
                             gradient.data() + m_linearBiasOffset);
    m_kernels.maxPoolBackward(m_pooled2Gradient, m_choices2.data(), m_fine2);
    convolutionBackwardWeights(fourth, m_hidden2, m_fine2, gradient);
    m_kernels.convolutionBackwardData(k, m_fine2, fourth.packedForGradient.data(), m_hidden2.data,
                                      m_hidden2Gradient);
    convolutionBackwardWeights(third, m_pooled1, m_hidden2Gradient, gradient);
    m_kernels.convolutionBackwardData(k, m_hidden2Gradient, third.packedForGradient.data(), nullptr,
                                      m_pooled1Gradient);
    m_kernels.maxPoolBackward(m_pooled1Gradient, m_choices1.data(), m_fine1);
    convolutionBackwardWeights(second, m_hidden1, m_fine1, gradient);
    m_kernels.convolutionBackwardData(k, m_fine1, second.packedForGradient.data(), m_hidden1.data,
                                      m_hidden1Gradient);
    convolutionBackwardWeights(first, m_image, m_hidden1Gradient, gradient);
}

} // namespace engine
