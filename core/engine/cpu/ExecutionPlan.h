// The operations by which the CPU computes a network: its layers, fused where neighbors allow it.
#pragma once

#include "engine/network/NetworkShapes.h"

namespace engine
{

struct PlannedOperation {
    enum class Kind {
        Convolution,
        ConvolutionMaxPoolRelu, ///< of stride 1, with 2 × 2 pooling; ReLU before it or behind it gives the
                                ///< same
        BatchNorm,
        Relu,
        MaxPool,
        AveragePool,
        Dropout,
        Linear,
    };

    Kind kind = Kind::Relu;
    int layer = 0;        ///< position of its first layer in the spec
    int lastLayer = 0;    ///< position of its last
    bool hasRelu = false; ///< ends in a ReLU
    bool isFirst = false; ///< reads the images, whose gradient nobody asks for
    MapShape in;          ///< of what it reads
    MapShape out;         ///< of what it gives
};

/// In the order in which they are done. Flatten needs none: a batch-interleaved tensor without a border is
/// flat already, in the order in which PyTorch flattens. The spec must be valid.
std::vector<PlannedOperation> executionPlan(const NetworkSpec& spec);

} // namespace engine
