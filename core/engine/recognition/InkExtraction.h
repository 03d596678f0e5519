// The ink in any picture: a scan, a screenshot, a photographed sheet of paper.
//
//     1. a large picture is made smaller, which also takes the grain out of it
//     2. the ground is estimated at every pixel, as what is left when all that is thin has been closed: so
//     light that is
//        uneven, and the edge of a shadow, belong to the ground
//     3. what differs from the ground is ink; which of dark and light is the ink's is decided by which way
//     the rarer,
//        larger differences lie
//     4. where paper and ink part, and how dark full ink is, comes from the two kinds of pixels themselves
//     (N. Otsu, "A
//        Threshold Selection Method from Gray-Level Histograms", IEEE Trans. SMC 9 (1979)); edges stay soft
//     5. specks go
#pragma once

#include "engine/recognition/InkImage.h"

#include <cstdint>
#include <span>

namespace engine
{

/// `gray`: 0 black … 255 white, row by row. The result may be smaller, its longer side at most 512 pixels.
/// Where nothing stands out from the ground it holds no ink at all. Where the size is not that of the pixels
/// it is empty.
InkImage extractInk(int width, int height, std::span<const std::uint8_t> gray);

} // namespace engine
