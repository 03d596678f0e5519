#include "engine/cpu/PoolOperations.h"

namespace engine
{

MaxPoolOperation::MaxPoolOperation(const MaxPool2d& pool, const PlannedOperation& planned,
                                   const CpuKernels& kernels, int border)
    : CpuOperation(planned, kernels, border),
      m_pool(pool),
      m_argmax(static_cast<std::size_t>(planned.out.size()) * static_cast<std::size_t>(kernels.lanes))
{
}

void MaxPoolOperation::forward(const InterleavedTensor& in, ImageSeeds)
{
    m_kernels.maxPool(m_pool.kernelSize, m_pool.step(), in, m_output, m_argmax.data());
}

void MaxPoolOperation::backward(const InterleavedTensor&, const InterleavedTensor* inGradient, const float*,
                                std::span<float>)
{
    if (inGradient != nullptr)
        m_kernels.maxPoolBackward(m_pool.kernelSize, m_pool.step(), m_outputGradient, m_argmax.data(),
                                  *inGradient);
}

AveragePoolOperation::AveragePoolOperation(const AvgPool2d& pool, const PlannedOperation& planned,
                                           const CpuKernels& kernels, int border)
    : CpuOperation(planned, kernels, border),
      m_pool(pool)
{
}

void AveragePoolOperation::forward(const InterleavedTensor& in, ImageSeeds)
{
    m_kernels.averagePool(m_pool.kernelSize, m_pool.step(), in, m_output);
}

void AveragePoolOperation::backward(const InterleavedTensor&, const InterleavedTensor* inGradient,
                                    const float*, std::span<float>)
{
    if (inGradient != nullptr)
        m_kernels.averagePoolBackward(m_pool.kernelSize, m_pool.step(), m_outputGradient, *inGradient);
}

} // namespace engine
