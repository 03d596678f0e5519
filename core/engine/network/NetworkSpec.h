// A network as data: the single description that everything else is derived from. Plain values with PyTorch's
// names and defaults; independent of any particular network.
//
//     engine::NetworkSpec spec;
//     spec.input = {1, 28, 28};
//     spec.classCount = 10;
//     spec.layers = {engine::Conv2d{.outChannels = 8, .kernelSize = 5, .padding = engine::kSamePadding},
//                    engine::ReLU{}, engine::MaxPool2d{2}, engine::Flatten{}, engine::Linear{10}};
//     auto shapes = engine::validate(spec);     // 8 × 28 × 28, 8 × 28 × 28, 8 × 14 × 14, 1568, 10
#pragma once

#include "engine/ImageShape.h"

#include <string>
#include <variant>
#include <vector>

namespace engine
{

/// `padding` of a convolution that keeps height and width, as padding='same' in PyTorch: (k − 1) / 2 zeros
/// above and to the left, the rest of k − 1 below and to the right. Requires stride 1.
inline constexpr int kSamePadding = -1;

// In all layers an input size of 0 means "inferred from the layers above"; any other value must match.
// NetworkRanges.h has the ranges of all numbers.

struct Conv2d {
    int outChannels = 10;
    int kernelSize = 3; ///< odd or even
    int stride = 1;
    int padding = 0; ///< zeros on each side (0 is padding='valid'), or kSamePadding
    bool bias = true;
    int inChannels = 0; ///< 0: inferred

    bool operator==(const Conv2d&) const = default;
};

struct BatchNorm2d {
    double eps = 1e-5;
    double momentum = 0.1; ///< for the running statistics
    int numFeatures = 0;   ///< 0: inferred

    bool operator==(const BatchNorm2d&) const = default;
};

struct ReLU {
    bool operator==(const ReLU&) const = default;
};

struct MaxPool2d {
    int kernelSize = 2;
    int stride = 0; ///< 0: the kernel size

    int step() const { return stride == 0 ? kernelSize : stride; }
    bool operator==(const MaxPool2d&) const = default;
};

struct AvgPool2d {
    int kernelSize = 2;
    int stride = 0; ///< 0: the kernel size

    int step() const { return stride == 0 ? kernelSize : stride; }
    bool operator==(const AvgPool2d&) const = default;
};

struct Dropout {
    double p = 0.5; ///< fraction of elements set to 0 in training; the others are scaled by 1/(1 − p)

    bool operator==(const Dropout&) const = default;
};

struct Flatten {
    bool operator==(const Flatten&) const = default;
};

struct Linear {
    int outFeatures = 10;
    bool bias = true;
    int inFeatures = 0; ///< 0: inferred

    bool operator==(const Linear&) const = default;
};

using LayerSpec = std::variant<Conv2d, BatchNorm2d, ReLU, MaxPool2d, AvgPool2d, Dropout, Flatten, Linear>;

/// Zeros around an image: above and to the left; below and to the right.
struct Padding {
    int before = 0;
    int after = 0;
};
Padding paddingOf(const Conv2d& convolution);

/// "Conv2d", "BatchNorm2d", …: the name of PyTorch's module.
const char* typeName(const LayerSpec& layer);

struct NetworkSpec {
    ImageShape input;
    int classCount = 10;           ///< the last layer must output this many logits
    std::vector<LayerSpec> layers; ///< in forward order
    /// State_dict names of the layers, such as "block_1.0"; empty for those of nn.Sequential, "0", "1", ….
    std::vector<std::string> names;

    bool operator==(const NetworkSpec&) const = default;
};

/// The state_dict name of layer `index`.
std::string layerName(const NetworkSpec& spec, std::size_t index);

} // namespace engine
