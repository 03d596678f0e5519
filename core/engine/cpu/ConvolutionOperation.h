// Convolution operations: with and without fused max pooling.
#pragma once

#include "engine/cpu/CpuOperation.h"

namespace engine
{

/// Width of the zero border that backward-data of a stride-1 convolution needs around its output gradient.
int gradientBorder(const Conv2d& convolution);

/// Shared by both: packed weights, and the backward pass from the gradient of the convolution's output.
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
    /// `convolutionGradient`: of stride 1, with the border that gradientBorder() returns.
    void backwardFrom(const InterleavedTensor& convolutionGradient, const InterleavedTensor& in,
                      const InterleavedTensor* inGradient, const float* reluOutput,
                      std::span<float> gradient);

    const Conv2d m_convolution;
    const ConvolutionShape m_shape;
    AlignedBuffer m_packed;

private:
    void packForGradient();

    const std::size_t m_weightOffset;
    std::optional<std::size_t> m_biasOffset;
    const float* m_weights = nullptr;
    // Allocated by makeGradients():
    AlignedBuffer m_packedForGradient; ///< empty for the first layer: image gradients are not needed
    AlignedBuffer m_sums;
};

class ConvolutionOperation final : public ConvolutionBase
{
public:
    ConvolutionOperation(const Conv2d& convolution, const ParameterLayout& layout,
                         const PlannedOperation& planned, const CpuKernels& kernels, int border);

    void forward(const InterleavedTensor& in, ImageSeeds seeds) override;
    void backward(const InterleavedTensor& in, const InterleavedTensor* inGradient, const float* reluOutput,
                  std::span<float> gradient) override;
    void makeGradients() override;

private:
    /// The output gradient as that of a stride-1 convolution: zeros between its values, and the border that
    /// backward-data needs. Empty if the gradient already has this form.
    OwnedTensor m_spread;
};

class ConvolutionMaxPoolReluOperation final : public ConvolutionBase
{
public:
    ConvolutionMaxPoolReluOperation(const Conv2d& convolution, const ParameterLayout& layout,
                                    const PlannedOperation& planned, const CpuKernels& kernels, int border);

    void forward(const InterleavedTensor& in, ImageSeeds seeds) override;
    void backward(const InterleavedTensor& in, const InterleavedTensor* inGradient, const float* reluOutput,
                  std::span<float> gradient) override;
    void makeGradients() override;

private:
    std::vector<ArgmaxIndex> m_argmax;
    AlignedBuffer m_rows;
    OwnedTensor m_fine; ///< gradient of the pooling's input
};

} // namespace engine
