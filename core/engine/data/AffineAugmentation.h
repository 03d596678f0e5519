// Images turned, sized, sheared and shifted a little, as a training sees them anew in every epoch.
#pragma once

#include <cstdint>
#include <span>

namespace engine
{

/// From a pixel of the new image to its place in the old one, both measured from the image's middle.
struct AffineMap {
    double xx = 1, xy = 0, dx = 0;
    double yx = 0, yy = 1, dy = 0;
};

/// Rotation by ±14°, size by ±15 %, shear by ±0.2, shift by ±10 % of the side, each drawn uniformly. The same
/// seed draws the same map on every machine.
AffineMap drawAffineMap(std::uint64_t seed, int height, int width);

/// `source`: height × width, 0 … 255. `target` gets 0 … 1, interpolated between four pixels; outside is 0.
void applyAffineMap(const AffineMap& map, std::span<const std::uint8_t> source, int height, int width,
                    std::span<float> target);

} // namespace engine
