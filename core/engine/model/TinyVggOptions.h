// The shape of a TinyVGG, and what follows from it by arithmetic alone.
#pragma once

#include "engine/Range.h"
#include "engine/Result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace engine
{

namespace ranges
{
inline constexpr Range<int> kHiddenUnits = {"Hidden units", 1, 128};
} // namespace ranges

/// Two blocks of Conv–ReLU–Conv–ReLU–MaxPool(2), then Flatten and Linear. Convolutions have stride 1 and
/// padding (kernelSize − 1) / 2, which keeps height and width. Source: the network of the "Learn PyTorch for
/// Deep Learning" course, after CNN Explainer (Z. Wang et al., IEEE VIS 2020).
struct TinyVggOptions {
    int inputHeight = 28; ///< 4 … 256 pixels; the two poolings need at least 4
    int inputWidth = 28;  ///< 4 … 256
    int hiddenUnits = 10; ///< channels of every convolution, see ranges
    int kernelSize = 3;   ///< odd, 1 … 7
    int classCount = 10;  ///< 2 … 256

    /// Height and width that reach the classifier: halved twice, rounded down.
    int pooledHeight() const { return inputHeight / 2 / 2; }
    int pooledWidth() const { return inputWidth / 2 / 2; }

    bool operator==(const TinyVggOptions&) const = default;
};

/// BadValue, naming the field, its range and what was found.
Result<void> validate(const TinyVggOptions& options);

struct LayerInfo {
    std::string name;                     ///< as in the state_dict: "block_1.0"
    std::string kind;                     ///< "Conv2d", "ReLU", "MaxPool2d", "Flatten", "Linear"
    std::vector<int> outputShape;         ///< without the batch: {channels, height, width} or {features}
    std::int64_t parameterCount = 0;      ///< weights and biases
    std::int64_t multiplyAccumulates = 0; ///< MACs for one image; 0 for layers that multiply nothing
};

/// The layers in the order in which an image passes them. `options` must be valid.
std::vector<LayerInfo> layerTable(const TinyVggOptions& options);

std::int64_t parameterCount(const TinyVggOptions& options);

} // namespace engine
