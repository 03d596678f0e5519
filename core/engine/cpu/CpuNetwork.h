// Runs a network on one chunk of images at a time, on one thread, with the operations of its execution plan.
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

#include <cstdint>

namespace engine
{

/// False if the network has a layer that the CPU operations cannot train: BatchNorm2d needs statistics of the
/// whole batch. LibTorch trains such networks.
bool canTrainOnCpuNetwork(const NetworkSpec& spec);

class CpuNetwork
{
public:
    /// `spec` must be valid.
    explicit CpuNetwork(const NetworkSpec& spec, const CpuKernels& kernels = bestCpuKernels());

    /// Images per chunk.
    int lanes() const { return m_kernels->lanes; }
    const NetworkSpec& spec() const { return m_spec; }

    /// Takes the flat array of ParameterLayout.h. The array must stay valid during forward() and backward().
    /// Call again after changing it.
    void setWeights(std::span<const float> weights);

    /// `pixels`: channels × height × width, 0 … 255; scaled to 0 … 1.
    void setImage(int lane, std::span<const std::uint8_t> pixels);
    /// `pixels`: channels × height × width.
    void setImage(int lane, std::span<const float> pixels);
    void clearImage(int lane);

    void forward() { run({}); }
    /// Forward pass of a training step, with dropout. One seed per lane, see DropoutMask.h.
    void forwardTraining(ImageSeeds seeds) { run(seeds); }

    float logit(int classIndex, int lane) const
    {
        return m_operations.back()->output().data[classIndex * lanes() + lane];
    }
    /// The input of the last Linear after forward(), flattened in PyTorch's order; the logits if there is no
    /// Linear. Feature f of the image in `lane` is at f · lanes() + lane.
    std::span<const float> features() const;

    /// Sets the gradient of the loss with respect to a logit. Call for every lane, with 0 for lanes without
    /// an image, between forwardTraining() and backward().
    void setLogitGradient(int classIndex, int lane, float gradient);
    /// Writes the parameter gradient, summed over the lanes. Requires canTrainOnCpuNetwork().
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
