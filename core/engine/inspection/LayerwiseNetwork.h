// Runs a network layer by layer, without fusing. Includes Torch: for the engine's own files and its tests
// only.
#pragma once

#include "engine/inspection/Layers.h"
#include "engine/network/TorchNetwork.h"

#include <cstdint>

namespace engine
{

class LayerwiseNetwork
{
public:
    /// Copies the model's weights. Throws std::invalid_argument if they do not match its spec.
    explicit LayerwiseNetwork(const ModelSnapshot& model);

    const NetworkSpec& spec() const { return m_network.spec(); }

    /// (count, channels, height, width), 0 … 1, from complete images stored consecutively.
    torch::Tensor inputOf(std::span<const std::uint8_t> pixels) const;
    /// Applies `layer` to the output of the layer below.
    torch::Tensor apply(int layer, const torch::Tensor& input) const
    {
        return m_network.apply(static_cast<std::size_t>(layer), input);
    }
    /// Outputs of all layers, in order.
    std::vector<torch::Tensor> forward(const torch::Tensor& input) const;

    /// Sets the number of threads for tensor operations of the calling thread: one for small networks, whose
    /// layers are too short to parallelize, all cores for large ones.
    void chooseThreads() const;

private:
    TorchNetwork m_network;
};

/// BadValue if `pixels` is not one image of the model's input size.
Result<void> checkImage(const NetworkSpec& spec, std::span<const std::uint8_t> pixels);

} // namespace engine
