#include "engine/inspection/AttributionMaps.h"

#include "engine/CheckRange.h"
#include "engine/inspection/LayerwiseNetwork.h"

#include <algorithm>
#include <cmath>

namespace engine
{
namespace
{

/// Between which two cells of a row a pixel's center lies, and how far towards the second.
struct Between {
    int first;
    int second;
    float share;

    Between(int pixel, int cells)
    {
        const float at =
            std::clamp((static_cast<float>(pixel) + 0.5F) / 2 - 0.5F, 0.0F, static_cast<float>(cells - 1));
        first = static_cast<int>(at);
        second = std::min(first + 1, cells - 1);
        share = at - static_cast<float>(first);
    }
};

} // namespace

Result<void> checkQuestion(const TinyVggOptions& options, std::span<const std::uint8_t> pixels,
                           int classIndex)
{
    return checkImage(options, pixels).and_then([&] {
        return checkRange("Class to explain", classIndex, 0, options.classCount - 1);
    });
}

std::vector<float> enlargedTwice(std::span<const float> grid, int gridHeight, int gridWidth, int height,
                                 int width)
{
    const auto at = [&](int y, int x) { return grid[static_cast<std::size_t>(y * gridWidth + x)]; };
    std::vector<float> values;
    for (int y = 0; y < height; ++y) {
        const Between rows(y, gridHeight);
        for (int x = 0; x < width; ++x) {
            const Between columns(x, gridWidth);
            const auto along = [&](int row) {
                return (1 - columns.share) * at(row, columns.first) + columns.share * at(row, columns.second);
            };
            values.push_back((1 - rows.share) * along(rows.first) + rows.share * along(rows.second));
        }
    }
    return values;
}

void describe(AttributionMap& map)
{
    bool isFirst = true;
    for (const float value : map.values) {
        if (!std::isfinite(value))
            continue;
        map.minimum = isFirst ? value : std::min(map.minimum, value);
        map.maximum = isFirst ? value : std::max(map.maximum, value);
        isFirst = false;
    }
}

} // namespace engine
