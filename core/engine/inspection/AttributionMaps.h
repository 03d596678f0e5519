// What the three attributions share.
#pragma once

#include "engine/inspection/Attribution.h"

namespace engine
{

/// BadValue where the image or the class is none of the model's.
Result<void> checkQuestion(const TinyVggOptions& options, std::span<const std::uint8_t> pixels,
                           int classIndex);

/// `grid` at the center of every pixel of an image of this size, where a cell covers 2 × 2 pixels:
/// bilinearly, held at the edges.
std::vector<float> enlargedTwice(std::span<const float> grid, int gridHeight, int gridWidth, int height,
                                 int width);

/// Sets minimum and maximum.
void describe(AttributionMap& map);

} // namespace engine
