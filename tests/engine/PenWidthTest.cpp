#include "engine/recognition/PenWidth.h"

#include "engine/recognition/Preprocessing.h"
#include "engine/recognition/Strokes.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

using engine::InkImage;
using engine::penWidthOf;
using engine::withEvenPen;

namespace
{

/// Angular, 100 pixels high between the middles of its lines.
InkImage drawnSeven(float penWidth)
{
    return engine::drawStrokes({{{40, 40}, {110, 42}, {70, 140}}}, 180, 180, penWidth);
}

engine::BoundingBox whole(const InkImage& image)
{
    return {0, 0, image.width, image.height};
}

} // namespace

TEST(PenWidth, isFoundWhateverItIs)
{
    for (const float width : {3.0F, 5.0F, 8.0F, 12.0F, 20.0F})
        EXPECT_NEAR(penWidthOf(drawnSeven(width)), width, .09 * width + .2) << width;
    EXPECT_EQ(penWidthOf(InkImage::blank(10, 10)), 0);
}

TEST(PenWidth, growsAndShrinksByWhatIsAsked)
{
    const InkImage image = drawnSeven(10);
    for (const double wider : {-6.0, -3.0, 2.0, 8.0}) {
        const InkImage changed = widened(image, wider);
        const InkImage drawn = drawnSeven(static_cast<float>(10 + wider));
        double difference = 0;
        for (std::size_t i = 0; i < drawn.ink.size(); ++i)
            difference += std::abs(changed.ink[i] - drawn.ink[i]);
        EXPECT_LT(difference / std::accumulate(drawn.ink.begin(), drawn.ink.end(), 0.0), .15) << wider;
    }
}

TEST(PenWidth, comesToMuchTheSameForEveryPen)
{
    const auto normalized = [](const InkImage& image) { return engine::preprocessInk(image).value().pixels; };
    const auto reference = normalized(drawnSeven(14));
    for (const float width : {1.5F, 4.0F, 9.0F, 14.0F, 22.0F, 30.0F}) {
        const InkImage image = drawnSeven(width);
        const auto box = engine::preprocessInk(image).value().box;
        const auto even = normalized(withEvenPen(image, box, .12F));
        double product = 0;
        double own = 0;
        double other = 0;
        for (std::size_t i = 0; i < even.size(); ++i) {
            product += double(even[i]) * reference[i];
            own += double(even[i]) * even[i];
            other += double(reference[i]) * reference[i];
        }
        EXPECT_GT(product / std::sqrt(own * other), .88) << width;
    }
}

TEST(PenWidth, leavesSmallPicturesAndFittingPensAlone)
{
    InkImage small = InkImage::blank(28, 28);
    for (int y = 4; y < 24; ++y)
        small.at(14, y) = 180;
    EXPECT_EQ(withEvenPen(small, whole(small), .11F), small);
    const InkImage fitting = drawnSeven(13);
    EXPECT_EQ(withEvenPen(fitting, whole(fitting), 13.0F / 180), fitting);
}

TEST(PenWidth, leavesABlotInPlace)
{
    InkImage blot = InkImage::blank(100, 80);
    std::fill(blot.ink.begin(), blot.ink.end(), std::uint8_t{255});
    const InkImage even = withEvenPen(blot, whole(blot), .02F);
    EXPECT_GT(*std::max_element(even.ink.begin(), even.ink.end()), 127);
    const InkImage nothing = InkImage::blank(100, 80);
    EXPECT_EQ(withEvenPen(nothing, whole(nothing), .1F), nothing);
}
