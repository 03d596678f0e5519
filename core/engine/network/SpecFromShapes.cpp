#include "engine/network/SpecFromShapes.h"

#include "engine/network/NetworkRanges.h"
#include "engine/network/NetworkShapes.h"
#include "engine/network/ParameterLayout.h"
#include "engine/network/StateDictNames.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

namespace engine
{
namespace
{

using Arrays = std::vector<WeightArray>;

const WeightArray* find(const Arrays& arrays, const std::string& name)
{
    const auto found =
        std::ranges::find_if(arrays, [&](const WeightArray& a) { return canonicalName(a.name) == name; });
    return found == arrays.end() ? nullptr : &*found;
}

/// Clamps values that are too large for any valid network to one that validate() rejects.
int bounded(std::int64_t value)
{
    return static_cast<int>(std::clamp<std::int64_t>(value, 0, 1 << 20));
}

std::string namesOf(const Arrays& arrays)
{
    constexpr std::size_t kMaxNames = 8;
    std::string names;
    for (std::size_t i = 0; i < std::min(arrays.size(), kMaxNames); ++i)
        names += (names.empty() ? "" : ", ") + arrays[i].name.substr(0, 60);
    return names + (arrays.size() > kMaxNames ? ", …" : "");
}

/// A TinyVGG with these names of weights, for any images.
NetworkSpec namedLike(const TinyVggOptions& options)
{
    return tinyVgg({1, ranges::kImageHeight.high, ranges::kImageWidth.high}, 2,
                   {.blocks = options.blocks,
                    .convolutionsPerBlock = options.convolutionsPerBlock,
                    .hasBatchNorm = options.hasBatchNorm});
}

/// The options of the TinyVGG whose state_dict has the most names in common with the arrays.
TinyVggOptions mostSimilarTinyVgg(const Arrays& arrays)
{
    std::set<std::string> names;
    for (const WeightArray& array : arrays)
        names.insert(canonicalName(array.name));
    TinyVggOptions best;
    int highest = std::numeric_limits<int>::min();
    for (int blocks = 1; blocks <= ranges::kBlocks.high; ++blocks) {
        for (int convolutions = 1; convolutions <= ranges::kConvolutionsPerBlock.high; ++convolutions) {
            for (const bool hasBatchNorm : {false, true}) {
                const TinyVggOptions options = {
                    .blocks = blocks, .convolutionsPerBlock = convolutions, .hasBatchNorm = hasBatchNorm};
                int similarity = 0;
                for (const WeightEntry& entry : parameterLayout(namedLike(options)).entries)
                    similarity += names.contains(entry.name) ? 1 : -1;
                if (similarity > highest) {
                    highest = similarity;
                    best = options;
                }
            }
        }
    }
    return best;
}

/// Reads units and kernel sizes off the convolutions. BadFormat names the first convolution that is missing.
Result<TinyVggOptions> withSizes(TinyVggOptions options, const Arrays& arrays)
{
    options.hiddenUnits.clear();
    options.kernelSizes.clear();
    const NetworkSpec spec = namedLike(options);
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
        if (!std::holds_alternative<Conv2d>(spec.layers[i]))
            continue;
        const std::string name = layerName(spec, i) + ".weight";
        const WeightArray* weight = find(arrays, name);
        if (weight == nullptr || weight->shape.size() != 4) {
            return failure(ErrorCode::BadFormat, "expected the weights of a convolution in " + name +
                                                     ", as in every other block; found none.");
        }
        const auto convolution = static_cast<int>(options.kernelSizes.size());
        if (convolution % options.convolutionsPerBlock == 0)
            options.hiddenUnits.push_back(bounded(weight->shape[0]));
        options.kernelSizes.push_back(bounded(weight->shape[2]));
    }
    options.hiddenUnits = shortened(std::move(options.hiddenUnits));
    options.kernelSizes = shortened(std::move(options.kernelSizes));
    if (auto valid = validate(NetworkChoice{NetworkFamily::TinyVgg, options, {}}); !valid) {
        return failure(ErrorCode::BadFormat, "expected a supported TinyVGG. " + valid.error().message);
    }
    return options;
}

/// Side of a square image that is reduced to `side` pixels by the last pooling.
int imageSide(int side, const TinyVggOptions& options)
{
    for (int block = options.blocks; block-- > 0;) {
        side *= 2;
        for (int i = 0; i < options.convolutionsPerBlock && !options.isPadded; ++i)
            side += kernelSizeOf(options, block * options.convolutionsPerBlock + i) - 1;
    }
    return bounded(side);
}

/// The input shape and padding that give the classifier's number of features.
std::pair<ImageShape, bool> inputOf(int channels, std::int64_t features, TinyVggOptions options,
                                    int classCount, const std::optional<ImageShape>& given)
{
    const int lastUnits = std::max(1, options.hiddenUnits.back());
    const int side = bounded(std::lround(std::sqrt(static_cast<double>(features) / lastUnits)));
    std::array<ImageShape, 2> inputs;
    for (const bool isPadded : {true, false}) {
        options.isPadded = isPadded;
        const int pixels = imageSide(side, options);
        inputs[isPadded ? 0 : 1] = given.value_or(ImageShape{channels, pixels, pixels});
    }
    const auto fits = [&](bool isPadded) {
        options.isPadded = isPadded;
        const auto shapes = validate(tinyVgg(inputs[isPadded ? 0 : 1], classCount, options));
        // After the last pooling, flattened.
        return shapes && (*shapes)[shapes->size() - 2].size() == features;
    };
    const auto isCommon = [](const ImageShape& input) {
        return input.height == 28 || input.height == 32 || input.height == 64;
    };
    const bool isPadded = !fits(false) || (fits(true) && (isCommon(inputs[0]) || !isCommon(inputs[1])));
    return {inputs[isPadded ? 0 : 1], isPadded};
}

Result<NetworkSpec> tinyVggFrom(const Arrays& arrays, const std::optional<ImageShape>& given)
{
    const WeightArray* first = find(arrays, "block_1.0.weight");
    const WeightArray* last = find(arrays, "classifier.1.weight");
    if (first == nullptr || last == nullptr) {
        return failure(
            ErrorCode::BadFormat,
            "expected the weights of a TinyVGG, block_1.0.weight to classifier.1.bias, or of a linear "
            "baseline, layer_stack.1.weight, …; found " +
                (arrays.empty() ? "no arrays."
                                : std::string("no ") + (first ? "classifier.1.weight" : "block_1.0.weight") +
                                      ", but " + namesOf(arrays) + "."));
    }
    const bool isSquare = first->shape.size() == 4 && first->shape[2] == first->shape[3];
    if (!isSquare || last->shape.size() != 2) {
        return failure(ErrorCode::BadFormat,
                       "expected block_1.0.weight of shape (hidden, channels, k, k) and classifier.1.weight "
                       "of (classes, features); found " +
                           shapeText(first->shape) + " and " + shapeText(last->shape) + ".");
    }
    auto sized = withSizes(mostSimilarTinyVgg(arrays), arrays);
    if (!sized)
        return tl::unexpected(sized.error());
    TinyVggOptions options = *std::move(sized);
    const int classCount = bounded(last->shape[0]);
    const int channels = bounded(first->shape[1]);
    const auto [input, isPadded] = inputOf(channels, last->shape[1], options, classCount, given);
    options.isPadded = isPadded;
    return tinyVgg(input, classCount, options);
}

Result<NetworkSpec> baselineFrom(const Arrays& arrays, const std::optional<ImageShape>& given)
{
    const WeightArray* first = find(arrays, "layer_stack.1.weight");
    const WeightArray* withRelu = find(arrays, "layer_stack.3.weight");
    const WeightArray* last = withRelu != nullptr ? withRelu : find(arrays, "layer_stack.2.weight");
    if (last == nullptr || first->shape.size() != 2 || last->shape.size() != 2) {
        return failure(ErrorCode::BadFormat,
                       "expected the weights of a linear baseline, layer_stack.1.weight "
                       "and layer_stack.2.weight, or layer_stack.3.weight with ReLU; found " +
                           namesOf(arrays) + ".");
    }
    ImageShape input = given.value_or(ImageShape{});
    if (!given) {
        // A square image, gray if possible.
        for (const int channels : {3, 1}) {
            const int side = bounded(std::lround(std::sqrt(static_cast<double>(first->shape[1]) / channels)));
            if (std::int64_t{side} * side * channels == first->shape[1])
                input = {channels, side, side};
        }
    }
    return linearBaseline(input, bounded(last->shape[0]), bounded(first->shape[0]), withRelu != nullptr);
}

} // namespace

Result<NetworkSpec> specFromShapes(const std::vector<WeightArray>& arrays,
                                   const std::optional<ImageShape>& input)
{
    auto spec = find(arrays, "layer_stack.1.weight") != nullptr ? baselineFrom(arrays, input)
                                                                : tinyVggFrom(arrays, input);
    if (!spec)
        return spec;
    if (auto shapes = checkedShapes(*spec); !shapes) {
        return failure(ErrorCode::BadFormat, "expected a supported network. " + shapes.error().message);
    }
    return spec;
}

Result<ModelSnapshot> recognizeModel(std::vector<WeightArray> arrays, const std::optional<ImageShape>& input)
{
    return specFromShapes(arrays, input).and_then([&](const NetworkSpec& spec) {
        return snapshotOf(spec, std::move(arrays));
    });
}

} // namespace engine
