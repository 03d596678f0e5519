#include "engine/ink/PictureInk.h"

#include "engine/ink/AreaAverage.h"

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

/// Largest value (`isLargest`) or smallest of every stretch of 2 · `reach` + 1 values, cut off at the ends.
void slidingExtreme(const float* from, float* to, int count, int stride, int reach, bool isLargest)
{
    std::deque<int> candidates; // their values fall (rise) from front to back
    const auto value = [&](int i) { return from[static_cast<std::ptrdiff_t>(i) * stride]; };
    for (int i = 0; i < count + reach; ++i) {
        if (i < count) {
            while (!candidates.empty() &&
                   (isLargest ? value(candidates.back()) <= value(i) : value(candidates.back()) >= value(i)))
                candidates.pop_back();
            candidates.push_back(i);
        }
        const int centre = i - reach;
        if (centre < 0)
            continue;
        while (candidates.front() < centre - reach)
            candidates.pop_front();
        to[static_cast<std::ptrdiff_t>(centre) * stride] = value(candidates.front());
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

/// Mean over 2 · `reach` + 1 pixels in both directions, cut off at the edges.
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

/// How much each pixel differs from the ground, 0 … 1, for ink that is darker than the ground.
Plane darkOnLight(const Plane& grey, Size size)
{
    const int side = std::max(size.width, size.height);
    const Plane calm = blurred(grey, size, side / 128);
    // Wider than any stroke, narrower than most shadows.
    const int reach = std::max(2, side / 6);
    const Plane closed = extreme(extreme(calm, size, reach, true), size, reach, false);
    const Plane ground = blurred(closed, size, std::max(1, reach / 4));
    Plane ink(grey.size());
    // Paper in the shade is darker, and so is the ink on it: what counts is the share of the light that is
    // lost.
    for (std::size_t i = 0; i < ink.size(); ++i)
        ink[i] = std::clamp((ground[i] - grey[i]) / std::max(ground[i], 32.0F), 0.0F, 1.0F);
    return ink;
}

struct TwoKinds {
    float threshold = 0;
    float lowMean = 0;
    float highMean = 0;
    float lowSpread = 0; ///< standard deviation
    double highShare = 0;
};

/// Otsu's: the two means as far from each other as the pixels allow.
TwoKinds splitByOtsu(const Plane& values)
{
    constexpr int kBins = 256;
    std::array<double, kBins> histogram{};
    for (const float value : values)
        histogram[static_cast<std::size_t>(std::min(kBins - 1, static_cast<int>(value * kBins)))] += 1;
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
    TwoKinds kinds;
    kinds.threshold = static_cast<float>(split) / kBins;
    double count = 0;
    double lowSum = 0;
    double lowSquares = 0;
    double highSum = 0;
    for (const float value : values) {
        if (value >= kinds.threshold) {
            highSum += static_cast<double>(value);
            continue;
        }
        count += 1;
        lowSum += static_cast<double>(value);
        lowSquares += static_cast<double>(value * value);
    }
    if (count == 0 || count == total)
        return {};
    kinds.lowMean = static_cast<float>(lowSum / count);
    kinds.lowSpread =
        static_cast<float>(std::sqrt(std::max(0.0, lowSquares / count - lowSum / count * lowSum / count)));
    kinds.highMean = static_cast<float>(highSum / (total - count));
    kinds.highShare = (total - count) / total;
    return kinds;
}

/// How far the two kinds stand apart, in the ground's own unrest: what tells ink from grain.
bool isInk(const TwoKinds& kinds)
{
    constexpr float kLeastContrast = 0.08F;
    constexpr float kLeastDistance = 4; // grain that Otsu cuts in two lies some three spreads apart
    const float distance = kinds.highMean - kinds.lowMean;
    return distance > kLeastContrast && distance > kLeastDistance * kinds.lowSpread && kinds.highShare < .6;
}

/// Removes what hangs together and has little ink beside what has most.
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

double thirdMoment(const Plane& grey)
{
    double sum = 0;
    for (const float value : grey)
        sum += static_cast<double>(value);
    const double mean = sum / static_cast<double>(grey.size());
    double cubes = 0;
    for (const float value : grey)
        cubes += std::pow(static_cast<double>(value) - mean, 3);
    return cubes;
}

} // namespace

InkImage inkOfPicture(int width, int height, std::span<const std::uint8_t> grey)
{
    if (width < 1 || height < 1 ||
        grey.size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height))
        return {};
    InkImage picture{width, height, std::vector<std::uint8_t>(grey.begin(), grey.end())};
    if (std::max(width, height) > kLargestSide) {
        const double scale = static_cast<double>(kLargestSide) / std::max(width, height);
        const auto scaled = [&](int side) {
            return std::max(1, static_cast<int>(std::lround(scale * side)));
        };
        picture = areaAverage(picture, {0, 0, width, height}, scaled(width), scaled(height));
    }
    const Size size{picture.width, picture.height};
    const Plane dark(picture.ink.begin(), picture.ink.end());
    Plane light(dark.size());
    std::transform(dark.begin(), dark.end(), light.begin(), [](float value) { return 255 - value; });

    const Plane asDark = darkOnLight(dark, size);
    const Plane asLight = darkOnLight(light, size);
    const TwoKinds darkKinds = splitByOtsu(asDark);
    const TwoKinds lightKinds = splitByOtsu(asLight);
    bool isDark = isInk(darkKinds);
    if (isDark && isInk(lightKinds)) {
        // Both the digit and the holes between its strokes stand out; the ink is what there is less of.
        isDark = thirdMoment(dark) < 0;
    } else if (!isDark && !isInk(lightKinds)) {
        return InkImage::blank(size.width, size.height);
    }
    const Plane& ink = isDark ? asDark : asLight;
    const TwoKinds& kinds = isDark ? darkKinds : lightKinds;

    const float none = std::min(kinds.lowMean + 3 * kinds.lowSpread, kinds.threshold);
    const float full = std::max(kinds.highMean, none + .01F);
    std::transform(ink.begin(), ink.end(), picture.ink.begin(), [&](float value) {
        return static_cast<std::uint8_t>(
            std::lround(255 * std::clamp((value - none) / (full - none), 0.0F, 1.0F)));
    });
    removeSpecks(picture);
    return picture;
}

} // namespace engine
