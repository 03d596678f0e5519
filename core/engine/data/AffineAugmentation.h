// Images turned, sized, sheared and shifted a little, as a training sees them anew in every epoch.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace engine
{

enum class Augmentation {
    None,
    Affine,      ///< every image anew: turned, sized, sheared and shifted, as far as rangesOf() says
    Handwriting, ///< likewise, as hands differ: leaning, but hardly turned
};

/// As the command line and files write them: "none", "affine", "handwriting".
const char* nameOf(Augmentation augmentation);
std::optional<Augmentation> augmentationNamed(std::string_view name);

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

/// `source`: channels × height × width, 0 … 255. `target`, as long, gets 0 … 1, interpolated between four
/// pixels; outside is 0.
void applyAffineMap(const AffineMap& map, std::span<const std::uint8_t> source, int height, int width,
                    std::span<float> target);

} // namespace engine
