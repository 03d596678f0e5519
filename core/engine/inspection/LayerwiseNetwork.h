// A network layer by layer, nothing merged for speed. Includes Torch: for the engine's own files and its
// tests only.
#pragma once

#include "engine/inspection/Layers.h"
#include "engine/network/TorchNetwork.h"

namespace engine
{

class LayerwiseNetwork
{
public:
    /// A copy of the model's weights. Throws std::invalid_argument where they are not those of its spec.
    explicit LayerwiseNetwork(const ModelSnapshot& model);

    const NetworkSpec& spec() const { return m_network.spec(); }

    /// (count, channels, height, width), 0 … 1, of whole images behind each other.
    torch::Tensor inputOf(std::span<const std::uint8_t> pixels) const;
    /// What `layer` makes of what the layer below gives.
    torch::Tensor apply(int layer, const torch::Tensor& input) const
    {
        return m_network.apply(static_cast<std::size_t>(layer), input);
    }
    /// What every layer gives, in order.
    std::vector<torch::Tensor> forward(const torch::Tensor& input) const;

    /// Of the calling thread's tensor operations: one for a small network, whose layers are too short to be
    /// shared out, all cores for a large one.
    void chooseThreads() const;

private:
    TorchNetwork m_network;
};

/// BadValue where `pixels` is not one image of the model's input.
Result<void> checkImage(const NetworkSpec& spec, std::span<const std::uint8_t> pixels);

} // namespace engine
