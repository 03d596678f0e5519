#include "engine/network/NetworkShapes.h"

#include "engine/CheckRange.h"
#include "engine/network/NetworkRanges.h"

#include <algorithm>
#include <stdexcept>

namespace engine
{
namespace
{

/// Maximum number of weights: 600 MB. An optimizer holds up to three more arrays of this size.
constexpr std::int64_t kMaxParameters = 150'000'000;
/// Maximum number of output values of one layer for one image.
constexpr std::int64_t kMaxActivations = ranges::kInFeatures.high;

std::string number(std::int64_t value)
{
    return std::to_string(value);
}

/// Computes the output shape of a layer, or the error.
struct LayerShape {
    const std::vector<LayerSpec>& layers;
    std::size_t index;
    MapShape in;

    using Outcome = tl::expected<MapShape, SpecError>;

    tl::unexpected<SpecError> error(std::string message, std::optional<SpecFix> fix = {}) const
    {
        return tl::unexpected<SpecError>(
            SpecError{static_cast<int>(index), std::move(message), std::move(fix), {}});
    }

    SpecFix replacement(std::string label, LayerSpec layer) const
    {
        SpecFix fix{std::move(label), layers};
        fix.layers[index] = std::move(layer);
        return fix;
    }

    SpecFix inserted(std::string label, LayerSpec layer) const
    {
        SpecFix fix{std::move(label), layers};
        fix.layers.insert(fix.layers.begin() + static_cast<std::ptrdiff_t>(index), std::move(layer));
        return fix;
    }

    SpecFix removed(std::string label) const
    {
        SpecFix fix{std::move(label), layers};
        fix.layers.erase(fix.layers.begin() + static_cast<std::ptrdiff_t>(index));
        return fix;
    }

    template<typename T>
    std::optional<SpecError> outOfRange(const Range<T>& range, T value) const
    {
        if (const auto checked = checkRange(range, value); !checked)
            return SpecError{static_cast<int>(index), checked.error().message, {}, {}};
        return {};
    }

    std::optional<SpecError> needsMaps(const char* layer) const
    {
        if (!in.isFlat)
            return {};
        return SpecError{static_cast<int>(index),
                         std::string(layer) + " expects maps, channels × height × width; " + input() +
                             " values in a flat vector, because of a Flatten before it. PyTorch would "
                             "report that it expected a 4-dimensional input and got a 2-dimensional one.",
                         {},
                         {}};
    }

    /// What the layer gets.
    std::string input() const
    {
        return (index == 0 ? "the images are " : "the layers above give ") + text(in);
    }

    /// Number of positions at which a window of `kernel` fits into `size` pixels.
    static int places(int size, int kernel, int stride) { return (size - kernel) / stride + 1; }

    Outcome operator()(const Conv2d& layer) const
    {
        for (auto problem :
             {outOfRange(ranges::kOutChannels, layer.outChannels),
              outOfRange(ranges::kKernelSize, layer.kernelSize), outOfRange(ranges::kStride, layer.stride),
              outOfRange(ranges::kPadding, layer.padding == kSamePadding ? 0 : layer.padding),
              needsMaps("Conv2d")}) {
            if (problem)
                return tl::unexpected(std::move(*problem));
        }
        if (layer.padding == kSamePadding && layer.stride != 1) {
            Conv2d unpadded = layer;
            unpadded.padding = (layer.kernelSize - 1) / 2;
            return error("padding='same' keeps height and width, so the stride must be 1; found stride " +
                             number(layer.stride) +
                             ". PyTorch refuses padding='same' for strided "
                             "convolutions.",
                         replacement("Set padding to " + number(unpadded.padding), unpadded));
        }
        if (layer.inChannels != 0 && layer.inChannels != in.channels) {
            Conv2d fixed = layer;
            fixed.inChannels = in.channels;
            return error("Conv2d expects " + number(layer.inChannels) + " channels, " + input() +
                             ", that is " + number(in.channels) +
                             ": every kernel has one slice of weights for each channel of its input. PyTorch "
                             "would say: expected input to have " +
                             number(layer.inChannels) + " channels, but got " + number(in.channels) +
                             " channels instead.",
                         replacement("Set in_channels to " + number(in.channels), fixed));
        }
        const Padding padding = paddingOf(layer);
        const int height = in.height + padding.before + padding.after;
        const int width = in.width + padding.before + padding.after;
        if (layer.kernelSize > std::min(height, width)) {
            Conv2d fixed = layer;
            fixed.padding = kSamePadding;
            fixed.stride = 1;
            return error("A kernel of " + number(layer.kernelSize) + " × " + number(layer.kernelSize) +
                             " does not fit into " + number(height) + " × " + number(width) +
                             " pixels, padding included: " + input() +
                             ". PyTorch would say: kernel size can't be greater than actual input size.",
                         replacement("Set padding to 'same'", fixed));
        }
        return MapShape{layer.outChannels, places(height, layer.kernelSize, layer.stride),
                        places(width, layer.kernelSize, layer.stride)};
    }

