// MNIST's preprocessing, for ink of any size, position and scale.
//
//     1. crop to the ink
//     2. scale by area averaging, so that the longer side is 20 pixels
//     3. place it in 28 × 28 with its center of mass in the middle
//
// Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits".
#pragma once

#include "engine/Result.h"
#include "engine/recognition/AreaAverage.h"

#include <cstdint>

namespace engine
{

inline constexpr int kImageSide = 28; ///< pixels, of the whole image
inline constexpr int kDigitSide = 20; ///< pixels, the longer side of the ink

/// Pixels below this do not count as ink when the bounding box is computed: antialiased edges, dust.
inline constexpr std::uint8_t kFaintestInk = 64;

/// The result of each step.
struct PreprocessedDigit {
    BoundingBox box;  ///< bounding box of the ink in the given image
    InkImage scaled;  ///< content of the box, its longer side 20 pixels
    double massX = 0; ///< center of mass of `scaled`, in its pixels from its left edge: 0 … width
    double massY = 0; ///< from its upper edge
    int left = 0;     ///< position of `scaled` in the 28 × 28, 0 … 28 − width: no ink is cut off
    int top = 0;
    std::vector<std::uint8_t> pixels; ///< 28 × 28, row by row: the network's input
};

/// BadValue if there is no ink, or if the image's size does not match its pixels or exceeds 16,384.
Result<PreprocessedDigit> preprocessInk(const InkImage& image);

} // namespace engine
