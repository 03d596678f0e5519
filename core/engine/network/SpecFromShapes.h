// Recognizes a network from the names and shapes of the arrays in a weights file.
#pragma once

#include "engine/network/ModelSnapshot.h"
#include "engine/network/NetworkFamilies.h"

#include <optional>

namespace engine
{

/// The family whose state_dict has these names and shapes: a TinyVGG (block_1.0.weight to classifier.1.bias;
/// accepts "conv_block_" for "block_") or a linear baseline (layer_stack.1.weight, …). What a state_dict does
/// not show is assumed: no dropout, and a square image. If both padding and no padding are possible, the one
/// with a common image size (28, 32 or 64 pixels) is chosen, otherwise padding. `input`, if given, sets the
/// image shape. BadFormat, with the names found, if no family matches.
Result<NetworkSpec> specFromShapes(const std::vector<WeightArray>& arrays,
                                   const std::optional<ImageShape>& input = {});

/// The same, with the weights.
Result<ModelSnapshot> recognizeModel(std::vector<WeightArray> arrays,
                                     const std::optional<ImageShape>& input = {});

} // namespace engine