    Outcome operator()(const BatchNorm2d& layer) const
    {
        for (auto problem :
             {outOfRange(ranges::kEps, layer.eps), outOfRange(ranges::kBatchNormMomentum, layer.momentum),
              needsMaps("BatchNorm2d")}) {
            if (problem)
                return tl::unexpected(std::move(*problem));
        }
        if (layer.numFeatures != 0 && layer.numFeatures != in.channels) {
            BatchNorm2d fixed = layer;
            fixed.numFeatures = in.channels;
            return error("BatchNorm2d expects " + number(layer.numFeatures) + " channels, " + input() +
                             ", that is " + number(in.channels) +
                             ": it keeps a mean and a variance for each channel. PyTorch would say: "
                             "running_mean should contain " +
                             number(in.channels) + " elements not " + number(layer.numFeatures) + ".",
                         replacement("Set num_features to " + number(in.channels), fixed));
        }
        return in;
    }

    Outcome operator()(const ReLU&) const { return in; }

    template<typename Pool>
    Outcome pooled(const char* name, const Pool& layer) const
    {
        for (auto problem : {outOfRange(ranges::kPoolKernelSize, layer.kernelSize),
                             outOfRange(ranges::kPoolStride, layer.stride), needsMaps(name)}) {
            if (problem)
                return tl::unexpected(std::move(*problem));
        }
        if (layer.kernelSize > std::min(in.height, in.width)) {
            return error(
                std::string(name) + " has windows of " + number(layer.kernelSize) + " × " +
                    number(layer.kernelSize) + " pixels, " + input() +
                    ": no window fits, so the output would be empty. PyTorch would say: output size is too "
                    "small.",
                removed(std::string("Remove this ") + name));
        }
        return MapShape{in.channels, places(in.height, layer.kernelSize, layer.step()),
                        places(in.width, layer.kernelSize, layer.step())};
    }
    Outcome operator()(const MaxPool2d& layer) const { return pooled("MaxPool2d", layer); }
    Outcome operator()(const AvgPool2d& layer) const { return pooled("AvgPool2d", layer); }

    Outcome operator()(const Dropout& layer) const
    {
        if (auto problem = outOfRange(ranges::kDropoutP, layer.p))
            return tl::unexpected(std::move(*problem));
        return in;
    }

    Outcome operator()(const Flatten&) const { return MapShape{static_cast<int>(in.size()), 1, 1, true}; }

