// What the three attributions share.
#pragma once

#include "engine/inspection/Attribution.h"

namespace engine
{

/// BadValue where the image or the class is none of the model's.
Result<void> checkQuestion(const NetworkSpec& spec, std::span<const std::uint8_t> pixels, int classIndex);

/// Where the cells of a map lie in the image, along one side: cell i's receptive field has its center at
/// first + i · step.
struct CellCenters {
    double first = 0;
    double step = 1;
    int count = 0;
};

/// `grid`, rows.count × columns.count, at every pixel of an image of this size: bilinearly, held at the
/// edges.
std::vector<float> enlarged(std::span<const float> grid, const CellCenters& rows, const CellCenters& columns,
                            int height, int width);

/// Sets minimum and maximum.
void describe(AttributionMap& map);

} // namespace engine
