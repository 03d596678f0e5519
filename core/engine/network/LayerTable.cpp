#include "engine/network/LayerTable.h"

#include "engine/network/ParameterLayout.h"

namespace engine
{

std::vector<LayerInfo> layerTable(const NetworkSpec& spec)
{
    return layerTable(spec, layerShapes(spec));
}

std::vector<LayerInfo> layerTable(const NetworkSpec& spec, std::span<const MapShape> shapes)
{
    std::vector<LayerInfo> layers;
    for (std::size_t i = 0; i < shapes.size(); ++i)
        layers.push_back({layerName(spec, i), typeName(spec.layers[i]), shapes[i], 0, 0});
    for (const WeightEntry& entry : parameterLayout(spec, shapes).entries) {
        if (entry.isBuffer())
            continue;
        LayerInfo& layer = layers[static_cast<std::size_t>(entry.layer)];
        const auto size = static_cast<std::int64_t>(entry.size);
        layer.parameterCount += size;
        // Each kernel weight is used once per pixel of the output map.
        if (entry.role == WeightRole::Weight && entry.shape.size() > 1)
            layer.multiplyAccumulates = size * layer.outputShape.height * layer.outputShape.width;
    }
    return layers;
}

std::int64_t multiplyAccumulates(const NetworkSpec& spec)
{
    std::int64_t sum = 0;
    for (const LayerInfo& layer : layerTable(spec))
        sum += layer.multiplyAccumulates;
    return sum;
}

} // namespace engine
