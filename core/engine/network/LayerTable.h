// The layers of a network with what each costs.
#pragma once

#include "engine/network/NetworkShapes.h"

namespace engine
{

struct LayerInfo {
    std::string name; ///< as in the state_dict: "block_1.0"
    std::string kind; ///< PyTorch's name: "Conv2d", "ReLU", …
    MapShape outputShape;
    std::int64_t parameterCount = 0;      ///< trained weights and biases
    std::int64_t multiplyAccumulates = 0; ///< MACs of Conv2d and Linear for one image; 0 for the others
};

/// The layers in the order in which an image passes them. Of a valid spec.
std::vector<LayerInfo> layerTable(const NetworkSpec& spec);

/// MACs of all layers for one image. Of a valid spec.
std::int64_t multiplyAccumulates(const NetworkSpec& spec);

} // namespace engine
