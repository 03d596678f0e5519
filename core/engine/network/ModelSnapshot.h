// A copy of a model's weights as plain values, the only form in which they leave the training thread.
#pragma once

#include "engine/Result.h"
#include "engine/network/NetworkSpec.h"
#include "engine/network/ParameterLayout.h"

#include <cstdint>
#include <span>

namespace engine
{

struct WeightArray {
    std::string name;                ///< as in the state_dict: "block_1.0.weight"
    std::vector<std::int64_t> shape; ///< see WeightEntry
    std::vector<float> values;       ///< row-major
};

struct ModelSnapshot {
    NetworkSpec spec;
    std::vector<WeightArray> weights; ///< in the order of the state_dict
};

/// Converts all weights to the flat array of ParameterLayout.h and back. Throws std::invalid_argument if
/// names or sizes do not match the spec.
std::vector<float> flatWeights(const ModelSnapshot& model);
ModelSnapshot snapshotOf(const NetworkSpec& spec, std::span<const float> weights);

/// Assigns the arrays, in any order, to the weights of a known spec by their names. Accepts "conv_block_" for
/// "block_", as in much course code; num_batches_tracked may be missing. BadFormat names an array that is
/// missing, unexpected or has the wrong shape.
Result<ModelSnapshot> snapshotOf(const NetworkSpec& spec, std::vector<WeightArray> arrays);

} // namespace engine
