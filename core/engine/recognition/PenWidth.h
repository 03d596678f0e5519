// How wide the pen was, and the same ink as a pen of another width would have left it: MNIST's digits were
// all written with much the same pen, what people draw is not.
#pragma once

#include "engine/recognition/AreaAverage.h"

namespace engine
{

/// In pixels: four times the mean distance of the ink's pixels from its edge, which is the width of a long
/// even line. 0 where there is no ink.
double penWidthOf(const InkImage& image);

/// `wider` pixels wider on the whole, half of it on each side; narrower where that is below 0. Edges are
/// antialiased. Nothing is drawn beyond the image.
InkImage widened(const InkImage& image, double wider);

/// What is in `box`, sized anew, with the pen as wide as this share of the longer side. Ink whose pen is
/// nearly that wide already, or that is too small to tell (less than 40 pixels), comes back as it is, cut
/// out.
InkImage withEvenPen(const InkImage& image, const BoundingBox& box, float penShare);

} // namespace engine
