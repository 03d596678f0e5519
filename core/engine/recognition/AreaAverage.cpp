#include "engine/recognition/AreaAverage.h"

#include <algorithm>
#include <cmath>

namespace engine
{
namespace
{

/// The source pixels that one target pixel covers, along one axis.
struct Cover {
    int first = 0;
    std::vector<float> shares; ///< weights of `first` and the following pixels, summing to 1
};

std::vector<Cover> coversOf(int begin, int oldSize, int newSize)
{
    std::vector<Cover> covers(static_cast<std::size_t>(newSize));
    const double step = static_cast<double>(oldSize) / newSize;
    for (int i = 0; i < newSize; ++i) {
        const double low = i * step;
        const double high = std::min((i + 1) * step, static_cast<double>(oldSize));
        Cover& cover = covers[static_cast<std::size_t>(i)];
        const int first = std::min(static_cast<int>(low), oldSize - 1);
        cover.first = begin + first;
        for (int pixel = first; pixel < oldSize && (pixel == first || pixel < high); ++pixel)
            cover.shares.push_back(
                static_cast<float>((std::min(pixel + 1.0, high) - std::max<double>(pixel, low)) / step));
    }
    return covers;
}

} // namespace

InkImage areaAverage(const InkImage& image, const BoundingBox& box, int width, int height)
{
    const std::vector<Cover> columns = coversOf(box.left, box.width, width);
    const std::vector<Cover> rows = coversOf(box.top, box.height, height);
    InkImage result = InkImage::blank(width, height);
    std::vector<float> sums(static_cast<std::size_t>(box.width));
    for (int y = 0; y < height; ++y) {
        std::fill(sums.begin(), sums.end(), 0.0F);
        const Cover& row = rows[static_cast<std::size_t>(y)];
        for (std::size_t k = 0; k < row.shares.size(); ++k) {
            const std::uint8_t* const line =
                &image.ink[static_cast<std::size_t>(row.first + static_cast<int>(k)) *
                               static_cast<std::size_t>(image.width) +
                           static_cast<std::size_t>(box.left)];
            for (std::size_t x = 0; x < sums.size(); ++x)
                sums[x] += row.shares[k] * static_cast<float>(line[x]);
        }
        for (int x = 0; x < width; ++x) {
            const Cover& column = columns[static_cast<std::size_t>(x)];
            const float* const from = &sums[static_cast<std::size_t>(column.first - box.left)];
            float sum = 0;
            for (std::size_t k = 0; k < column.shares.size(); ++k)
                sum += column.shares[k] * from[k];
            result.at(x, y) = static_cast<std::uint8_t>(std::clamp(std::lround(sum), 0L, 255L));
        }
    }
    return result;
}

} // namespace engine
