// Measures the pen width of ink and normalizes it: MNIST's digits were written with similar pens, drawings
// vary.
#pragma once

#include "engine/recognition/AreaAverage.h"

namespace engine
{

/// Pen width in pixels: four times the mean distance of the ink's pixels from its edge, which is exact for a
/// long line of constant width. 0 if there is no ink.
double penWidthOf(const InkImage& image);

/// Dilates the ink by `wider` pixels in total, half on each side; erodes it if negative. Edges are
/// antialiased. Clipped to the image.
InkImage widened(const InkImage& image, double wider);

/// Crops and scales `box`, with the pen width normalized to this fraction of the longer side. Ink that
/// already has nearly this width, or is too small to measure (less than 40 pixels), is only cropped.
InkImage withEvenPen(const InkImage& image, const BoundingBox& box, float penShare);

} // namespace engine
