// One operation of an execution plan. It owns its shapes, its output and the buffers of its backward pass.
#pragma once

#include "engine/cpu/AlignedBuffer.h"
#include "engine/cpu/CpuKernels.h"
#include "engine/cpu/ExecutionPlan.h"
#include "engine/network/ParameterLayout.h"

#include <cstdint>
#include <memory>
#include <span>

namespace engine
{

/// One seed per image of a chunk, for one training step; empty if nothing is random.
using ImageSeeds = std::span<const std::uint64_t>;

class CpuOperation
{
public:
    virtual ~CpuOperation() = default;

    const PlannedOperation& planned() const { return m_planned; }
    const InterleavedTensor& output() const { return m_output; }

    /// `weights`: the flat array of ParameterLayout.h, which stays valid until the next call.
    virtual void setWeights(const float* weights) { static_cast<void>(weights); }

    /// Computes the output. `seeds` is non-empty during training.
    virtual void forward(const InterleavedTensor& in, ImageSeeds seeds) = 0;

    /// Gradient of the output, allocated by makeGradients(). The next operation fills it, already masked by
    /// the ReLU at the end of this operation.
    const InterleavedTensor& outputGradient() const { return m_outputGradient; }
    virtual void makeGradients();

    /// Call after forward(). Writes the gradient of its weights into `gradient`, which has the size of all
    /// parameters, and the gradient of its input into `inGradient` if that is not null. The input gradient is
    /// masked by ReLU only if masksInput() is true and `reluOutput` is set.
    virtual void backward(const InterleavedTensor& in, const InterleavedTensor* inGradient,
                          const float* reluOutput, std::span<float> gradient) = 0;
    /// True if backward() applies `reluOutput` itself.
    virtual bool masksInput() const { return false; }

protected:
    /// `border`: required by the next operation.
    CpuOperation(const PlannedOperation& planned, const CpuKernels& kernels, int border);

    const PlannedOperation m_planned;
    const CpuKernels& m_kernels;
    OwnedTensor m_output;
    OwnedTensor m_outputGradient;
};

/// Zero border that an operation needs around its input.
struct BorderNeed {
    int border = 0;
    bool isExact = false; ///< the border must not be wider
};
BorderNeed inputBorder(const NetworkSpec& spec, const PlannedOperation& operation);
/// Border that backward needs around the output gradient.
int outputGradientBorder(const NetworkSpec& spec, const PlannedOperation& operation);

/// Creates an operation whose output has a border of `border` zeros.
std::unique_ptr<CpuOperation> makeOperation(const NetworkSpec& spec, const ParameterLayout& layout,
                                            const PlannedOperation& planned, const CpuKernels& kernels,
                                            int border);

} // namespace engine
