// Names and shapes of a network's weights in a state_dict, and their offsets in one flat array. The array
// holds first all parameters (updated by the optimizer), in the order of the state_dict, then all buffers
// (the running statistics of BatchNorm2d).
#pragma once

#include "engine/network/NetworkShapes.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace engine
{

enum class WeightRole { Weight, Bias, RunningMean, RunningVar, NumBatchesTracked };

struct WeightEntry {
    std::string name; ///< as in the state_dict: "block_1.0.weight"
    std::vector<std::int64_t>
        shape;              ///< convolution {out, in, k, k}, linear {out, in}, bias {out}, counter {}
    std::size_t offset = 0; ///< in the flat array
    std::size_t size = 1;   ///< number of elements
    int layer = 0;          ///< index in the spec
    WeightRole role = WeightRole::Weight;

    bool isBuffer() const { return role > WeightRole::Bias; }
};

struct ParameterLayout {
    std::vector<WeightEntry> entries; ///< in the order of the state_dict
    std::size_t parameterCount = 0;   ///< trainable weights
    std::size_t size = 0;             ///< including the buffers

    /// Null if the layer has no such weights.
    const WeightEntry* find(int layer, WeightRole role) const;
};

/// `spec` must be valid.
ParameterLayout parameterLayout(const NetworkSpec& spec);
/// Of the first layers only, whose output shapes these are.
ParameterLayout parameterLayout(const NetworkSpec& spec, std::span<const MapShape> shapes);

/// Number of trainable parameters, counted as in PyTorch. `spec` must be valid.
std::int64_t parameterCount(const NetworkSpec& spec);

} // namespace engine
