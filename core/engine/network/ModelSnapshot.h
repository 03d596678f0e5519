// The weights of a model at one moment, as plain numbers: what may leave the training thread.
#pragma once

#include "engine/Result.h"
#include "engine/network/NetworkSpec.h"
#include "engine/network/ParameterLayout.h"

#include <span>

namespace engine
{

struct WeightArray {
    std::string name;                ///< as in the state_dict: "block_1.0.weight"
    std::vector<std::int64_t> shape; ///< as in WeightEntry
    std::vector<float> values;       ///< row by row in that shape
};

struct ModelSnapshot {
    NetworkSpec spec;
    std::vector<WeightArray> weights; ///< in the order of the state_dict
};

/// All weights in the flat array of ParameterLayout.h, and back. Throws std::invalid_argument where names or
/// sizes are not those of the spec.
std::vector<float> flatWeights(const ModelSnapshot& model);
ModelSnapshot snapshotOf(const NetworkSpec& spec, std::span<const float> weights);

/// The arrays as the weights of a known spec, by their names, in any order; "conv_block_" in place of
/// "block_", as much course code has it, is accepted, and num_batches_tracked may be missing. BadFormat,
/// naming the array that is missing, superfluous or of another shape.
Result<ModelSnapshot> snapshotOf(const NetworkSpec& spec, std::vector<WeightArray> arrays);

} // namespace engine
