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

/// The cells of layer `below`, or the pixels of kInputImage, that `cell` can depend on, in every channel. May
/// extend beyond the map: that part is zero padding. In a flat layer below a Linear it is a row of features,
/// otherwise the one cell. `cell` must be valid, and `below` must be below its layer.
CellRectangle receptiveField(const NetworkSpec& spec, const Cell& cell, int below = kInputImage);

/// Clips the rectangle to a map of this size.
CellRectangle withoutPadding(const CellRectangle& rectangle, int height, int width);

} // namespace engine
