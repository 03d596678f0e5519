#include "engine/inspection/Layers.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace engine
{
namespace
{

/// Null if the layer has no such weights.
const WeightArray* arrayOf(const ModelSnapshot& model, int layer, const char* suffix)
{
    if (layer < 0 || layer >= layerCount(model.spec))
        return nullptr;
    const std::string name = layerName(model.spec, static_cast<std::size_t>(layer)) + suffix;
    const auto found =
        std::ranges::find_if(model.weights, [&](const WeightArray& array) { return array.name == name; });
    return found == model.weights.end() ? nullptr : &*found;
}

double valueOf(const ModelSnapshot& model, int layer, const char* suffix, int channel, double missing)
{
    const WeightArray* array = arrayOf(model, layer, suffix);
    return array != nullptr && channel >= 0 && static_cast<std::size_t>(channel) < array->values.size()
               ? static_cast<double>(array->values[static_cast<std::size_t>(channel)])
               : missing;
}

} // namespace

int layerCount(const NetworkSpec& spec)
{
    return static_cast<int>(spec.layers.size());
}

LayerKind layerKind(const NetworkSpec& spec, int layer)
{
    // In the order of LayerSpec's alternatives.
    constexpr std::array kKinds = {LayerKind::Convolution, LayerKind::BatchNorm,   LayerKind::Relu,
                                   LayerKind::MaxPool,     LayerKind::AveragePool, LayerKind::Dropout,
                                   LayerKind::Flatten,     LayerKind::Linear};
    static_assert(kKinds.size() == std::variant_size_v<LayerSpec>);
    return kKinds[spec.layers.at(static_cast<std::size_t>(layer)).index()];
}

MapShape outputShape(const NetworkSpec& spec, int layer)
{
    return layer < 0 ? inputShape(spec) : layerShapes(spec).at(static_cast<std::size_t>(layer));
}

int lastConvolutionMaps(const NetworkSpec& spec)
{
    int last = layerCount(spec) - 1;
    while (last >= 0 && layerKind(spec, last) != LayerKind::Convolution)
        --last;
    const auto belongsTo = [&](int layer) {
        return layer < layerCount(spec) &&
               (layerKind(spec, layer) == LayerKind::BatchNorm || layerKind(spec, layer) == LayerKind::Relu);
    };
    while (last >= 0 && belongsTo(last + 1))
        ++last;
    return last;
}

bool isCellOf(const NetworkSpec& spec, const Cell& cell)
{
    if (cell.layer < 0 || cell.layer >= layerCount(spec))
        return false;
    const MapShape shape = outputShape(spec, cell.layer);
    return cell.channel >= 0 && cell.channel < shape.channels && cell.y >= 0 && cell.y < shape.height &&
           cell.x >= 0 && cell.x < shape.width;
}

Cell flattenedCell(const NetworkSpec& spec, int flatten, int feature)
{
    const MapShape below = outputShape(spec, flatten - 1);
    const int area = below.height * below.width;
    return {flatten - 1, feature / area, feature % area / below.width, feature % below.width};
}

int inputLayer(const NetworkSpec& spec, int layer)
{
    const int below = layer - 1;
    if (layerKind(spec, layer) != LayerKind::Linear)
        return below;
    // Dropout is a no-op outside training.
    int maps = below;
    while (maps >= 0 &&
           (layerKind(spec, maps) == LayerKind::Flatten || layerKind(spec, maps) == LayerKind::Dropout))
        --maps;
    return outputShape(spec, maps).isFlat ? below : maps;
}

std::span<const float> kernelOf(const ModelSnapshot& model, int layer, int outChannel, int inChannel)
{
    const WeightArray* weights = arrayOf(model, layer, ".weight");
    if (weights == nullptr || weights->shape.size() < 2 || outChannel < 0 || inChannel < 0)
        return {};
    const MapShape in = outputShape(model.spec, inputLayer(model.spec, layer));
    const auto inChannels = static_cast<std::size_t>(in.channels);
    const std::size_t area =
        weights->values.size() / static_cast<std::size_t>(weights->shape[0]) / inChannels;
    if (outChannel >= weights->shape[0] || inChannel >= in.channels)
        return {};
    const std::size_t begin =
        (static_cast<std::size_t>(outChannel) * inChannels + static_cast<std::size_t>(inChannel)) * area;
    return std::span(weights->values).subspan(begin, area);
}

float biasOf(const ModelSnapshot& model, int layer, int outChannel)
{
    return static_cast<float>(valueOf(model, layer, ".bias", outChannel, 0));
}

double Normalization::apply(double x) const
{
    return (x - mean) / std::sqrt(variance + eps) * weight + bias;
}

Normalization normalizationOf(const ModelSnapshot& model, int layer, int channel)
{
    Normalization result;
    result.mean = valueOf(model, layer, ".running_mean", channel, 0);
    result.variance = valueOf(model, layer, ".running_var", channel, 1);
    result.eps = std::get<BatchNorm2d>(model.spec.layers.at(static_cast<std::size_t>(layer))).eps;
    result.weight = valueOf(model, layer, ".weight", channel, 1);
    result.bias = valueOf(model, layer, ".bias", channel, 0);
    return result;
}

} // namespace engine
