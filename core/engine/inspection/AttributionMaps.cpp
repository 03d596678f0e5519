#include "engine/inspection/AttributionMaps.h"

#include "engine/CheckRange.h"
#include "engine/inspection/LayerwiseNetwork.h"

#include <algorithm>
#include <cmath>

namespace engine
{
namespace
{

/// The two cells of a row around a pixel's center, and the weight of the second.
struct CellInterpolation {
    int first;
    int second;
    float share;

    CellInterpolation(int pixel, const CellCenters& cells)
    {
        const auto at = static_cast<float>(
            std::clamp((pixel - cells.first) / cells.step, 0.0, static_cast<double>(cells.count - 1)));
        first = static_cast<int>(at);
        second = std::min(first + 1, cells.count - 1);
        share = at - static_cast<float>(first);
    }
};

} // namespace

Result<void> checkQuestion(const NetworkSpec& spec, std::span<const std::uint8_t> pixels, int classIndex)
{
    return checkImage(spec, pixels).and_then([&] {
        return checkRange(Range<int>{"Class to explain", 0, spec.classCount - 1}, classIndex);
    });
}

std::vector<float> enlarged(std::span<const float> grid, const CellCenters& rows, const CellCenters& columns,
                            int height, int width)
{
    const auto at = [&](int y, int x) { return grid[static_cast<std::size_t>(y * columns.count + x)]; };
    std::vector<float> values;
    for (int y = 0; y < height; ++y) {
        const CellInterpolation row(y, rows);
        for (int x = 0; x < width; ++x) {
            const CellInterpolation column(x, columns);
            const auto along = [&](int cellRow) {
                return (1 - column.share) * at(cellRow, column.first) +
                       column.share * at(cellRow, column.second);
            };
            values.push_back((1 - row.share) * along(row.first) + row.share * along(row.second));
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
