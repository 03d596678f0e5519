// A network on LibTorch: for GPUs and for autograd. Includes Torch: for the engine's own files and its tests
// only.
#pragma once

#include "engine/network/ModelSnapshot.h"
#include "engine/network/NetworkShapes.h"

#include <torch/torch.h>

#include <cstdint>

namespace engine
{

class TorchNetwork
{
public:
    /// All weights are 0. `spec` must be valid.
    explicit TorchNetwork(const NetworkSpec& spec, const torch::Device& device = torch::kCPU);
    /// `weights`: the flat array of ParameterLayout.h.
    TorchNetwork(const NetworkSpec& spec, std::span<const float> weights,
                 const torch::Device& device = torch::kCPU);

    const NetworkSpec& spec() const { return m_spec; }
    const ParameterLayout& layout() const { return m_layout; }

    /// The flat array, on the network's device; the layers' weights are views of it.
    const torch::Tensor& weights() const { return m_weights; }
    void setWeights(std::span<const float> weights);
    /// Copies from the device and waits for it.
    std::vector<float> weightsOnCpu() const;
    ModelSnapshot snapshot() const { return snapshotOf(m_spec, weightsOnCpu()); }

    /// From now on backward() accumulates gradients here: an array with one element per parameter, on the
    /// same device.
    void setGradient(const torch::Tensor& gradient);

    /// Maps images (N, channels, height, width), float in 0 … 1, to logits (N, classes). Uses the running
    /// statistics, no dropout.
    torch::Tensor forward(const torch::Tensor& images) const;
    /// Forward pass of a training step: uses batch statistics, updates the running statistics, and applies
    /// dropout with masks derived from `drawSeed`; see DropoutMask.h. A batch with one value
    /// per channel has no statistics; it uses the running ones.
    torch::Tensor forwardTraining(const torch::Tensor& images, std::uint64_t drawSeed);

    /// Applies one layer, as in forward().
    torch::Tensor apply(std::size_t layer, const torch::Tensor& x) const;

private:
    torch::Tensor run(const torch::Tensor& images, bool isTraining, std::uint64_t drawSeed) const;
    torch::Tensor applied(std::size_t layer, const torch::Tensor& x, bool isTraining,
                          std::uint64_t drawSeed) const;
    torch::Tensor batchNorm(const BatchNorm2d& norm, std::size_t layer, const torch::Tensor& x,
                            bool hasStatistics) const;
    /// A view of weights(); undefined if the layer has no such weights.
    torch::Tensor part(std::size_t layer, WeightRole role) const;
    /// The same values at an address that GPU kernels can read, if need be as a differentiable copy.
    torch::Tensor alignedPart(std::size_t layer, WeightRole role) const;

    NetworkSpec m_spec;
    ParameterLayout m_layout;
    torch::Tensor m_weights;
    std::vector<torch::Tensor> m_parts; ///< one per entry of the layout
};

} // namespace engine
