#include "engine/recognition/Strokes.h"

#include "support/Results.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

using engine::drawStrokes;
using engine::drawStrokesToSize;
using engine::InkImage;
using engine::Strokes;

namespace
{

/// In pixels.
double areaOf(const InkImage& image)
{
    return std::accumulate(image.ink.begin(), image.ink.end(), 0.0) / 255;
}

} // namespace

TEST(DrawStrokes, coversTheAreaOfRoundedLines)
{
    for (const float angle : {0.0F, .3F, .8F, 1.2F}) {
        const float dx = 60 * std::cos(angle);
        const float dy = 60 * std::sin(angle);
        const InkImage image = drawStrokes({{{15, 15}, {15 + dx, 15 + dy}}}, 100, 100, 9);
        EXPECT_NEAR(areaOf(image), 60 * 9 + std::numbers::pi * 4.5 * 4.5, 6) << angle;
    }
}

TEST(DrawStrokes, coversHalfOfAPixelThatTheEdgePassesThrough)
{
    const InkImage image = drawStrokes({{{2, 5}, {18, 5}}}, 20, 10, 3);
    EXPECT_EQ(image.at(10, 3), 128); // its middle is 1.5 away, where the pen's edge is
    EXPECT_EQ(image.at(10, 4), 255);
    EXPECT_EQ(image.at(10, 5), 255);
    EXPECT_EQ(image.at(10, 6), 128);
    EXPECT_EQ(image.at(10, 2), 0);
}

TEST(DrawStrokes, drawsAPointAsADot)
{
    EXPECT_NEAR(areaOf(drawStrokes({{{10, 10}}}, 20, 20, 8)), std::numbers::pi * 16, 1.5);
    EXPECT_NEAR(areaOf(drawStrokes({{{10, 10}, {10, 10}}}, 20, 20, 8)), std::numbers::pi * 16, 1.5);
}

TEST(DrawStrokes, leavesTheGapBetweenStrokes)
{
    const InkImage apart = drawStrokes({{{5, 5}, {5, 15}}, {{25, 5}, {25, 15}}}, 30, 20, 2);
    EXPECT_EQ(apart.at(15, 10), 0);
    const InkImage joined = drawStrokes({{{5, 10}, {5, 15}, {25, 5}, {25, 15}}}, 30, 20, 2);
    EXPECT_GT(joined.at(15, 10), 0);
}

TEST(DrawStrokes, followsTheWidthOfThePen)
{
    const InkImage image = drawStrokes({{{10, 10, 2}, {90, 10, 10}}}, 100, 20, 99);
    const auto widthAt = [&](int x) {
        double sum = 0;
        for (int y = 0; y < image.height; ++y)
            sum += image.at(x, y) / 255.0;
        return sum;
    };
    EXPECT_NEAR(widthAt(11), 2.1, .4);
    EXPECT_NEAR(widthAt(50), 6, .4);
    EXPECT_NEAR(widthAt(88), 9.8, .4);
}

TEST(DrawStrokes, drawsNothingOutsideAndNothingOfWhatIsNoNumber)
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float infinity = std::numeric_limits<float>::infinity();
    EXPECT_EQ(areaOf(drawStrokes({{{nan, 3}, {3, infinity}}, {}, {{-1e30F, 5}}}, 10, 10, 3)), 0);
    const InkImage cut = drawStrokes({{{-50, 5}, {1000, 5}}}, 10, 10, 4);
    EXPECT_EQ(cut.at(0, 5), 255);
    EXPECT_EQ(cut.at(9, 5), 255);
    EXPECT_EQ(cut.at(0, 0), 0);
}

TEST(DrawStrokesToSize, fillsTheSideWhateverTheScale)
{
    for (const float scale : {.001F, 1.0F, 1000.0F}) {
        for (const float offset : {-7.0F, 0.0F, 400.0F}) {
            const auto at = [&](float x, float y) {
                return engine::StrokePoint{(x + offset) * scale, (y + offset) * scale};
            };
            const auto image = drawStrokesToSize({{at(0, 0), at(10, 20), at(-3, 7)}}, 160, .125F);
            ASSERT_TRUE(test::succeeds(image));
            EXPECT_EQ(image->height, 162);
            EXPECT_EQ(image->width, 2 + 20 + 91); // 13/20 of 140
            const auto isInkInRow = [&](int y) {
                const auto row = image->ink.begin() + y * image->width;
                return std::any_of(row, row + image->width, [](std::uint8_t ink) { return ink > 127; });
            };
            EXPECT_FALSE(isInkInRow(0));
            EXPECT_TRUE(isInkInRow(1));
            EXPECT_TRUE(isInkInRow(160));
            EXPECT_FALSE(isInkInRow(161));
        }
    }
}

TEST(DrawStrokesToSize, drawsADotWhereAllPointsAreOne)
{
    const auto image = drawStrokesToSize({{{3, 3}, {3, 3}}}, 100, .2F);
    ASSERT_TRUE(test::succeeds(image));
    EXPECT_NEAR(areaOf(*image), std::numbers::pi * 100, 3);
}

TEST(DrawStrokesToSize, refusesStrokesWithoutAPoint)
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    for (const Strokes& strokes : {Strokes{}, Strokes{{}}, Strokes{{{nan, nan}}}})
        EXPECT_TRUE(
            test::failsWith(drawStrokesToSize(strokes, 160, .1F), engine::ErrorCode::BadValue, {"no ink"}));
}

TEST(DrawStrokesToSize, survivesTheLargestNumbers)
{
    const float largest = std::numeric_limits<float>::max();
    const auto image = drawStrokesToSize({{{-largest, -largest}, {largest, largest}}}, 160, .1F);
    ASSERT_TRUE(test::succeeds(image));
    EXPECT_EQ(image->width, 162);
    EXPECT_GT(image->at(81, 81), 200);
}
