// A network that works on one chunk of images at a time, on one thread, by the operations of its execution
// plan.
//
//     CpuNetwork network(spec);
//     network.setWeights(weights);
//     for (int lane = 0; lane < network.lanes(); ++lane)
//         network.setImage(lane, dataset.image(lane));
//     network.forward();
//     network.logit(class, lane);
#pragma once

#include "engine/cpu/CpuKernelSelection.h"
#include "engine/cpu/CpuOperation.h"

namespace engine
{

/// False for what the CPU's own operations cannot train (BatchNorm2d, whose statistics are those of a whole
/// batch); LibTorch trains that.
bool canTrainOnCpuNetwork(const NetworkSpec& spec);

class CpuNetwork
{
public:
    /// The spec must be valid.
    explicit CpuNetwork(const NetworkSpec& spec, const CpuKernels& kernels = bestCpuKernels());

    /// Images of a chunk.
    int lanes() const { return m_kernels->lanes; }
    const NetworkSpec& spec() const { return m_spec; }

    /// The flat array of ParameterLayout.h; it must stay where it is as long as forward() and backward() are
    /// called. Call it again when it has changed.
    void setWeights(std::span<const float> weights);

    /// `pixels`: channels × height × width, 0 … 255, which become 0 … 1.
    void setImage(int lane, std::span<const std::uint8_t> pixels);
    /// `pixels`: channels × height × width.
    void setImage(int lane, std::span<const float> pixels);
    void clearImage(int lane);

    void forward() { run({}); }
    /// As a step of training does, with dropout: one seed for each lane, see DropoutMask.h.
    void forwardTraining(ImageSeeds seeds) { run(seeds); }

    float logit(int classIndex, int lane) const
    {
        return m_operations.back()->output().data[classIndex * lanes() + lane];
    }
    /// What the last Linear reads, after forward(), flattened as PyTorch flattens it; feature f of the image
    /// in `lane` stands at f · lanes() + lane. The logits where there is no Linear.
    std::span<const float> features() const;

    /// The gradient of the loss by a logit; to be set for every lane, 0 where there is no image, between
    /// forwardTraining() and backward().
    void setLogitGradient(int classIndex, int lane, float gradient);
    /// Writes the gradient, summed over the lanes, in the order of the parameters. The network must be one
    /// that canTrainOnCpuNetwork().
    void backward(std::span<float> gradient);

private:
    void run(ImageSeeds seeds);
    InterleavedTensor inputOf(std::size_t operation) const;
    /// Maps in one row where a Flatten lies between: what `operation` reads of the tensor before it.
    InterleavedTensor readBy(std::size_t operation, const InterleavedTensor& given) const;
    void makeGradients();

    NetworkSpec m_spec;
    const CpuKernels* m_kernels;
    std::vector<std::unique_ptr<CpuOperation>> m_operations;
    OwnedTensor m_image;
    bool m_hasGradients = false;
};

} // namespace engine
