#include "engine/data/AffineAugmentation.h"

#include "engine/data/SketchDigits.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

using engine::AffineMap;
using engine::applyAffineMap;
using engine::drawAffineMap;

namespace
{

const engine::AffineRanges kRanges = rangesOf(engine::Augmentation::Affine);

std::vector<float> mapped(const AffineMap& map, std::span<const std::uint8_t> source, int height, int width)
{
    std::vector<float> target(source.size());
    applyAffineMap(map, source, height, width, target);
    return target;
}

} // namespace

TEST(AffineMap, leavesAnImageAloneWhereItIsTheIdentity)
{
    const auto digits = engine::makeSketchDigits({3, 1, 42}).train;
    const auto image = digits.image(1);
    const auto target = mapped({}, image, 28, 28);
    for (std::size_t i = 0; i < image.size(); ++i)
        EXPECT_FLOAT_EQ(target[i], static_cast<float>(image[i]) / 255.0F);
}

TEST(AffineMap, shiftsAndInterpolates)
{
    const std::vector<std::uint8_t> image = {0, 0, 0, 0, 255, 0, 0, 0, 0}; // 3 × 3, a dot in the middle
    const auto right = mapped({1, 0, -1, 0, 1, 0}, image, 3, 3);           // from one to the left
    EXPECT_FLOAT_EQ(right[5], 1);
    EXPECT_FLOAT_EQ(right[4], 0);
    const auto half = mapped({1, 0, 0, 0, 1, .5}, image, 3, 3);
    EXPECT_FLOAT_EQ(half[1], .5F);
    EXPECT_FLOAT_EQ(half[4], .5F);
    const auto turned =
        mapped({0, 1, 0, -1, 0, 0}, std::vector<std::uint8_t>{255, 0, 0, 0, 0, 0, 0, 0, 0}, 3, 3);
    EXPECT_FLOAT_EQ(turned[2], 1) << "a quarter turn takes the first corner to the next";
}

TEST(AffineMap, isDrawnWithinItsBoundsAndReachesThem)
{
    double largestShift = 0;
    double largestAngle = 0;
    double smallestArea = 10;
    double largestArea = 0;
    for (std::uint64_t seed = 0; seed < 5000; ++seed) {
        const AffineMap map = drawAffineMap(kRanges, seed, 28, 28);
        largestShift = std::max({largestShift, std::abs(map.dx), std::abs(map.dy)});
        largestAngle = std::max(largestAngle, std::abs(std::atan2(-map.yx, map.xx)));
        const double area = 1 / (map.xx * map.yy - map.xy * map.yx);
        smallestArea = std::min(smallestArea, area);
        largestArea = std::max(largestArea, area);
    }
    const double degree = std::acos(-1) / 180;
    EXPECT_LE(largestShift, 2.8);
    EXPECT_GT(largestShift, 2.7);
    EXPECT_LE(largestAngle, 14 * degree + 1e-9);
    EXPECT_GT(largestAngle, 13.8 * degree);
    EXPECT_GE(smallestArea, .85 * .85 - 1e-9);
    EXPECT_LE(largestArea, 1.15 * 1.15 + 1e-9);
    EXPECT_GT(largestArea - smallestArea, .55);
}

TEST(AffineMap, leansMoreAndTurnsLessForHandwriting)
{
    const engine::AffineRanges hands = rangesOf(engine::Augmentation::Handwriting);
    double largestLean = 0;
    double largestAngle = 0;
    for (std::uint64_t seed = 0; seed < 5000; ++seed) {
        const AffineMap map = drawAffineMap(hands, seed, 28, 28);
        largestAngle = std::max(largestAngle, std::abs(std::atan2(-map.yx, map.xx)));
        largestLean = std::max(largestLean, std::abs((map.xy + map.yx) / map.xx));
    }
    EXPECT_NEAR(largestAngle, 4 * std::acos(-1) / 180, .001);
    EXPECT_NEAR(largestLean, .3, .02);
}

TEST(AffineMap, movesNothingWithoutAugmentation)
{
    const AffineMap map = drawAffineMap(rangesOf(engine::Augmentation::None), 5, 28, 28);
    EXPECT_EQ(map.xx, 1);
    EXPECT_EQ(map.yy, 1);
    EXPECT_EQ(map.xy, 0);
    EXPECT_EQ(map.yx, 0);
    EXPECT_EQ(map.dx, 0);
    EXPECT_EQ(map.dy, 0);
}

TEST(AffineMap, dependsOnItsSeedAlone)
{
    EXPECT_EQ(drawAffineMap(kRanges, 3, 28, 28).xy, drawAffineMap(kRanges, 3, 28, 28).xy);
    EXPECT_NE(drawAffineMap(kRanges, 3, 28, 28).xy, drawAffineMap(kRanges, 4, 28, 28).xy);
}

TEST(AffineMap, keepsMostOfTheInk)
{
    const auto digits = engine::makeSketchDigits({200, 1, 42}).train;
    double before = 0;
    double after = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const auto image = digits.image(i);
        before += std::accumulate(image.begin(), image.end(), 0.0) / 255;
        const auto target = mapped(drawAffineMap(kRanges, i, 28, 28), image, 28, 28);
        after += std::accumulate(target.begin(), target.end(), 0.0);
    }
    EXPECT_NEAR(after / before, 1, .08);
}
