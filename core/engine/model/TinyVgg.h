// The network itself. Includes Torch: for the engine's own files and its tests only.
#pragma once

#include "engine/model/ModelSnapshot.h"

#include <torch/torch.h>

namespace engine
{

/// Images (N, 1, height, width), float in 0 … 1, to logits (N, classCount).
class TinyVggImpl : public torch::nn::Module
{
public:
    /// Weights drawn as PyTorch's layers draw them, from a generator of its own: the same seed gives the
    /// weights that Python has after `torch.manual_seed(seed); TinyVGG(…)`, whatever else runs in this
    /// process.
    TinyVggImpl(const TinyVggOptions& options, std::uint64_t seed);

    torch::Tensor forward(const torch::Tensor& images);

    const TinyVggOptions& options() const { return m_options; }

private:
    TinyVggOptions m_options;
    // Registered as block_1.0, block_1.2, … so that the names are those of the course's state_dict.
    torch::nn::Sequential m_block1;
    torch::nn::Sequential m_block2;
    torch::nn::Sequential m_classifier;
};
TORCH_MODULE(TinyVgg);

/// A copy of the weights; waits for the device.
ModelSnapshot takeSnapshot(const TinyVgg& model);

/// Overwrites the model's weights, on its own device. The snapshot's options must be the model's.
void loadSnapshot(TinyVgg& model, const ModelSnapshot& snapshot);

} // namespace engine
