#pragma once

#include "engine/cpu/CpuOperation.h"

namespace engine
{

class LinearOperation final : public CpuOperation
{
public:
    LinearOperation(const ParameterLayout& layout, const PlannedOperation& planned, const CpuKernels& kernels,
                    int border);

    void setWeights(const float* weights) override { m_weights = weights; }
    void forward(const InterleavedTensor& in, ImageSeeds seeds) override;
    void makeGradients() override;
    void backward(const InterleavedTensor& in, const InterleavedTensor* inGradient, const float* reluOutput,
                  std::span<float> gradient) override;

private:
    const std::size_t m_weightOffset;
    std::optional<std::size_t> m_biasOffset;
    const float* m_weights = nullptr;
    AlignedBuffer m_unusedInGradient; ///< used if this is the first layer
};

} // namespace engine
