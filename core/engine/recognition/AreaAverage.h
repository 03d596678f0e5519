#pragma once

#include "engine/recognition/InkImage.h"

namespace engine
{

/// Part of an image, in its pixels.
struct BoundingBox {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;

    bool operator==(const BoundingBox&) const = default;
};

/// `box` of `image` in another size: each new pixel is the mean over the very area of the old that it covers,
/// fractions of pixels included, rounded to the nearest. `box` lies within the image; all sizes are at
/// least 1.
InkImage areaAverage(const InkImage& image, const BoundingBox& box, int width, int height);

} // namespace engine
