#include "engine/storage/NetworkJson.h"

#include "engine/Guarded.h"
#include "engine/JsonText.h"
#include "engine/network/NetworkRanges.h"
#include "engine/storage/AtomicFile.h"
#include "engine/storage/JsonFields.h"
#include "engine/storage/NetworkFile.h"
#include "engine/storage/Reject.h"

#include <set>

namespace engine
{
namespace
{

using nlohmann::json;

constexpr std::size_t kLargestFile = 1 << 20;
// The fields of each layer, shared by reading and writing: visit(name, field).

template<typename Visit>
void visitFields(auto& layer,
                 const Visit& visit) requires std::is_same_v<std::decay_t<decltype(layer)>, Conv2d>
{
    visit("in_channels", layer.inChannels);
    visit("out_channels", layer.outChannels);
    visit("kernel_size", layer.kernelSize);
    visit("stride", layer.stride);
    visit("bias", layer.bias);
}
template<typename Visit>
void visitFields(auto& layer,
                 const Visit& visit) requires std::is_same_v<std::decay_t<decltype(layer)>, BatchNorm2d>
{
    visit("num_features", layer.numFeatures);
    visit("eps", layer.eps);
    visit("momentum", layer.momentum);
}
template<typename Visit>
void visitFields(auto& layer,
                 const Visit& visit) requires std::is_same_v<std::decay_t<decltype(layer)>, MaxPool2d> ||
    std::is_same_v<std::decay_t<decltype(layer)>, AvgPool2d>
{
    visit("kernel_size", layer.kernelSize);
    visit("stride", layer.stride);
}
template<typename Visit>
void visitFields(auto& layer,
                 const Visit& visit) requires std::is_same_v<std::decay_t<decltype(layer)>, Dropout>
{
    visit("p", layer.p);
}
template<typename Visit>
void visitFields(auto& layer,
                 const Visit& visit) requires std::is_same_v<std::decay_t<decltype(layer)>, Linear>
{
    visit("in_features", layer.inFeatures);
    visit("out_features", layer.outFeatures);
    visit("bias", layer.bias);
}
template<typename Visit>
void visitFields(auto& layer, const Visit&) requires std::is_same_v<std::decay_t<decltype(layer)>, ReLU> ||
    std::is_same_v<std::decay_t<decltype(layer)>, Flatten>
{
}

template<typename Layer>
json layerToJson(const Layer& layer)
{
    const Layer defaults;
    json value = {{"type", typeName(layer)}};
    visitFields(layer, [&](const char* name, const auto& field) { value[name] = field; });
    visitFields(defaults, [&](const char* name, const auto& field) {
        // Always write required sizes; PyTorch has no defaults for them.
        const std::string_view text = name;
        if (value[name] == json(field) && text != "out_channels" && text != "kernel_size" &&
            text != "out_features" && text != "p")
            value.erase(name);
    });
    if constexpr (std::is_same_v<Layer, Conv2d>) {
        if (layer.padding == kSamePadding)
            value["padding"] = "same";
        else if (layer.padding != 0)
            value["padding"] = layer.padding;
    }
    return value;
}

template<typename Layer>
LayerSpec layerWithFields(JsonFields& fields)
{
    Layer layer;
    visitFields(layer, [&](const char* name, auto& field) { fields.read(name, field); });
    if constexpr (std::is_same_v<Layer, Conv2d>) {
        fields.need("out_channels");
        fields.need("kernel_size");
        fields.readPadding(layer.padding);
    } else if constexpr (std::is_same_v<Layer, MaxPool2d> || std::is_same_v<Layer, AvgPool2d>) {
        fields.need("kernel_size");
    } else if constexpr (std::is_same_v<Layer, Linear>) {
        fields.need("out_features");
    }
    return layer;
}

LayerSpec layerOfType(const std::string& type, JsonFields& fields, const std::string& where)
{
    if (type == "Conv2d")
        return layerWithFields<Conv2d>(fields);
    if (type == "BatchNorm2d")
        return layerWithFields<BatchNorm2d>(fields);
    if (type == "ReLU")
        return layerWithFields<ReLU>(fields);
    if (type == "MaxPool2d")
        return layerWithFields<MaxPool2d>(fields);
    if (type == "AvgPool2d")
        return layerWithFields<AvgPool2d>(fields);
    if (type == "Dropout")
        return layerWithFields<Dropout>(fields);
    if (type == "Flatten")
        return layerWithFields<Flatten>(fields);
    if (type == "Linear")
        return layerWithFields<Linear>(fields);
    reject(where +
           ", \"type\": expected Conv2d, BatchNorm2d, ReLU, MaxPool2d, AvgPool2d, Dropout, Flatten or "
           "Linear; found \"" +
           type.substr(0, 80) + "\"");
}

json layersToJson(const std::vector<LayerSpec>& layers, const std::vector<std::string>& names)
{
    json list = json::array();
    for (std::size_t i = 0; i < layers.size(); ++i) {
        list.push_back(std::visit([](const auto& layer) { return layerToJson(layer); }, layers[i]));
        if (i < names.size())
            list.back()["name"] = names[i];
    }
    return list;
}

void readLayers(const json& list, std::vector<LayerSpec>& layers, std::vector<std::string>& names)
{
    if (!list.is_array() || !ranges::kLayers.contains(static_cast<int>(list.size())))
        reject("\"layers\": expected a list of " + textOf(ranges::kLayers) + " layers; found " +
               list.dump().substr(0, 80));
    for (const json& value : list) {
        const std::string where = "layer " + std::to_string(layers.size() + 1);
        JsonFields fields(value, where);
        std::string type;
        fields.need("type");
        fields.read("type", type);
        std::string name;
        fields.read("name", name);
        layers.push_back(layerOfType(type, fields, where));
        fields.refuseOthers();
        if (!name.empty())
            names.push_back(name);
    }
    if (!names.empty() && names.size() != layers.size())
        reject("\"name\": expected a name for all layers or for none; found names for " +
               std::to_string(names.size()) + " of " + std::to_string(layers.size()) + " layers");
    if (std::set(names.begin(), names.end()).size() != names.size())
        reject("\"name\": expected a different name for each layer");
}

json parsed(std::string_view text)
{
    auto value = parseJson(text);
    if (!value) {
        reject(R"(expected a network as JSON, {"input":[1,28,28],"classes":10,"layers":[…]}; found )" +
               value.error().message);
    }
    return std::move(*value);
}

/// What is wrong with the text becomes BadFormat.
template<typename Read>
auto readGuarded(const Read& read) -> Result<decltype(read())>
{
    return guarded("Reading the network", [&]() -> Result<decltype(read())> {
        try {
            return read();
        } catch (const std::logic_error& error) {
            return failure(ErrorCode::BadFormat, std::string(error.what()) + ".");
        } catch (const json::exception& error) {
            return failure(ErrorCode::BadFormat, std::string(error.what()) + ".");
        }
    });
}

} // namespace

json toJson(const NetworkSpec& spec)
{
    return {{"input", {spec.input.channels, spec.input.height, spec.input.width}},
            {"classes", spec.classCount},
            {"layers", layersToJson(spec.layers, spec.names)}};
}

NetworkSpec specFromJson(const json& value)
{
    JsonFields fields(value, "network");
    NetworkSpec spec;
    std::vector<int> input;
    fields.need("input");
    fields.read("input", input);
    if (input.size() != 3)
        reject("\"input\": expected [channels, height, width]; found " +
               value.at("input").dump().substr(0, 80));
    spec.input = {input[0], input[1], input[2]};
    fields.need("classes");
    fields.read("classes", spec.classCount);
    readLayers(fields.need("layers"), spec.layers, spec.names);
    fields.refuseOthers();
    return spec;
}

json toJson(const NetworkChoice& choice)
{
    json value = {{"family", nameOf(choice.family)}};
    const TinyVggOptions& options = choice.tinyVgg;
    if (choice.family == NetworkFamily::Custom) {
        value["layers"] = layersToJson(choice.layers, choice.names);
        return value;
    }
    value["hidden_units"] = options.hiddenUnits;
    if (choice.family == NetworkFamily::TinyVgg) {
        value["blocks"] = options.blocks;
        value["convolutions_per_block"] = options.convolutionsPerBlock;
        value["kernel_sizes"] = options.kernelSizes;
        value["padding"] = options.isPadded ? "same" : "none";
        value["batch_norm"] = options.hasBatchNorm;
        value["dropout"] = options.dropout;
    }
    return value;
}

NetworkChoice choiceFromJson(const json& value)
{
    JsonFields fields(value, "network");
    std::string family;
    fields.need("family");
    fields.read("family", family);
    NetworkChoice choice;
    const auto known = networkFamilyNamed(family);
    if (!known)
        reject("\"family\": expected tinyvgg, linear, linear-relu or custom; found \"" + family + "\"");
    choice.family = *known;
    if (choice.family == NetworkFamily::Custom) {
        readLayers(fields.need("layers"), choice.layers, choice.names);
        return choice;
    }
    TinyVggOptions& options = choice.tinyVgg;
    fields.read("hidden_units", options.hiddenUnits);
    fields.read("blocks", options.blocks);
    fields.read("convolutions_per_block", options.convolutionsPerBlock);
    fields.read("kernel_sizes", options.kernelSizes);
    std::string padding = "same";
    fields.read("padding", padding);
    if (padding != "same" && padding != "none")
        reject("\"padding\": expected same or none; found \"" + padding + "\"");
    options.isPadded = padding == "same";
    fields.read("batch_norm", options.hasBatchNorm);
    fields.read("dropout", options.dropout);
    if (auto valid = validate(choice); !valid)
        reject(valid.error().message);
    return choice;
}

std::string networkText(const NetworkSpec& spec, bool isIndented)
{
    return toJson(spec).dump(isIndented ? 2 : -1, ' ', false, json::error_handler_t::replace);
}

Result<NetworkSpec> networkFromText(std::string_view text)
{
    return readGuarded([&] { return specFromJson(parsed(text)); });
}

std::string choiceText(const NetworkChoice& choice)
{
    return toJson(choice).dump();
}

Result<NetworkChoice> choiceFromText(std::string_view text)
{
    return readGuarded([&] { return choiceFromJson(parsed(text)); });
}

Result<NetworkSpec> readNetworkFile(const std::filesystem::path& path)
{
    const auto content = readWholeFile(path, kLargestFile);
    if (!content)
        return tl::unexpected(content.error());
    auto spec = networkFromText(*content);
    if (!spec)
        spec.error().message = path.string() + ": " + spec.error().message;
    return spec;
}

Result<void> writeNetworkFile(const std::filesystem::path& path, const NetworkSpec& spec)
{
    return writeOutput(path, networkText(spec, /*isIndented=*/true) + "\n");
}

} // namespace engine
