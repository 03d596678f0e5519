// Families: functions that return a NetworkSpec from a few options.
#pragma once

#include "engine/Result.h"
#include "engine/network/NetworkSpec.h"

#include <optional>
#include <string_view>

namespace engine
{

enum class NetworkFamily {
    TinyVgg,
    Linear,     ///< Flatten, Linear to the hidden units, Linear to the classes
    LinearRelu, ///< the same with a ReLU behind each Linear
    Custom,     ///< a list of layers
};

/// Blocks of convolutions with ReLU that end in a pooling, then Flatten and Linear. The defaults are the
/// network of the "Learn PyTorch for Deep Learning" course, after CNN Explainer (Z. Wang et al., IEEE VIS
/// 2020), which has no padding and images of 3 × 64 × 64.
struct TinyVggOptions {
    int blocks = 2;               ///< 1 … 4
    int convolutionsPerBlock = 2; ///< 1 … 3
    std::vector<int> hiddenUnits = {
        10}; ///< channels of the convolutions, 1 … 128: one number, or one a block
    std::vector<int> kernelSizes = {3}; ///< 1 … 11: one number, or one a convolution
    bool isPadded = true;               ///< padding='same' for odd and even kernels; else none
    bool hasBatchNorm = false;          ///< a BatchNorm2d between every convolution and its ReLU
    double dropout = 0;                 ///< p of a Dropout at the end of every block; 0 is without

    bool operator==(const TinyVggOptions&) const = default;
};

/// Layers are named block_1.0, block_1.1, …, classifier.0 (Flatten), classifier.1 (Linear). Options out of
/// range give a spec that validate() refuses, or fewer layers: check them with validate() first.
NetworkSpec tinyVgg(const ImageShape& input, int classCount, const TinyVggOptions& options = {});

/// The course's first two models for comparison; layers are named layer_stack.0, ….
NetworkSpec linearBaseline(const ImageShape& input, int classCount, int hiddenUnits = 10,
                           bool hasRelu = false);

/// What a training is told of its network: a family with its options, or a list of layers. The images' shape
/// and the classes come from the data.
struct NetworkChoice {
    NetworkFamily family = NetworkFamily::TinyVgg;
    TinyVggOptions tinyVgg;        ///< of the linear baselines only the first of the hidden units
    std::vector<LayerSpec> layers; ///< of Custom

    bool operator==(const NetworkChoice&) const = default;
};

NetworkSpec networkFor(const NetworkChoice& choice, const ImageShape& input, int classCount);

/// BadValue for options of the choice that are out of range, or for layers that do not fit these images.
Result<NetworkSpec> checkedNetwork(const NetworkChoice& choice, const ImageShape& input, int classCount);
/// Of the options alone.
Result<void> validate(const NetworkChoice& choice);

/// The choice that gives a spec, names included: a family where one does, else Custom with its layers.
NetworkChoice choiceOf(const NetworkSpec& spec);
/// The same whatever the layers are named: for a list that somebody has edited.
NetworkChoice choiceOfLayers(const NetworkSpec& spec);

/// "TinyVGG", "TinyVGG · 10, 20 hidden units · kernel sizes 3, 3, 5, 5 · batch norm · dropout 0.2", "Linear",
/// "Linear + ReLU", "Custom network · 9 layers": what is not at its default.
std::string describe(const NetworkChoice& choice);

/// "tinyvgg", "linear", "linear-relu", "custom".
const char* nameOf(NetworkFamily family);
std::optional<NetworkFamily> networkFamilyNamed(std::string_view name);

/// Of block `block` (from 0), and of convolution `convolution` of the whole network.
int hiddenUnitsOf(const TinyVggOptions& options, int block);
int kernelSizeOf(const TinyVggOptions& options, int convolution);

} // namespace engine
