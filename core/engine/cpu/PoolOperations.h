#pragma once

#include "engine/cpu/CpuOperation.h"

namespace engine
{

class MaxPoolOperation final : public CpuOperation
{
public:
    MaxPoolOperation(const MaxPool2d& pool, const PlannedOperation& planned, const CpuKernels& kernels,
                     int border);

    void forward(const InterleavedTensor& in, ImageSeeds seeds) override;
    void backward(const InterleavedTensor& in, const InterleavedTensor* inGradient, const float* reluOutput,
                  std::span<float> gradient) override;

private:
    const MaxPool2d m_pool;
    std::vector<WindowIndex> m_argmax;
};

class AveragePoolOperation final : public CpuOperation
{
public:
    AveragePoolOperation(const AvgPool2d& pool, const PlannedOperation& planned, const CpuKernels& kernels,
                         int border);

    void forward(const InterleavedTensor& in, ImageSeeds seeds) override;
    void backward(const InterleavedTensor& in, const InterleavedTensor* inGradient, const float* reluOutput,
                  std::span<float> gradient) override;

private:
    const AvgPool2d m_pool;
};

} // namespace engine
