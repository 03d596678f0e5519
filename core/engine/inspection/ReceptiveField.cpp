#include "engine/inspection/ReceptiveField.h"

#include <algorithm>

namespace engine
{
namespace
{

/// The input cells of windows of `size` with this stride and padding, for the output cells `cells`.
CellRectangle windowsOf(const CellRectangle& cells, int size, int stride, int padding)
{
    return {cells.top * stride - padding, cells.left * stride - padding, (cells.height - 1) * stride + size,
            (cells.width - 1) * stride + size};
}

} // namespace

CellRectangle receptiveField(const NetworkSpec& spec, const Cell& cell, int below)
{
    CellRectangle cells = {cell.y, cell.x, 1, 1};
    int feature = cell.channel;  // for flat layers
    bool areAllFeatures = false; // set after a Linear
    for (int layer = cell.layer; layer > below; --layer) {
        const LayerSpec& passed = spec.layers[static_cast<std::size_t>(layer)];
        if (const auto* convolution = std::get_if<Conv2d>(&passed)) {
            cells = windowsOf(cells, convolution->kernelSize, convolution->stride,
                              paddingOf(*convolution).before);
        } else if (const auto* maxPool = std::get_if<MaxPool2d>(&passed)) {
            cells = windowsOf(cells, maxPool->kernelSize, maxPool->step(), 0);
        } else if (const auto* averagePool = std::get_if<AvgPool2d>(&passed)) {
            cells = windowsOf(cells, averagePool->kernelSize, averagePool->step(), 0);
        } else if (std::holds_alternative<Linear>(passed)) {
            areAllFeatures = true;
        } else if (std::holds_alternative<Flatten>(passed)) {
            const MapShape maps = outputShape(spec, layer - 1);
            const Cell flattened = flattenedCell(spec, layer, feature);
            cells = areAllFeatures ? CellRectangle{0, 0, maps.height, maps.width}
                                   : CellRectangle{flattened.y, flattened.x, 1, 1};
            areAllFeatures = maps.isFlat && areAllFeatures;
            feature = flattened.channel;
        }
    }
    const MapShape shape = outputShape(spec, below);
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
