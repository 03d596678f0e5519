// Receptive fields, computed from layer parameters alone.
//
//     engine::receptiveField(spec, {2, 0, 5, 5});            // of the second convolution, in the image
//     engine::receptiveField(spec, {2, 0, 5, 5}, 1);         // in the ReLU below it
#pragma once

#include "engine/inspection/Layers.h"

namespace engine
{

/// Rows top … top + height − 1 and columns left … left + width − 1.
struct CellRectangle {
    int top = 0;
    int left = 0;
    int height = 0;
    int width = 0;

    bool isEmpty() const { return height <= 0 || width <= 0; }
    bool contains(int y, int x) const
    {
        return y >= top && y < top + height && x >= left && x < left + width;
    }
    bool operator==(const CellRectangle&) const = default;
};

/// How a layer looks at the maps below: through windows of `size` × `size` cells, one every `stride`, the
/// first `padding` above and to the left of the map.
struct LayerWindows {
    int size = 1;
    int stride = 1;
    int padding = 0;
};
/// Windows of one cell for layers that look at each cell alone, and for flat ones.
LayerWindows windowsOf(const LayerSpec& layer);

/// The cells of layer `below`, or pixels of kInputImage, that `cell` can depend on, in every channel; where a
/// stride leaves out pixels between windows, the rectangle around them. It may reach beyond the map: that
/// part is padding, where all is 0. Empty for a cell that sees nothing but the padding of a layer above
/// `below`. Of a flat layer below a Linear it is a row of features, else the one cell. `cell` must be one of
/// the network's, and `below` lie below its layer.
CellRectangle receptiveField(const NetworkSpec& spec, const Cell& cell, int below = kInputImage);

/// Clips the rectangle to a map of this size.
CellRectangle withoutPadding(const CellRectangle& rectangle, int height, int width);

} // namespace engine
