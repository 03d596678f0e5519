// A network on LibTorch: for GPUs, and for whatever needs autograd. Includes Torch: for the engine's own
// files and its tests only.
#pragma once

#include "engine/network/ModelSnapshot.h"
#include "engine/network/NetworkShapes.h"

#include <torch/torch.h>

namespace engine
{

class TorchNetwork
{
public:
    /// All weights are 0. The spec must be valid.
    explicit TorchNetwork(const NetworkSpec& spec, const torch::Device& device = torch::kCPU);
    /// With weights: the flat array of ParameterLayout.h.
    TorchNetwork(const NetworkSpec& spec, std::span<const float> weights,
                 const torch::Device& device = torch::kCPU);

    const NetworkSpec& spec() const { return m_spec; }
    const ParameterLayout& layout() const { return m_layout; }

    /// The flat array, on the network's device; the layers' weights are parts of it.
    const torch::Tensor& weights() const { return m_weights; }
    void setWeights(std::span<const float> weights);
    /// Copied from the device; waits for it.
    std::vector<float> weightsOnCpu() const;
    ModelSnapshot snapshot() const { return snapshotOf(m_spec, weightsOnCpu()); }

    /// From now on backward() adds up gradients here: an array as long as there are parameters, on the same
    /// device.
    void setGradient(const torch::Tensor& gradient);

    /// Images (N, channels, height, width), float in 0 … 1, to logits (N, classes), by the running statistics
    /// and without dropout.
    torch::Tensor forward(const torch::Tensor& images) const;
    /// As a step of training does: by the statistics of the batch, which change the running ones, and with
    /// dropout, whose masks come from `drawSeed`: see DropoutMask.h. A batch of one number for each channel
    /// has no statistics; the running ones serve.
    torch::Tensor forwardTraining(const torch::Tensor& images, std::uint64_t drawSeed);

    /// What one layer makes of what the layers before it give, as forward() does.
    torch::Tensor apply(std::size_t layer, const torch::Tensor& x) const;

private:
    torch::Tensor run(const torch::Tensor& images, bool isTraining, std::uint64_t drawSeed) const;
    torch::Tensor applied(std::size_t layer, const torch::Tensor& x, bool isTraining,
                          std::uint64_t drawSeed) const;
    /// An undefined tensor where the layer has none.
    torch::Tensor part(std::size_t layer, WeightRole role) const;

    NetworkSpec m_spec;
    ParameterLayout m_layout;
    torch::Tensor m_weights;
    std::vector<torch::Tensor> m_parts; ///< one for each entry of the layout
};

} // namespace engine
