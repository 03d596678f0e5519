#include "engine/recognition/InkExtraction.h"

#include "engine/recognition/AreaAverage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>

namespace engine
{
namespace
{

constexpr int kLargestSide = 512;

using Plane = std::vector<float>;

struct Size {
    int width = 0;
    int height = 0;
};

/// Sliding maximum (`isLargest`) or minimum over 2 · `reach` + 1 values, truncated at the ends.
void slidingExtreme(const float* from, float* to, int count, int stride, int reach, bool isLargest)
{
    std::deque<int> candidates; // values decrease (increase) from front to back
    const auto value = [&](int i) { return from[static_cast<std::ptrdiff_t>(i) * stride]; };
    for (int i = 0; i < count + reach; ++i) {
        if (i < count) {
            while (!candidates.empty() &&
                   (isLargest ? value(candidates.back()) <= value(i) : value(candidates.back()) >= value(i)))
                candidates.pop_back();
            candidates.push_back(i);
        }
        const int center = i - reach;
        if (center < 0)
            continue;
        while (candidates.front() < center - reach)
            candidates.pop_front();
        to[static_cast<std::ptrdiff_t>(center) * stride] = value(candidates.front());
    }
}

Plane extreme(const Plane& plane, Size size, int reach, bool isLargest)
{
    Plane rows(plane.size());
    for (int y = 0; y < size.height; ++y) {
        const std::ptrdiff_t offset = static_cast<std::ptrdiff_t>(y) * size.width;
        slidingExtreme(plane.data() + offset, rows.data() + offset, size.width, 1, reach, isLargest);
    }
    Plane result(plane.size());
    for (int x = 0; x < size.width; ++x)
        slidingExtreme(rows.data() + x, result.data() + x, size.height, size.width, reach, isLargest);
    return result;
}

/// Box blur over 2 · `reach` + 1 pixels in both directions, truncated at the edges.
Plane blurred(const Plane& plane, Size size, int reach)
{
    const auto pass = [reach](const float* from, float* to, int count, int stride) {
        double sum = 0;
        int inside = 0;
        for (int i = 0; i < count + reach; ++i) {
            if (i < count) {
                sum += static_cast<double>(from[static_cast<std::ptrdiff_t>(i) * stride]);
                ++inside;
            }
            if (i > 2 * reach) {
                sum -= static_cast<double>(from[static_cast<std::ptrdiff_t>(i - 2 * reach - 1) * stride]);
                --inside;
            }
            if (i >= reach)
                to[static_cast<std::ptrdiff_t>(i - reach) * stride] = static_cast<float>(sum / inside);
        }
    };
    Plane rows(plane.size());
    for (int y = 0; y < size.height; ++y) {
        const std::ptrdiff_t offset = static_cast<std::ptrdiff_t>(y) * size.width;
        pass(plane.data() + offset, rows.data() + offset, size.width, 1);
    }
    Plane result(plane.size());
    for (int x = 0; x < size.width; ++x)
        pass(rows.data() + x, result.data() + x, size.height, size.width);
    return result;
}

/// Half the width of the morphological closing of the background: wider than strokes, narrower than most
/// shadows.
int backgroundReach(Size size)
{
    return std::max(4, std::max(size.width, size.height) / 10);
}

/// The plane with its edges replicated by `margin` pixels on every side.
Plane withReplicatedEdges(const Plane& plane, Size size, int margin)
{
    Plane result;
    for (int y = -margin; y < size.height + margin; ++y) {
        const auto row =
            plane.begin() + static_cast<std::ptrdiff_t>(std::clamp(y, 0, size.height - 1)) * size.width;
        result.insert(result.end(), static_cast<std::size_t>(margin), row[0]);
        result.insert(result.end(), row, row + size.width);
        result.insert(result.end(), static_cast<std::size_t>(margin), row[size.width - 1]);
    }
    return result;
}

/// Difference of each pixel from the background, for dark ink: 1 means no light left. Negative where the
/// pixel is lighter than the background.
Plane darkOnLight(const Plane& gray, Size size, float darkestGround)
{
    const int reach = backgroundReach(size);
    const int margin = 2 * reach; // so that a shadow at the image edge does not look like a thin stroke
    const Size large{size.width + 2 * margin, size.height + 2 * margin};
    const Plane closed =
        extreme(extreme(withReplicatedEdges(gray, size, margin), large, reach, true), large, reach, false);
    Plane ink(gray.size());
    // Paper in shadow is darker, and so is its ink; use the fraction of light that is absorbed.
    for (int y = 0; y < size.height; ++y) {
        const auto ground = closed.begin() + static_cast<std::ptrdiff_t>(y + margin) * large.width + margin;
        const std::ptrdiff_t row = static_cast<std::ptrdiff_t>(y) * size.width;
        for (int x = 0; x < size.width; ++x) {
            const float value = gray[static_cast<std::size_t>(row + x)];
            ink[static_cast<std::size_t>(row + x)] = (ground[x] - value) / std::max(ground[x], darkestGround);
        }
    }
    return ink;
}

/// The value below which a fraction `share` of the values lies.
float quantile(Plane values, double share)
{
    const auto position = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + position, values.end());
    return values[static_cast<std::size_t>(position)];
}

/// Otsu's threshold: maximizes the between-class variance. Between 0 and 1.
float otsuThreshold(const Plane& values)
{
    constexpr int kBins = 256;
    std::array<double, kBins> histogram{};
    for (const float value : values)
        histogram[static_cast<std::size_t>(std::clamp(static_cast<int>(value * kBins), 0, kBins - 1))] += 1;
    const auto total = static_cast<double>(values.size());
    double wholeSum = 0;
    for (int i = 0; i < kBins; ++i)
        wholeSum += i * histogram[static_cast<std::size_t>(i)];
    double below = 0;
    double belowSum = 0;
    double best = -1;
    int split = 0;
    for (int i = 0; i < kBins - 1; ++i) {
        below += histogram[static_cast<std::size_t>(i)];
        belowSum += i * histogram[static_cast<std::size_t>(i)];
        if (below == 0 || below == total)
            continue;
        const double distance = belowSum / below - (wholeSum - belowSum) / (total - below);
        const double between = below * (total - below) * distance * distance;
        if (between > best) {
            best = between;
            split = i + 1;
        }
    }
    return static_cast<float>(split) / kBins;
}

struct InkLevels {
    bool isInk = false; ///< false if nothing stands out from the background
    float none = 0;     ///< differences up to this are background noise
    float full = 0;     ///< differences from this on are full ink
};

InkLevels levelsOf(const Plane& difference)
{
    constexpr float kMinContrast = 0.08F;
    constexpr float kMinDistance = 6; // in background deviations; noise split in two is closer
    constexpr double kMostInk = 0.5;
    const float threshold = otsuThreshold(difference);
    Plane high;
    std::copy_if(difference.begin(), difference.end(), std::back_inserter(high),
                 [&](float value) { return value >= threshold; });
    if (high.empty() || static_cast<double>(high.size()) > kMostInk * static_cast<double>(difference.size()))
        return {};
    // Most pixels are background, so the median is a background value, and half of the background lies within
    // this distance of it.
    const float middle = quantile(difference, .5);
    Plane distances(difference.size());
    std::transform(difference.begin(), difference.end(), distances.begin(),
                   [&](float value) { return std::abs(value - middle); });
    constexpr float kSpreadPerMedian =
        1.4826F; // standard deviation per median deviation of a normal distribution
    const float spread = kSpreadPerMedian * quantile(std::move(distances), .5);
    const float contrast = quantile(high, .5) - middle;
    const float full = quantile(std::move(high), .9);
    const float none = middle + std::max(3 * spread, .1F * (full - middle));
    return {contrast > kMinContrast && contrast > kMinDistance * spread && none < full, none, full};
}

/// Removes connected components with little ink compared to the largest.
void removeSpecks(InkImage& image)
{
    constexpr double kSpeckShare = 0.02;
    constexpr std::uint8_t kFaintest = 64;
    std::vector<int> part(image.ink.size(), -1);
    std::vector<double> masses;
    std::vector<std::size_t> open;
    for (std::size_t start = 0; start < part.size(); ++start) {
        if (part[start] >= 0 || image.ink[start] < kFaintest)
            continue;
        const int number = static_cast<int>(masses.size());
        masses.push_back(0);
        open.assign(1, start);
        part[start] = number;
        while (!open.empty()) {
            const std::size_t at = open.back();
            open.pop_back();
            masses.back() += image.ink[at];
            const int x = static_cast<int>(at % static_cast<std::size_t>(image.width));
            const int y = static_cast<int>(at / static_cast<std::size_t>(image.width));
            for (int ny = std::max(0, y - 1); ny <= std::min(image.height - 1, y + 1); ++ny) {
                for (int nx = std::max(0, x - 1); nx <= std::min(image.width - 1, x + 1); ++nx) {
                    const std::size_t next =
                        static_cast<std::size_t>(ny) * static_cast<std::size_t>(image.width) +
                        static_cast<std::size_t>(nx);
                    if (part[next] < 0 && image.ink[next] >= kFaintest) {
                        part[next] = number;
                        open.push_back(next);
                    }
                }
            }
        }
    }
    if (masses.empty())
        return;
    const double least = kSpeckShare * *std::max_element(masses.begin(), masses.end());
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (part[i] >= 0 && masses[static_cast<std::size_t>(part[i])] < least)
            image.ink[i] = 0;
    }
}

