// Extracts the ink from any image: a scan, a screenshot, a photographed sheet of paper.
//
//     1. a large image is downscaled, which also reduces noise
//     2. the background is estimated at every pixel by a morphological closing, which removes thin
//        structures; uneven lighting and the edges of shadows remain part of the background
//     3. what differs from the background is ink; the sign of the rarer, larger differences tells whether the
//        ink is dark or light
//     4. the threshold between paper and ink, and the value of full ink, come from the histogram (N. Otsu, "A
//        Threshold Selection Method from Gray-Level Histograms", IEEE Trans. SMC 9 (1979)); edges stay soft
//     5. specks are removed
#pragma once

#include "engine/recognition/InkImage.h"

#include <cstdint>
#include <span>

namespace engine
{

/// `gray`: 0 black … 255 white, row by row. The result may be smaller: its longer side is at most 512 pixels.
/// It has no ink if nothing stands out from the background, and is empty if the size does not match the
/// pixels.
InkImage extractInk(int width, int height, std::span<const std::uint8_t> gray);

} // namespace engine
