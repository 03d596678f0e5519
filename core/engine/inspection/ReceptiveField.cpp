#include "engine/inspection/ReceptiveField.h"

#include <algorithm>

namespace engine
{
namespace
{

/// What these cells of `layer` see one layer lower.
CellRectangle oneLayerBelow(const TinyVggOptions& options, int layer, const CellRectangle& cells)
{
    const int padding = (options.kernelSize - 1) / 2;
    switch (layerKind(layer)) {
    case LayerKind::Convolution:
        return {cells.top - padding, cells.left - padding, cells.height + 2 * padding,
                cells.width + 2 * padding};
    case LayerKind::MaxPool:
        return {2 * cells.top, 2 * cells.left, 2 * cells.height, 2 * cells.width};
    default:
        return cells;
    }
}

} // namespace

CellRectangle receptiveField(const TinyVggOptions& options, const Cell& cell, int below)
{
    int layer = cell.layer;
    CellRectangle cells = {cell.y, cell.x, 1, 1};
    if (layer == kLinear) {
        if (below == kFlatten)
            return {0, 0, 1, outputShape(options, kFlatten).channels};
        cells = {0, 0, options.pooledHeight(), options.pooledWidth()};
        layer = kFlatten - 1;
    } else if (layer == kFlatten) {
        const Cell pooled = flattenedCell(options, cell.channel);
        cells = {pooled.y, pooled.x, 1, 1};
        layer = pooled.layer;
    }
    for (; layer > below; --layer)
        cells = oneLayerBelow(options, layer, cells);
    return cells;
}

CellRectangle withoutPadding(const CellRectangle& rectangle, int height, int width)
{
    const int top = std::max(rectangle.top, 0);
    const int left = std::max(rectangle.left, 0);
    return {top, left, std::max(0, std::min(rectangle.top + rectangle.height, height) - top),
            std::max(0, std::min(rectangle.left + rectangle.width, width) - left)};
}

} // namespace engine
