// Where the weights of a network stand: their names and shapes in a state_dict, and their places in one flat
// array, which holds all parameters (what an optimizer moves) behind each other in the order of the
// state_dict, and behind them all buffers (the running statistics of BatchNorm2d).
#pragma once

#include "engine/network/NetworkSpec.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace engine
{

enum class WeightRole { Weight, Bias, RunningMean, RunningVar, NumBatchesTracked };

struct WeightEntry {
    std::string name; ///< as in the state_dict: "block_1.0.weight"
    std::vector<std::int64_t>
        shape;              ///< convolution {out, in, k, k}, linear {out, in}, bias {out}, counter {}
    std::size_t offset = 0; ///< in the flat array
    std::size_t size = 1;   ///< the product of the shape
    int layer = 0;          ///< position in the spec
    WeightRole role = WeightRole::Weight;

    bool isBuffer() const { return role > WeightRole::Bias; }
};

struct ParameterLayout {
    std::vector<WeightEntry> entries; ///< in the order of the state_dict
    std::size_t parameterCount = 0;   ///< what is trained
    std::size_t size = 0;             ///< with the buffers

    /// Null where the layer has no such weights.
    const WeightEntry* find(int layer, WeightRole role) const;
};

/// Of a valid spec.
ParameterLayout parameterLayout(const NetworkSpec& spec);

/// What is trained, as PyTorch counts it. Of a valid spec.
std::int64_t parameterCount(const NetworkSpec& spec);

} // namespace engine
