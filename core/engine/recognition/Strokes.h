// What a pen has drawn, and how it becomes ink.
#pragma once

#include "engine/Result.h"
#include "engine/recognition/InkImage.h"

#include <vector>

namespace engine
{

struct StrokePoint {
    float x = 0;     ///< to the right, in whatever unit
    float y = 0;     ///< downwards
    float width = 0; ///< of the pen here, in the same unit; 0 is the pen's own

    bool operator==(const StrokePoint&) const = default;
};

using Stroke = std::vector<StrokePoint>; ///< from pen down to pen up; a single point is a dot
using Strokes = std::vector<Stroke>;

/// Antialiased, round at ends and corners, the same bytes everywhere for the same points. Pixel (0, 0) covers
/// 0 … 1 in both directions; what lies outside is not drawn. `penWidth` is that of points without one of
/// their own. Points that are no numbers draw nothing. `width` and `height` are at least 1.
InkImage drawStrokes(const Strokes& strokes, int width, int height, float penWidth);

/// The same for strokes of any scale and place, sized so that the ink's longer side with the pen's width is
/// `side` pixels, with a margin of a pixel all around; `penShare` is the pen's width as a share of that side,
/// whatever widths the points have. BadValue where there is no point.
Result<InkImage> drawStrokesToSize(const Strokes& strokes, int side, float penShare);

} // namespace engine
