// Recognizes a network by the names and shapes in a file of weights.
#pragma once

#include "engine/network/ModelSnapshot.h"
#include "engine/network/NetworkFamilies.h"

#include <optional>

namespace engine
{

/// A family whose state_dict has these names and shapes: a TinyVGG (block_1.0.weight to classifier.1.bias;
/// "conv_block_" is accepted for "block_") or a linear baseline (layer_stack.1.weight, …). What a state_dict
/// does not tell is taken to be as usual: no dropout, a square image, of a size that is common (28, 32 or 64
/// pixels) where padding or none would fit, else with padding; `input` decides where it is given.
/// BadFormat where no family has such arrays, with the names found.
Result<NetworkSpec> specFromShapes(const std::vector<WeightArray>& arrays,
                                   const std::optional<ImageShape>& input = {});

/// The same with the weights.
Result<ModelSnapshot> recognizeModel(std::vector<WeightArray> arrays,
                                     const std::optional<ImageShape>& input = {});

} // namespace engine
