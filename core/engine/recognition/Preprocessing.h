// What was done to make MNIST's digits, for ink of any size, place and scale.
//
//     1. crop to the ink
//     2. scale by area averaging, so that the longer side is 20 pixels
//     3. put it into 28 × 28, its center of mass in the middle
//
// Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits".
#pragma once

#include "engine/Result.h"
#include "engine/recognition/AreaAverage.h"

namespace engine
{

inline constexpr int kImageSide = 28; ///< pixels, of the whole image
inline constexpr int kDigitSide = 20; ///< pixels, the longer side of the ink

/// Less than this is taken for no ink where the box is sought: edges that antialiasing leaves, traces of
/// dust.
inline constexpr std::uint8_t kFaintestInk = 64;

/// What each step made.
struct PreprocessedDigit {
    BoundingBox box;  ///< of the ink, in the image that was given
    InkImage scaled;  ///< what is in the box, its longer side 20 pixels
    double massX = 0; ///< center of mass of `scaled`, in its pixels from its left edge: 0 … width
    double massY = 0; ///< from its upper edge
    int left = 0;     ///< of `scaled` in the 28 × 28, 0 … 28 − width: no ink is ever cut off
    int top = 0;
    std::vector<std::uint8_t> pixels; ///< 28 × 28, row by row: what the network sees
};

/// BadValue where there is no ink, or where the image's size is not that of its pixels or above 16,384.
Result<PreprocessedDigit> preprocessInk(const InkImage& image);

} // namespace engine
