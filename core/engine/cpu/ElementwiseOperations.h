// Operations that map each value to a value at the same position.
#pragma once

#include "engine/cpu/CpuOperation.h"

namespace engine
{

class ReluOperation final : public CpuOperation
{
public:
    ReluOperation(const PlannedOperation& planned, const CpuKernels& kernels, int border);

    void forward(const InterleavedTensor& in, ImageSeeds seeds) override;
    void backward(const InterleavedTensor& in, const InterleavedTensor* inGradient, const float* reluOutput,
                  std::span<float> gradient) override;
};

/// Uses running statistics. Batch statistics would need all chunks at once, so networks with this layer are
/// trained by LibTorch; see canTrainOnCpuNetwork().
class BatchNormOperation final : public CpuOperation
{
public:
    BatchNormOperation(const BatchNorm2d& norm, const ParameterLayout& layout,
                       const PlannedOperation& planned, const CpuKernels& kernels, int border);

    void setWeights(const float* weights) override;
    void forward(const InterleavedTensor& in, ImageSeeds seeds) override;
    void backward(const InterleavedTensor& in, const InterleavedTensor* inGradient, const float* reluOutput,
                  std::span<float> gradient) override;

private:
    const double m_eps;
    const std::size_t m_weightOffset;
    const std::size_t m_biasOffset;
    const std::size_t m_meanOffset;
    const std::size_t m_varianceOffset;
    std::vector<float> m_scale; ///< one per channel
    std::vector<float> m_shift;
};

class DropoutOperation final : public CpuOperation
{
public:
    DropoutOperation(const Dropout& dropout, const PlannedOperation& planned, const CpuKernels& kernels,
                     int border);

    void forward(const InterleavedTensor& in, ImageSeeds seeds) override;
    void backward(const InterleavedTensor& in, const InterleavedTensor* inGradient, const float* reluOutput,
                  std::span<float> gradient) override;

private:
    void drawFactors(ImageSeeds seeds);

    const double m_p;
    AlignedBuffer m_factors; ///< one per value of a tensor without border
};

} // namespace engine
