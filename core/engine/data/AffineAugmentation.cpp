#include "engine/data/AffineAugmentation.h"

#include "engine/MixedSeed.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace engine
{

namespace
{

constexpr std::array kNames = {"none", "affine", "handwriting"};

} // namespace

const char* nameOf(Augmentation augmentation)
{
    return kNames[static_cast<std::size_t>(augmentation)];
}

std::optional<Augmentation> augmentationNamed(std::string_view name)
{
    const auto found = std::find(kNames.begin(), kNames.end(), name);
    return found == kNames.end() ? std::nullopt
                                 : std::optional(static_cast<Augmentation>(found - kNames.begin()));
}

AffineRanges rangesOf(Augmentation augmentation)
{
    switch (augmentation) {
    case Augmentation::None:
        break;
    case Augmentation::Affine:
        return {14, .15, .2, .1};
    case Augmentation::Handwriting:
        // With more rotation, a seven looks like a one with a flag.
        return {4, .1, .3, 1.0 / 28};
    }
    return {};
}

AffineMap drawAffineMap(const AffineRanges& ranges, std::uint64_t seed, int height, int width)
{
    std::uint64_t drawn = 0;
    const auto uniform = [&](double range) {
        return range * (2 * static_cast<double>(mixedSeed(seed, drawn++) >> 11) * 0x1.0p-53 - 1);
    };
    const double angle = uniform(ranges.degrees * std::numbers::pi / 180);
    const double size = 1 + uniform(ranges.size);
    const double shear = uniform(ranges.shear);
    const double cosine = std::cos(angle) / size;
    const double sine = std::sin(angle) / size;
    AffineMap map;
    map.xx = cosine;
    map.xy = sine + shear * cosine;
    map.yx = -sine;
    map.yy = cosine - shear * sine;
    map.dx = uniform(ranges.shift) * width;
    map.dy = uniform(ranges.shift) * height;
    return map;
}

namespace
{

void applyToChannel(const AffineMap& map, std::span<const std::uint8_t> source, int height, int width,
                    std::span<float> target)
{
    const double middleX = (width - 1) / 2.0;
    const double middleY = (height - 1) / 2.0;
    const auto at = [&](int y, int x) -> float {
        return x < 0 || y < 0 || x >= width || y >= height
                   ? 0.0F
                   : static_cast<float>(source[static_cast<std::size_t>(y * width + x)]);
    };
    float* out = target.data();
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const auto fromX =
                static_cast<float>(map.xx * (x - middleX) + map.xy * (y - middleY) + map.dx + middleX);
            const auto fromY =
                static_cast<float>(map.yx * (x - middleX) + map.yy * (y - middleY) + map.dy + middleY);
            const int left = static_cast<int>(std::floor(fromX));
            const int top = static_cast<int>(std::floor(fromY));
            const float right = fromX - static_cast<float>(left);
            const float down = fromY - static_cast<float>(top);
            const float above = at(top, left) * (1 - right) + at(top, left + 1) * right;
            const float below = at(top + 1, left) * (1 - right) + at(top + 1, left + 1) * right;
            *out++ = (above * (1 - down) + below * down) / 255.0F;
        }
    }
}

} // namespace

void applyAffineMap(const AffineMap& map, std::span<const std::uint8_t> source, int height, int width,
                    std::span<float> target)
{
    const auto area = static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
    for (std::size_t first = 0; first < source.size(); first += area)
        applyToChannel(map, source.subspan(first, area), height, width, target.subspan(first, area));
}

} // namespace engine
