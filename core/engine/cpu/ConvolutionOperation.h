// Convolutions, alone and with the pooling behind them.
#pragma once

#include "engine/cpu/CpuOperation.h"

namespace engine
{

/// Zeros that the way back of a convolution of stride 1 needs around the gradient of its output.
int gradientBorder(const Conv2d& convolution);

/// What both have in common: packed weights, and the way back from the gradient of the convolution's output.
class ConvolutionBase : public CpuOperation
{
public:
    void setWeights(const float* weights) override;
    void makeGradients() override;
    bool masksInput() const override { return true; }

protected:
    ConvolutionBase(const Conv2d& convolution, const ParameterLayout& layout, const PlannedOperation& planned,
                    const CpuKernels& kernels, int border);

    const float* bias() const { return m_biasOffset ? m_weights + *m_biasOffset : nullptr; }
    /// `convolutionGradient`: of stride 1, with the border that gradientBorder() says.
    void backwardFrom(const InterleavedTensor& convolutionGradient, const InterleavedTensor& in,
                      const InterleavedTensor* inGradient, const float* gate, std::span<float> gradient);

    const Conv2d m_convolution;
    const ConvolutionShape m_shape;
    AlignedBuffer m_packed;

private:
    void packForGradient();

    const std::size_t m_weightOffset;
    std::optional<std::size_t> m_biasOffset;
    const float* m_weights = nullptr;
    // Made by makeGradients():
    AlignedBuffer m_packedForGradient; ///< none for a first layer: nobody asks for the gradient of the images
    AlignedBuffer m_sums;
};

class ConvolutionOperation final : public ConvolutionBase
{
public:
    ConvolutionOperation(const Conv2d& convolution, const ParameterLayout& layout,
                         const PlannedOperation& planned, const CpuKernels& kernels, int border);

    void forward(const InterleavedTensor& in, ImageSeeds seeds) override;
    void backward(const InterleavedTensor& in, const InterleavedTensor* inGradient, const float* gate,
                  std::span<float> gradient) override;
    void makeGradients() override;

private:
    /// The gradient of the output as that of a convolution of stride 1, with zeros between its numbers and
    /// the border that the way back needs; empty where it is so already.
    OwnedTensor m_spread;
};

class ConvolutionMaxPoolReluOperation final : public ConvolutionBase
{
public:
    ConvolutionMaxPoolReluOperation(const Conv2d& convolution, const ParameterLayout& layout,
                                    const PlannedOperation& planned, const CpuKernels& kernels, int border);

    void forward(const InterleavedTensor& in, ImageSeeds seeds) override;
    void backward(const InterleavedTensor& in, const InterleavedTensor* inGradient, const float* gate,
                  std::span<float> gradient) override;
    void makeGradients() override;

private:
    std::vector<ArgmaxIndex> m_argmax;
    AlignedBuffer m_rows;
    OwnedTensor m_fine; ///< the gradient before pooling
};

} // namespace engine
