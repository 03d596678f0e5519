#pragma once

#include "engine/recognition/InkImage.h"

namespace engine
{

/// A rectangle in an image, in pixels.
struct BoundingBox {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;

    bool operator==(const BoundingBox&) const = default;
};

/// Resamples `box` of `image`: each new pixel is the mean of the area that it covers, including fractions of
/// pixels, rounded to nearest. `box` must lie within the image; all sizes are at least 1.
InkImage areaAverage(const InkImage& image, const BoundingBox& box, int width, int height);

} // namespace engine