    Outcome operator()(const Linear& layer) const
    {
        if (auto problem = outOfRange(ranges::kOutFeatures, layer.outFeatures))
            return tl::unexpected(std::move(*problem));
        if (!in.isFlat) {
            return error(
                "Linear expects one row of numbers, " + input() +
                    ": insert a Flatten before it. PyTorch would multiply the last dimension only and "
                    "say: mat1 and mat2 shapes cannot be multiplied.",
                inserted("Insert Flatten", Flatten{}));
        }
        if (layer.inFeatures != 0 && layer.inFeatures != in.channels) {
            Linear fixed = layer;
            fixed.inFeatures = in.channels;
            const std::size_t flatten = index - 1;
            return error(
                "Linear expects " + number(layer.inFeatures) + " inputs, the layers above give " +
                    product(flatten) +
                    ": it has one weight for each input and output. PyTorch would say: mat1 and mat2 "
                    "shapes cannot be multiplied (1x" +
                    number(in.channels) + " and " + number(layer.inFeatures) + "x" +
                    number(layer.outFeatures) + ").",
                replacement("Set in_features to " + number(in.channels), fixed));
        }
        return MapShape{layer.outFeatures, 1, 1, true};
    }

    /// "10 × 6 × 6 = 360" after a Flatten, otherwise "360".
    std::string product(std::size_t before) const
    {
        if (index > 0 && std::holds_alternative<Flatten>(layers[before]) && !flattened.isFlat)
            return text(flattened) + " = " + number(in.channels);
        return number(in.channels);
    }

    MapShape flattened = {}; ///< output of the layer two above
};

std::int64_t weightCount(const LayerSpec& layer, const MapShape& in)
{
    if (const auto* convolution = std::get_if<Conv2d>(&layer))
        return std::int64_t{convolution->outChannels} * in.channels * convolution->kernelSize *
               convolution->kernelSize;
    if (const auto* linear = std::get_if<Linear>(&layer))
        return std::int64_t{linear->outFeatures} * in.channels;
    return 0;
}

std::optional<SpecError> checkNetwork(const NetworkSpec& spec)
{
    const auto problem = [](std::string message) { return SpecError{-1, std::move(message), {}, {}}; };
    if (spec.layers.empty())
        return problem("Add a layer: a network has " + textOf(ranges::kLayers) + " layers; found none.");
    for (const auto& checked :
         {checkRange(ranges::kImageChannels, spec.input.channels),
          checkRange(ranges::kImageHeight, spec.input.height),
          checkRange(ranges::kImageWidth, spec.input.width), checkRange(ranges::kClasses, spec.classCount),
          checkRange(ranges::kLayers, static_cast<int>(spec.layers.size()))}) {
        if (!checked)
            return problem(checked.error().message);
    }
    if (!spec.names.empty() && spec.names.size() != spec.layers.size()) {
        return problem("Expected a name for each of the " + number(static_cast<int>(spec.layers.size())) +
                       " layers, or none; found " + number(static_cast<int>(spec.names.size())) + ".");
    }
    return {};
}

SpecError wrongOutputSize(const NetworkSpec& spec, const std::vector<MapShape>& shapes)
{
    const int last = static_cast<int>(spec.layers.size()) - 1;
    const MapShape& found = shapes.back();
    SpecError error{last,
                    "The last layer gives " + text(found) + "; a network for " + number(spec.classCount) +
                        " classes must end in " + number(spec.classCount) + " values, one logit per class.",
                    {},
                    {}};
    const auto* linear = std::get_if<Linear>(&spec.layers.back());
    SpecFix fix{"", spec.layers};
    if (linear != nullptr) {
        Linear fixed = *linear;
        fixed.outFeatures = spec.classCount;
        fix.layers.back() = fixed;
        fix.label = "Set out_features to " + number(spec.classCount);
    } else {
        if (!found.isFlat)
            fix.layers.emplace_back(Flatten{});
        fix.layers.emplace_back(Linear{.outFeatures = spec.classCount});
        fix.label = found.isFlat ? "Add Linear to " + number(spec.classCount)
                                 : "Add Flatten and Linear to " + number(spec.classCount);
    }
    error.fix = std::move(fix);
    return error;
}

} // namespace

std::string text(const MapShape& shape)
{
    if (shape.isFlat)
        return number(shape.channels);
    return number(shape.channels) + " × " + number(shape.height) + " × " + number(shape.width);
}

MapShape inputShape(const NetworkSpec& spec)
{
    return {spec.input.channels, spec.input.height, spec.input.width};
}

tl::expected<std::vector<MapShape>, SpecError> validate(const NetworkSpec& spec)
{
    if (auto problem = checkNetwork(spec))
        return tl::unexpected(std::move(*problem));
    std::vector<MapShape> shapes;
    const auto fail = [&](SpecError error) {
        error.shapes = shapes;
        return tl::unexpected(std::move(error));
    };
    MapShape in = inputShape(spec);
    MapShape before;
    std::int64_t parameters = 0;
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
        auto out = std::visit(LayerShape{spec.layers, i, in, before}, spec.layers[i]);
        if (!out)
            return fail(std::move(out.error()));
        parameters += weightCount(spec.layers[i], in);
        if (parameters > kMaxParameters || out->size() > kMaxActivations) {
            return fail({static_cast<int>(i),
                         "The network is too large: with this layer it has " + number(parameters) +
                             " weights, at most " + number(kMaxParameters) + ", and " + number(out->size()) +
                             " activations in this layer, at most " + number(kMaxActivations) + ".",
                         {},
                         {}});
        }
        before = in;
        in = *out;
        shapes.push_back(*out);
    }
    if (!in.isFlat || in.channels != spec.classCount) {
        SpecError error = wrongOutputSize(spec, shapes);
        error.shapes = std::move(shapes);
        return tl::unexpected(std::move(error));
    }
    return shapes;
}

