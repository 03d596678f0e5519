// Images turned, sized, sheared and shifted a little, as a training sees them anew in every epoch.
#pragma once

#include "engine/training/TrainingConfig.h"

#include <span>

namespace engine
{

/// From a pixel of the new image to its place in the old one, both measured from the image's middle.
struct AffineMap {
    double xx = 1, xy = 0, dx = 0;
    double yx = 0, yy = 1, dy = 0;
};

/// How far each is drawn to either side, uniformly.
struct AffineRanges {
    double degrees = 0; ///< turned
    double size = 0;    ///< share of the size
    double shear = 0;   ///< columns a row: the slant of an upright line, which leaves lying ones lying
    double shift = 0;   ///< share of the side
};

/// Of Affine and Handwriting; None moves nothing.
AffineRanges rangesOf(Augmentation augmentation);

/// The same seed draws the same map on every machine.
AffineMap drawAffineMap(const AffineRanges& ranges, std::uint64_t seed, int height, int width);

/// `source`: height × width, 0 … 255. `target` gets 0 … 1, interpolated between four pixels; outside is 0.
void applyAffineMap(const AffineMap& map, std::span<const std::uint8_t> source, int height, int width,
                    std::span<float> target);

} // namespace engine