/// Negative if the rarer, larger differences from the surroundings are dark.
double skewOfDifferences(const Plane& gray, Size size)
{
    const Plane around = blurred(gray, size, 2 * backgroundReach(size));
    double cubes = 0;
    for (std::size_t i = 0; i < gray.size(); ++i)
        cubes += std::pow(static_cast<double>(gray[i] - around[i]), 3);
    return cubes;
}

} // namespace

InkImage extractInk(int width, int height, std::span<const std::uint8_t> gray)
{
    if (width < 1 || height < 1 ||
        gray.size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height))
        return {};
    InkImage picture{width, height, std::vector<std::uint8_t>(gray.begin(), gray.end())};
    if (std::max(width, height) > kLargestSide) {
        const double scale = static_cast<double>(kLargestSide) / std::max(width, height);
        const auto scaled = [&](int side) {
            return std::max(1, static_cast<int>(std::lround(scale * side)));
        };
        picture = areaAverage(picture, {0, 0, width, height}, scaled(width), scaled(height));
    }
    const Size size{picture.width, picture.height};
    const Plane dark =
        blurred(Plane(picture.ink.begin(), picture.ink.end()), size, std::max(size.width, size.height) / 128);
    Plane light(dark.size());
    std::transform(dark.begin(), dark.end(), light.begin(), [](float value) { return 255 - value; });

    constexpr float kDarkestPaper = 32;
    constexpr float kLightestBoard = 128; // on white paper, light areas are uneven lighting, not ink
    const Plane asDark = darkOnLight(dark, size, kDarkestPaper);
    const Plane asLight = darkOnLight(light, size, 255 - kLightestBoard);
    const InkLevels darkLevels = levelsOf(asDark);
    const InkLevels lightLevels = levelsOf(asLight);
    if (!darkLevels.isInk && !lightLevels.isInk)
        return InkImage::blank(size.width, size.height);
    // If ink stands out, the gaps between its strokes do too, so both may be found.
    const bool isDark = darkLevels.isInk && (!lightLevels.isInk || skewOfDifferences(dark, size) < 0);
    const Plane& difference = isDark ? asDark : asLight;
    const InkLevels& levels = isDark ? darkLevels : lightLevels;
    std::transform(difference.begin(), difference.end(), picture.ink.begin(), [&](float value) {
        const float share = (value - levels.none) / (levels.full - levels.none);
        return static_cast<std::uint8_t>(std::lround(255 * std::clamp(share, 0.0F, 1.0F)));
    });
    removeSpecks(picture);
    return picture;
}

} // namespace engine
