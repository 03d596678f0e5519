#include "engine/network/NetworkFamilies.h"

#include "engine/CheckRange.h"
#include "engine/network/NetworkRanges.h"
#include "engine/network/NetworkShapes.h"

#include <array>
#include <cstdio>
#include <utility>

namespace engine
{
namespace
{

constexpr std::array<std::pair<NetworkFamily, const char*>, 4> kFamilyNames = {{
    {NetworkFamily::TinyVgg, "tinyvgg"},
    {NetworkFamily::Linear, "linear"},
    {NetworkFamily::LinearRelu, "linear-relu"},
    {NetworkFamily::Custom, "custom"},
}};

int entry(const std::vector<int>& values, int index)
{
    const std::size_t position = values.size() == 1 ? 0 : static_cast<std::size_t>(index);
    return position < values.size() ? values[position] : 0;
}

Result<void> checkList(const Range<int>& range, const std::vector<int>& values, int count, const char* of)
{
    if (values.size() != 1 && values.size() != static_cast<std::size_t>(count)) {
        const std::string several =
            count == 1 ? "" : ", or " + std::to_string(count) + ", one for each " + of;
        return failure(ErrorCode::BadValue, std::string(range.name) + ": expected one number" + several +
                                                "; found " + std::to_string(values.size()) + ".");
    }
    for (const int value : values) {
        if (auto checked = checkRange(range, value); !checked)
            return checked;
    }
    return {};
}

Result<void> checkTinyVgg(const TinyVggOptions& options)
{
    const int convolutions = options.blocks * options.convolutionsPerBlock;
    return checkRange(ranges::kBlocks, options.blocks)
        .and_then([&] { return checkRange(ranges::kConvolutionsPerBlock, options.convolutionsPerBlock); })
        .and_then(
            [&] { return checkList(ranges::kHiddenUnits, options.hiddenUnits, options.blocks, "block"); })
        .and_then(
            [&] { return checkList(ranges::kKernelSizes, options.kernelSizes, convolutions, "convolution"); })
        .and_then([&] { return checkRange(ranges::kDropout, options.dropout); });
}

std::string joined(const std::vector<int>& values)
{
    std::string text;
    for (const int value : values)
        text += (text.empty() ? "" : ", ") + std::to_string(value);
    return text;
}

/// Reads TinyVGG options off the layers. The caller must check that tinyVgg() with them gives the same spec.
std::optional<TinyVggOptions> optionsOf(const NetworkSpec& spec)
{
    TinyVggOptions options;
    options.blocks = 0;
    options.hiddenUnits.clear();
    options.kernelSizes.clear();
    for (const LayerSpec& layer : spec.layers) {
        if (const auto* convolution = std::get_if<Conv2d>(&layer)) {
            options.kernelSizes.push_back(convolution->kernelSize);
            options.isPadded = convolution->padding == kSamePadding;
            if (options.hiddenUnits.size() == static_cast<std::size_t>(options.blocks))
                options.hiddenUnits.push_back(convolution->outChannels);
        } else if (std::holds_alternative<MaxPool2d>(layer)) {
            ++options.blocks;
        } else if (std::holds_alternative<BatchNorm2d>(layer)) {
            options.hasBatchNorm = true;
        } else if (const auto* dropout = std::get_if<Dropout>(&layer)) {
            options.dropout = dropout->p;
        }
    }
    const int convolutions = static_cast<int>(options.kernelSizes.size());
    if (options.blocks == 0 || convolutions == 0 || convolutions % options.blocks != 0)
        return {};
    options.convolutionsPerBlock = convolutions / options.blocks;
    options.hiddenUnits = shortened(std::move(options.hiddenUnits));
    options.kernelSizes = shortened(std::move(options.kernelSizes));
    if (!checkTinyVgg(options))
        return {};
    return options;
}

} // namespace

std::vector<int> shortened(std::vector<int> values)
{
    bool areAlike = true;
    for (const int value : values)
        areAlike = areAlike && value == values.front();
    if (areAlike && values.size() > 1)
        values.erase(values.begin() + 1, values.end());
    return values;
}

int hiddenUnitsOf(const TinyVggOptions& options, int block)
{
    return entry(options.hiddenUnits, block);
}

int kernelSizeOf(const TinyVggOptions& options, int convolution)
{
    return entry(options.kernelSizes, convolution);
}

NetworkSpec tinyVgg(const ImageShape& input, int classCount, const TinyVggOptions& options)
{
    NetworkSpec spec{input, classCount, {}, {}};
    int convolution = 0;
    for (int block = 0; block < options.blocks; ++block) {
        int position = 0;
        const auto add = [&](LayerSpec layer) {
            spec.layers.push_back(std::move(layer));
            spec.names.push_back("block_" + std::to_string(block + 1) + "." + std::to_string(position++));
        };
        for (int i = 0; i < options.convolutionsPerBlock; ++i, ++convolution) {
            add(Conv2d{.outChannels = hiddenUnitsOf(options, block),
                       .kernelSize = kernelSizeOf(options, convolution),
                       .padding = options.isPadded ? kSamePadding : 0});
            if (options.hasBatchNorm)
                add(BatchNorm2d{});
            add(ReLU{});
        }
        add(MaxPool2d{2});
        if (options.dropout > 0)
            add(Dropout{options.dropout});
    }
    spec.layers.emplace_back(Flatten{});
    spec.names.emplace_back("classifier.0");
    spec.layers.emplace_back(Linear{.outFeatures = classCount});
    spec.names.emplace_back("classifier.1");
    return spec;
}

NetworkSpec linearBaseline(const ImageShape& input, int classCount, int hiddenUnits, bool hasRelu)
{
    NetworkSpec spec{input, classCount, {}, {}};
    spec.layers = {Flatten{}, Linear{.outFeatures = hiddenUnits}};
    if (hasRelu)
        spec.layers.emplace_back(ReLU{});
    spec.layers.emplace_back(Linear{.outFeatures = classCount});
    if (hasRelu)
        spec.layers.emplace_back(ReLU{});
    for (std::size_t i = 0; i < spec.layers.size(); ++i)
        spec.names.push_back("layer_stack." + std::to_string(i));
    return spec;
}

NetworkSpec networkFor(const NetworkChoice& choice, const ImageShape& input, int classCount)
{
    switch (choice.family) {
    case NetworkFamily::TinyVgg:
        return tinyVgg(input, classCount, choice.tinyVgg);
    case NetworkFamily::Linear:
    case NetworkFamily::LinearRelu:
        return linearBaseline(input, classCount, hiddenUnitsOf(choice.tinyVgg, 0),
                              choice.family == NetworkFamily::LinearRelu);
    case NetworkFamily::Custom:
        break;
    }
    return {input, classCount, choice.layers, choice.names};
}

Result<void> validate(const NetworkChoice& choice)
{
    switch (choice.family) {
    case NetworkFamily::TinyVgg:
        return checkTinyVgg(choice.tinyVgg);
    case NetworkFamily::Linear:
    case NetworkFamily::LinearRelu:
        return checkList(ranges::kHiddenUnits, choice.tinyVgg.hiddenUnits, 1, "network");
    case NetworkFamily::Custom:
        break;
    }
    return checkRange(ranges::kLayers, static_cast<int>(choice.layers.size()));
}

Result<NetworkSpec> checkedNetwork(const NetworkChoice& choice, const ImageShape& input, int classCount)
{
    return validate(choice).and_then([&]() -> Result<NetworkSpec> {
        NetworkSpec spec = networkFor(choice, input, classCount);
        if (auto shapes = checkedShapes(spec); !shapes)
            return tl::unexpected(shapes.error());
        return spec;
    });
}

NetworkChoice choiceOfLayers(const NetworkSpec& spec)
{
    const NetworkSpec plain = normalized(spec);
    const auto gives = [&](const NetworkChoice& choice) {
        return networkFor(choice, plain.input, plain.classCount).layers == plain.layers;
    };
    if (const auto options = optionsOf(plain)) {
        NetworkChoice choice{NetworkFamily::TinyVgg, *options, {}};
        if (gives(choice))
            return choice;
    }
    if (plain.layers.size() > 1) {
        if (const auto* linear = std::get_if<Linear>(&plain.layers[1])) {
            NetworkChoice choice;
            choice.tinyVgg.hiddenUnits = {linear->outFeatures};
            for (const NetworkFamily family : {NetworkFamily::Linear, NetworkFamily::LinearRelu}) {
                choice.family = family;
                if (validate(choice) && gives(choice))
                    return choice;
            }
        }
    }
    return {NetworkFamily::Custom, {}, plain.layers, plain.names};
}

NetworkChoice choiceOf(const NetworkSpec& spec)
{
    NetworkChoice choice = choiceOfLayers(spec);
    if (networkFor(choice, spec.input, spec.classCount).names == normalized(spec).names)
        return choice;
    return {NetworkFamily::Custom, {}, normalized(spec).layers, normalized(spec).names};
}

std::string describe(const NetworkChoice& choice)
{
    const TinyVggOptions defaults;
    const TinyVggOptions& options = choice.tinyVgg;
    std::string text;
    const auto add = [&](const std::string& part) { text += " · " + part; };
    switch (choice.family) {
    case NetworkFamily::Linear:
    case NetworkFamily::LinearRelu:
        text = choice.family == NetworkFamily::Linear ? "Linear" : "Linear + ReLU";
        if (hiddenUnitsOf(options, 0) != 10)
            add(joined(options.hiddenUnits) + " hidden units");
        return text;
    case NetworkFamily::Custom:
        return "Custom network · " + std::to_string(choice.layers.size()) + " layers";
    case NetworkFamily::TinyVgg:
        break;
    }
    text = "TinyVGG";
    if (options.blocks != defaults.blocks)
        add(std::to_string(options.blocks) + (options.blocks == 1 ? " block" : " blocks"));
    if (options.convolutionsPerBlock != defaults.convolutionsPerBlock)
        add(std::to_string(options.convolutionsPerBlock) +
            (options.convolutionsPerBlock == 1 ? " convolution per block" : " convolutions per block"));
    if (options.hiddenUnits != defaults.hiddenUnits)
        add(joined(options.hiddenUnits) +
            (options.hiddenUnits == std::vector<int>{1} ? " hidden unit" : " hidden units"));
    if (options.kernelSizes != defaults.kernelSizes)
        add((options.kernelSizes.size() == 1 ? "kernel size " : "kernel sizes ") +
            joined(options.kernelSizes));
    if (!options.isPadded)
        add("no padding");
    if (options.hasBatchNorm)
        add("batch norm");
    if (options.dropout > 0)
        add("dropout " + numberText(options.dropout));
    return text;
}

const char* nameOf(NetworkFamily family)
{
    for (const auto& [value, name] : kFamilyNames) {
        if (value == family)
            return name;
    }
    return "";
}

std::optional<NetworkFamily> networkFamilyNamed(std::string_view name)
{
    for (const auto& [value, itsName] : kFamilyNames) {
        if (name == itsName)
            return value;
    }
    return std::nullopt;
}

} // namespace engine
