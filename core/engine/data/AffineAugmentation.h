// Data augmentation: random rotation, scale, shear and shift, new for every image in every epoch.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace engine
{

enum class Augmentation {
    None,
    Affine,      ///< random rotation, scale, shear and shift within rangesOf()
    Handwriting, ///< for handwriting: more shear, less rotation
};

/// As the command line and files spell them: "none", "affine", "handwriting".
const char* nameOf(Augmentation augmentation);
std::optional<Augmentation> augmentationNamed(std::string_view name);

/// Maps a pixel of the new image to its position in the source, both relative to the image center.
struct AffineMap {
    double xx = 1, xy = 0, dx = 0;
    double yx = 0, yy = 1, dy = 0;
};

/// Each value is drawn uniformly from −range … +range.
struct AffineRanges {
    double degrees = 0; ///< rotation
    double size = 0;    ///< relative change of the size
    double shear = 0;   ///< columns per row: slants vertical lines, keeps horizontal ones
    double shift = 0;   ///< fraction of the image side
};

/// For Affine and Handwriting; all 0 for None.
AffineRanges rangesOf(Augmentation augmentation);

/// The same seed gives the same map on every machine.
AffineMap drawAffineMap(const AffineRanges& ranges, std::uint64_t seed, int height, int width);

/// `source`: channels × height × width, 0 … 255. `target`, of the same size, gets 0 … 1, interpolated
/// bilinearly; pixels outside are 0.
void applyAffineMap(const AffineMap& map, std::span<const std::uint8_t> source, int height, int width,
                    std::span<float> target);

} // namespace engine
