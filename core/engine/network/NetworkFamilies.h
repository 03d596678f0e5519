// Network families: functions that build a NetworkSpec from a few options.
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
    LinearRelu, ///< the same with a ReLU after each Linear
    Custom,     ///< a list of layers
};

/// Blocks of convolutions with ReLU, each ending in max pooling, then Flatten and Linear. The defaults give
/// the network of the "Learn PyTorch for Deep Learning" course, after CNN Explainer (Z. Wang et al., IEEE VIS
/// 2020), which has no padding and images of 3 × 64 × 64. Ranges: NetworkRanges.h.
struct TinyVggOptions {
    int blocks = 2;
    int convolutionsPerBlock = 2;
    std::vector<int> hiddenUnits = {10}; ///< channels of the convolutions: one number, or one per block
    std::vector<int> kernelSizes = {3};  ///< one number, or one per convolution
    bool isPadded = true;                ///< padding='same' for odd and even kernels; otherwise none
    bool hasBatchNorm = false;           ///< a BatchNorm2d between every convolution and its ReLU
    double dropout = 0;                  ///< p of a Dropout at the end of every block; 0 for none

    bool operator==(const TinyVggOptions&) const = default;
};

/// Layer names are block_1.0, block_1.1, …, classifier.0 (Flatten), classifier.1 (Linear). Options out of
/// range give an invalid spec or fewer layers; call validate() on them first.
NetworkSpec tinyVgg(const ImageShape& input, int classCount, const TinyVggOptions& options = {});

/// The course's first two models, as baselines. Layer names are layer_stack.0, ….
NetworkSpec linearBaseline(const ImageShape& input, int classCount, int hiddenUnits = 10,
                           bool hasRelu = false);

/// The network settings of a training run: a family with its options, or a list of layers. Image shape and
/// class count come from the data set.
struct NetworkChoice {
    NetworkFamily family = NetworkFamily::TinyVgg;
    TinyVggOptions tinyVgg;           ///< linear baselines use only the first of the hidden units
    std::vector<LayerSpec> layers;    ///< for Custom
    std::vector<std::string> names{}; ///< for Custom: as NetworkSpec::names

    bool operator==(const NetworkChoice&) const = default;
};

NetworkSpec networkFor(const NetworkChoice& choice, const ImageShape& input, int classCount);

/// BadValue if options are out of range or the layers do not fit these images.
Result<NetworkSpec> checkedNetwork(const NetworkChoice& choice, const ImageShape& input, int classCount);
/// Validates the options only.
Result<void> validate(const NetworkChoice& choice);

/// The choice that gives this spec, names included: a family if one matches, otherwise Custom with its
/// layers.
NetworkChoice choiceOf(const NetworkSpec& spec);
/// The same, but ignores layer names; for edited lists.
NetworkChoice choiceOfLayers(const NetworkSpec& spec);

/// "TinyVGG", "TinyVGG · 3 blocks · kernels 3, 3, 5, 5 · 10, 20 units · batch norm · dropout 0.2", "Linear",
/// "Linear + ReLU", "Custom · 9 layers": lists only options that differ from the default.
std::string describe(const NetworkChoice& choice);

/// "tinyvgg", "linear", "linear-relu", "custom".
const char* nameOf(NetworkFamily family);
std::optional<NetworkFamily> networkFamilyNamed(std::string_view name);

/// Reduces a list of equal numbers to one number.
std::vector<int> shortened(std::vector<int> values);
/// For block `block` (from 0), and for convolution `convolution` of the whole network.
int hiddenUnitsOf(const TinyVggOptions& options, int block);
int kernelSizeOf(const TinyVggOptions& options, int convolution);

} // namespace engine
