#include "engine/inspection/Layers.h"

namespace engine
{
namespace
{

constexpr int kLayersPerBlock = 5;

/// Of the layer's weights among those of the snapshot; its bias follows. -1 where it has none.
int weightPosition(int layer)
{
    switch (layer) {
    case 0:
        return 0;
    case 2:
        return 2;
    case 5:
        return 4;
    case kLastConvolution:
        return 6;
    case kLinear:
        return 8;
    default:
        return -1;
    }
}

const WeightArray* arrayAt(const ModelSnapshot& model, int position)
{
    return position >= 0 && static_cast<std::size_t>(position) < model.weights.size()
               ? &model.weights[static_cast<std::size_t>(position)]
               : nullptr;
}

} // namespace

LayerKind layerKind(int layer)
{
    if (layer >= kLinear)
        return LayerKind::Linear;
    if (layer == kFlatten)
        return LayerKind::Flatten;
    switch (layer % kLayersPerBlock) {
    case 0:
    case 2:
        return LayerKind::Convolution;
    case 4:
        return LayerKind::MaxPool;
    default:
        return LayerKind::Relu;
    }
}

MapShape outputShape(const TinyVggOptions& options, int layer)
{
    if (layer < 0)
        return {1, options.inputHeight, options.inputWidth};
    if (layer == kLinear)
        return {options.classCount, 1, 1};
    if (layer == kFlatten)
        return {options.hiddenUnits * options.pooledHeight() * options.pooledWidth(), 1, 1};
    const int poolings = (layer + 1) / kLayersPerBlock;
    return {options.hiddenUnits, options.inputHeight >> poolings, options.inputWidth >> poolings};
}

bool isCellOf(const TinyVggOptions& options, const Cell& cell)
{
    if (cell.layer < 0 || cell.layer >= kLayerCount)
        return false;
    const MapShape shape = outputShape(options, cell.layer);
    return cell.channel >= 0 && cell.channel < shape.channels && cell.y >= 0 && cell.y < shape.height &&
           cell.x >= 0 && cell.x < shape.width;
}

Cell flattenedCell(const TinyVggOptions& options, int feature)
{
    const int width = options.pooledWidth();
    const int area = options.pooledHeight() * width;
    return {kFlatten - 1, feature / area, feature % area / width, feature % width};
}

std::span<const float> kernelOf(const ModelSnapshot& model, int layer, int outChannel, int inChannel)
{
    const WeightArray* weights = arrayAt(model, weightPosition(layer));
    if (weights == nullptr || outChannel < 0 || inChannel < 0)
        return {};
    const TinyVggOptions& options = model.options;
    const int outChannels = outputShape(options, layer).channels;
    const int inChannels = layer == 0 ? 1 : options.hiddenUnits;
    const auto area =
        static_cast<std::size_t>(layer == kLinear ? options.pooledHeight() * options.pooledWidth()
                                                  : options.kernelSize * options.kernelSize);
    const std::size_t begin = (static_cast<std::size_t>(outChannel) * static_cast<std::size_t>(inChannels) +
                               static_cast<std::size_t>(inChannel)) *
                              area;
    if (outChannel >= outChannels || inChannel >= inChannels || begin + area > weights->values.size())
        return {};
    return std::span(weights->values).subspan(begin, area);
}

float biasOf(const ModelSnapshot& model, int layer, int outChannel)
{
    const int position = weightPosition(layer);
    const WeightArray* bias = position < 0 ? nullptr : arrayAt(model, position + 1);
    return bias != nullptr && outChannel >= 0 && static_cast<std::size_t>(outChannel) < bias->values.size()
               ? bias->values[static_cast<std::size_t>(outChannel)]
               : 0.0F;
}

} // namespace engine
