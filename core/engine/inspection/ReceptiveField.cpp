#include "engine/inspection/ReceptiveField.h"

#include <algorithm>

namespace engine
{
namespace
{

/// Rows or columns `begin` … `end` − 1.
struct Range {
    int begin;
    int end;
};

/// What `cells` of a map with `cellCount` see of a map with `belowCount`, along one side. Cells in the
/// padding see nothing: they widen the range by padding only, and by none of the map below that the others
/// leave out.
Range seenBy(const Range& cells, int cellCount, const LayerWindows& windows, int belowCount)
{
    const auto seen = [&](const Range& range) {
        return Range{range.begin * windows.stride - windows.padding,
                     (range.end - 1) * windows.stride - windows.padding + windows.size};
    };
    const Range inside = {std::max(cells.begin, 0), std::min(cells.end, cellCount)};
    if (inside.begin >= inside.end)
        return {0, 0};
    const Range sure = seen(inside);
    const Range all = seen(cells);
    return {sure.begin <= 0 ? all.begin : sure.begin, sure.end >= belowCount ? all.end : sure.end};
}

CellRectangle seenBy(const CellRectangle& cells, const MapShape& map, const LayerWindows& windows,
                     const MapShape& below)
{
    const Range rows = seenBy({cells.top, cells.top + cells.height}, map.height, windows, below.height);
    const Range columns = seenBy({cells.left, cells.left + cells.width}, map.width, windows, below.width);
    return {rows.begin, columns.begin, rows.end - rows.begin, columns.end - columns.begin};
}

} // namespace

LayerWindows windowsOf(const LayerSpec& layer)
{
    if (const auto* convolution = std::get_if<Conv2d>(&layer))
        return {convolution->kernelSize, convolution->stride, paddingOf(*convolution).before};
    if (const auto* maxPool = std::get_if<MaxPool2d>(&layer))
        return {maxPool->kernelSize, maxPool->step(), 0};
    if (const auto* averagePool = std::get_if<AvgPool2d>(&layer))
        return {averagePool->kernelSize, averagePool->step(), 0};
    return {};
}

CellRectangle receptiveField(const NetworkSpec& spec, const Cell& cell, int below)
{
    const std::vector<MapShape> shapes = layerShapes(spec);
    const auto shapeOf = [&](int layer) {
        return layer < 0 ? inputShape(spec) : shapes.at(static_cast<std::size_t>(layer));
    };
    CellRectangle cells = {cell.y, cell.x, 1, 1};
    int feature = cell.channel;  // for flat layers
    bool areAllFeatures = false; // set after a Linear
    for (int layer = cell.layer; layer > below; --layer) {
        const LayerSpec& passed = spec.layers[static_cast<std::size_t>(layer)];
        if (std::holds_alternative<Linear>(passed)) {
            areAllFeatures = true;
        } else if (std::holds_alternative<Flatten>(passed)) {
            const MapShape maps = shapeOf(layer - 1);
            const Cell flattened = flattenedCell(spec, layer, feature);
            cells = areAllFeatures ? CellRectangle{0, 0, maps.height, maps.width}
                                   : CellRectangle{flattened.y, flattened.x, 1, 1};
            areAllFeatures = maps.isFlat && areAllFeatures;
            feature = flattened.channel;
        } else {
            cells = seenBy(cells, shapeOf(layer), windowsOf(passed), shapeOf(layer - 1));
        }
    }
    const MapShape shape = shapeOf(below);
    return shape.isFlat && areAllFeatures ? CellRectangle{0, 0, 1, shape.channels} : cells;
}

CellRectangle withoutPadding(const CellRectangle& rectangle, int height, int width)
{
    const int top = std::max(rectangle.top, 0);
    const int left = std::max(rectangle.left, 0);
    return {top, left, std::max(0, std::min(rectangle.top + rectangle.height, height) - top),
            std::max(0, std::min(rectangle.left + rectangle.width, width) - left)};
}

} // namespace engine
