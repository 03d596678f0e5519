// The operations that compute a network on the CPU: its layers, fused with their neighbors where possible.
#pragma once

#include "engine/network/NetworkShapes.h"

namespace engine
{

struct PlannedOperation {
    enum class Kind {
        Convolution,
        ConvolutionMaxPoolRelu, ///< stride 1, with 2 × 2 pooling; ReLU before or after the pooling gives the
                                ///< same result
        BatchNorm,
        Relu,
        MaxPool,
        AveragePool,
        Dropout,
        Linear,
    };

    Kind kind = Kind::Relu;
    int layer = 0;        ///< index of its first layer in the spec
    int lastLayer = 0;    ///< index of its last layer
    bool hasRelu = false; ///< ends in a ReLU
    bool isFirst = false; ///< reads the images, so no input gradient is needed
    MapShape in;          ///< shape of its input
    MapShape out;         ///< shape of its output
};

/// In execution order. Flatten needs no operation: a batch-interleaved tensor without a border is already
/// flat, in PyTorch's order. `spec` must be valid.
std::vector<PlannedOperation> executionPlan(const NetworkSpec& spec);

} // namespace engine
