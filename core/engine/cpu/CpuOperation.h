// One operation of an execution plan: it owns its shapes, its output and what its way back needs.
#pragma once

#include "engine/cpu/AlignedBuffer.h"
#include "engine/cpu/CpuKernels.h"
#include "engine/cpu/ExecutionPlan.h"
#include "engine/network/ParameterLayout.h"

#include <memory>
#include <span>

namespace engine
{

/// Of one step of training, for each image of a chunk; empty where nothing is drawn.
using ImageSeeds = std::span<const std::uint64_t>;

class CpuOperation
{
public:
    virtual ~CpuOperation() = default;

    const PlannedOperation& planned() const { return m_planned; }
    const InterleavedTensor& output() const { return m_output; }

    /// `weights`: the flat array of ParameterLayout.h, which stays where it is until the next call.
    virtual void setWeights(const float* weights) { static_cast<void>(weights); }

    /// Fills the output. `seeds` is not empty while training.
    virtual void forward(const InterleavedTensor& in, ImageSeeds seeds) = 0;

    /// Of the output: whoever reads that fills it, by the layer behind, masked by the ReLU that this
    /// operation ends in. Made by makeGradients().
    const InterleavedTensor& outputGradient() const { return m_outputGradient; }
    virtual void makeGradients();

    /// After forward(): writes the gradients of its own weights into `gradient`, which is as long as there
    /// are parameters, and that of its input into `inGradient` where that is not null, without the mask of a
    /// ReLU that the input came from unless masksInput() is true and `gate` names it.
    virtual void backward(const InterleavedTensor& in, const InterleavedTensor* inGradient, const float* gate,
                          std::span<float> gradient) = 0;
    /// True where backward() applies `gate` itself.
    virtual bool masksInput() const { return false; }

protected:
    /// `border`: as the operation behind needs it.
    CpuOperation(const PlannedOperation& planned, const CpuKernels& kernels, int border);

    const PlannedOperation m_planned;
    const CpuKernels& m_kernels;
    OwnedTensor m_output;
    OwnedTensor m_outputGradient;
};

/// Zeros that an operation needs around what it reads.
struct BorderNeed {
    int border = 0;
    bool isExact = false; ///< it can do with no more
};
BorderNeed inputBorder(const NetworkSpec& spec, const PlannedOperation& operation);
/// What its way back needs around the gradient of its output.
int outputGradientBorder(const NetworkSpec& spec, const PlannedOperation& operation);

/// An operation behind whose output lies a border of `border` zeros.
std::unique_ptr<CpuOperation> makeOperation(const NetworkSpec& spec, const ParameterLayout& layout,
                                            const PlannedOperation& planned, const CpuKernels& kernels,
                                            int border);

} // namespace engine
