// Helpers shared by the three attribution methods.
#pragma once

#include "engine/inspection/Attribution.h"

#include <cstdint>

namespace engine
{

/// BadValue if the image size or the class does not match the model.
Result<void> checkQuestion(const NetworkSpec& spec, std::span<const std::uint8_t> pixels, int classIndex);

/// Positions of a map's cells in the image, along one axis: the receptive field of cell i is centered at
/// first + i · step.
struct CellCenters {
    double first = 0;
    double step = 1;
    int count = 0;
};

/// Resamples `grid`, rows.count × columns.count, at every pixel of an image of this size: bilinear, clamped
/// at the edges.
std::vector<float> enlarged(std::span<const float> grid, const CellCenters& rows, const CellCenters& columns,
                            int height, int width);

/// Sets minimum and maximum.
void describe(AttributionMap& map);

} // namespace engine
