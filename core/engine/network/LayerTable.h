// The layers of a network with their cost.
#pragma once

#include "engine/network/NetworkShapes.h"

#include <cstdint>
#include <span>

namespace engine
{

struct LayerInfo {
    std::string name; ///< as in the state_dict: "block_1.0"
    std::string kind; ///< PyTorch's name: "Conv2d", "ReLU", …
    MapShape outputShape;
    std::int64_t parameterCount = 0;      ///< trainable weights and biases
    std::int64_t multiplyAccumulates = 0; ///< MACs of Conv2d and Linear for one image; 0 for other layers
};

/// The layers in forward order. `spec` must be valid.
std::vector<LayerInfo> layerTable(const NetworkSpec& spec);
/// The first layers only, whose output shapes these are: for a network that does not fit from there on.
std::vector<LayerInfo> layerTable(const NetworkSpec& spec, std::span<const MapShape> shapes);

/// MACs of all layers for one image. `spec` must be valid.
std::int64_t multiplyAccumulates(const NetworkSpec& spec);

} // namespace engine