Result<std::vector<MapShape>> checkedShapes(const NetworkSpec& spec)
{
    auto shapes = validate(spec);
    if (shapes)
        return std::move(*shapes);
    const SpecError& error = shapes.error();
    const auto position = static_cast<std::size_t>(std::max(0, error.layer));
    return failure(ErrorCode::BadValue, error.layer < 0
                                            ? error.message
                                            : "Layer " + std::to_string(error.layer + 1) + " (" +
                                                  typeName(spec.layers[position]) + "): " + error.message);
}

Result<void> checkImages(const NetworkSpec& spec, const ImageShape& images, int classCount,
                         const std::string& datasetTitle)
{
    if (spec.input == images && spec.classCount == classCount)
        return {};
    // With the channels also where there is one: they may be what differs.
    const std::string found = text(MapShape{images.channels, images.height, images.width});
    return failure(ErrorCode::BadValue, "The network is for images of " + text(inputShape(spec)) + " in " +
                                            std::to_string(spec.classCount) + " classes; " + datasetTitle +
                                            " has " + found + " in " + std::to_string(classCount) + ".");
}

std::vector<MapShape> layerShapes(const NetworkSpec& spec)
{
    auto shapes = validate(spec);
    if (!shapes)
        throw std::invalid_argument(shapes.error().message);
    return std::move(*shapes);
}

NetworkSpec normalized(NetworkSpec spec)
{
    for (LayerSpec& layer : spec.layers) {
        if (auto* convolution = std::get_if<Conv2d>(&layer))
            convolution->inChannels = 0;
        else if (auto* norm = std::get_if<BatchNorm2d>(&layer))
            norm->numFeatures = 0;
        else if (auto* linear = std::get_if<Linear>(&layer))
            linear->inFeatures = 0;
        else if (auto* maxPool = std::get_if<MaxPool2d>(&layer))
            maxPool->stride = maxPool->stride == maxPool->kernelSize ? 0 : maxPool->stride;
        else if (auto* avgPool = std::get_if<AvgPool2d>(&layer))
            avgPool->stride = avgPool->stride == avgPool->kernelSize ? 0 : avgPool->stride;
    }
    bool isSequential = true;
    for (std::size_t i = 0; i < spec.names.size(); ++i)
        isSequential = isSequential && spec.names[i] == std::to_string(i);
    if (isSequential)
        spec.names.clear();
    return spec;
}

} // namespace engine
