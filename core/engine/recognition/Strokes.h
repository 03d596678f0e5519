// Pen strokes and their rendering as ink.
#pragma once

#include "engine/Result.h"
#include "engine/recognition/InkImage.h"

#include <vector>

namespace engine
{

struct StrokePoint {
    float x = 0;     ///< to the right, in any unit
    float y = 0;     ///< downwards
    float width = 0; ///< pen width here, in the same unit; 0 means the default width

    bool operator==(const StrokePoint&) const = default;
};

using Stroke = std::vector<StrokePoint>; ///< from pen down to pen up; a single point is a dot
using Strokes = std::vector<Stroke>;

/// Draws antialiased strokes with round caps and joins; the result is the same on every platform. Pixel (0,
/// 0) covers 0 … 1 in both directions; points outside are clipped. `penWidth` applies to points without a
/// width. NaN points draw nothing. `width` and `height` are at least 1.
InkImage drawStrokes(const Strokes& strokes, int width, int height, float penWidth);

/// Draws strokes of any scale and position so that the ink's longer side, including pen width, is `side`
/// pixels, with a margin of one pixel. `penShare` is the pen width as a fraction of that side; widths of
/// points are ignored. BadValue if there are no points.
Result<InkImage> drawStrokesToSize(const Strokes& strokes, int side, float penShare);

} // namespace engine
