// A split as tensors on one device, from which batches are gathered. Includes Torch: for the engine only.
#pragma once

#include "engine/data/Dataset.h"

#include <torch/torch.h>

#include <cstdint>

namespace engine
{

struct Batch {
    torch::Tensor images; ///< (N, channels, height, width), float in 0 … 1; channels_last on a GPU
    torch::Tensor labels; ///< (N), int64
};

class Batches
{
public:
    /// On the CPU the tensors share the data set's memory; other devices get one copy.
    Batches(const Dataset& dataset, const torch::Device& device);

    std::int64_t size() const { return m_labels.size(0); }
    /// `indices`: int64, on the same device.
    Batch gather(const torch::Tensor& indices) const;
    Batch slice(std::int64_t begin, std::int64_t count) const;

private:
    torch::Tensor m_pixels; ///< (N, channels, height, width), uint8
    torch::Tensor m_labels; ///< (N), int64
};

} // namespace engine
