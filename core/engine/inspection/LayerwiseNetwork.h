// A TinyVGG layer by layer, nothing merged for speed. Includes Torch: for the engine's own files and its
// tests only.
#pragma once

#include "engine/inspection/Layers.h"

#include <torch/torch.h>

namespace engine
{

class LayerwiseNetwork
{
public:
    /// A copy of the model's weights. Throws std::invalid_argument where they are not those of its options.
    explicit LayerwiseNetwork(const ModelSnapshot& model);
    LayerwiseNetwork(const LayerwiseNetwork&) = delete;
    LayerwiseNetwork& operator=(const LayerwiseNetwork&) = delete;

    const TinyVggOptions& options() const { return m_options; }

    /// (count, 1, height, width), 0 … 1, of whole images behind each other.
    torch::Tensor inputOf(std::span<const std::uint8_t> pixels) const;
    /// What `layer` makes of what the layer below gives.
    torch::Tensor apply(int layer, const torch::Tensor& input) const;
    /// What every layer gives, in order, for (count, 1, height, width).
    std::vector<torch::Tensor> forward(const torch::Tensor& input) const;

    /// Of the calling thread's tensor operations: one for a small network, whose layers are too short to be
    /// shared out, all cores for a large one.
    void chooseThreads() const;

private:
    TinyVggOptions m_options;
    std::vector<float> m_parameters;
    std::vector<torch::Tensor> m_weights; ///< views of m_parameters: weight, bias, weight, bias …
};

/// BadValue where `pixels` is not one image of the model's input.
Result<void> checkImage(const TinyVggOptions& options, std::span<const std::uint8_t> pixels);

} // namespace engine
