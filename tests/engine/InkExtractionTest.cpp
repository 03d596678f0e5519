#include "engine/recognition/InkExtraction.h"

#include "engine/data/SketchDigits.h"
#include "engine/recognition/Preprocessing.h"
#include "engine/recognition/Strokes.h"
#include "support/Results.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>

using engine::extractInk;
using engine::InkImage;
using engine::preprocessInk;

namespace
{

constexpr int kWidth = 320;
constexpr int kHeight = 240;

using Light = std::function<double(double x, double y)>; ///< of the ground, 0 … 255; x and y are 0 … 1

/// A five with its bar apart, in a part of the sheet.
InkImage drawnFive()
{
    return engine::drawStrokes(
        {{{130, 60}, {122, 110}, {160, 104}, {186, 130}, {176, 166}, {146, 180}, {112, 170}},
         {{133, 58}, {196, 56}}},
        kWidth, kHeight, 9);
}

/// `strength`: the share of the light that full ink takes (or, of light ink on a dark ground, adds).
std::vector<std::uint8_t> picture(const InkImage& ink, const Light& ground, double strength, double grain = 0,
                                  bool isLightInk = false)
{
    std::mt19937_64 random(9);
    std::vector<std::uint8_t> gray;
    for (int y = 0; y < ink.height; ++y) {
        for (int x = 0; x < ink.width; ++x) {
            const double light =
                ground(static_cast<double>(x) / ink.width, static_cast<double>(y) / ink.height);
            const double share = strength * ink.at(x, y) / 255;
            double noise = -6; // of twelve even numbers: about normal, with a spread of 1
            for (int i = 0; i < 12; ++i)
                noise += static_cast<double>(random() >> 11) * 0x1.0p-53;
            const double value = isLightInk ? light + share * (255 - light) : light * (1 - share);
            gray.push_back(
                static_cast<std::uint8_t>(std::clamp(std::lround(value + grain * noise), 0L, 255L)));
        }
    }
    return gray;
}

/// The mean difference of the normalized pixels, as a share of the ink.
double differenceAfterNormalization(const InkImage& found, const InkImage& expected)
{
    const auto a = preprocessInk(found);
    const auto b = preprocessInk(expected);
    EXPECT_TRUE(test::succeeds(a));
    EXPECT_TRUE(test::succeeds(b));
    if (!a || !b)
        return 1;
    double difference = 0;
    for (std::size_t i = 0; i < a->pixels.size(); ++i)
        difference += std::abs(a->pixels[i] - b->pixels[i]);
    return difference / std::accumulate(b->pixels.begin(), b->pixels.end(), 0.0);
}

/// The cosine of the angle between them: 1 where they differ in strength alone.
double likeness(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b)
{
    const auto product = [](std::span<const std::uint8_t> c, std::span<const std::uint8_t> d) {
        return std::inner_product(c.begin(), c.end(), d.begin(), 0.0);
    };
    return product(a, b) / std::sqrt(product(a, a) * product(b, b));
}

bool isBlank(const InkImage& image)
{
    return std::all_of(image.ink.begin(), image.ink.end(), [](std::uint8_t ink) { return ink == 0; });
}

const Light kPaper = [](double, double) { return 235.0; };
const Light kUneven = [](double x, double y) { return 225 - 90 * x - 60 * y; };
const Light kLamp = [](double x, double y) {
    return 90 + 140 * std::exp(-3 * (std::pow(x - .3, 2) + std::pow(y - .2, 2)));
};
const Light kShadow = [](double x, double y) {
    return x + .4 * y > .75 ? 110.0 : 215.0;
}; // its edge crosses the digit
const Light kScreen = [](double, double) { return 20.0; };

} // namespace

TEST(InkExtraction, findsDarkInkOnLight)
{
    const InkImage five = drawnFive();
    EXPECT_LT(differenceAfterNormalization(extractInk(kWidth, kHeight, picture(five, kPaper, .9)), five), .1);
    EXPECT_LT(differenceAfterNormalization(extractInk(kWidth, kHeight, picture(five, kPaper, .3)), five),
              .1); // pencil
}

TEST(InkExtraction, findsLightInkOnDark)
{
    const InkImage five = drawnFive();
    const auto chalk = picture(five, kScreen, .9, 2, true);
    EXPECT_LT(differenceAfterNormalization(extractInk(kWidth, kHeight, chalk), five), .1);
}

TEST(InkExtraction, findsInkUnderUnevenLight)
{
    const InkImage five = drawnFive();
    for (const Light& light : {kUneven, kLamp, kShadow}) {
        for (const double grain : {0.0, 4.0}) {
            const auto photo = picture(five, light, .6, grain);
            EXPECT_LT(differenceAfterNormalization(extractInk(kWidth, kHeight, photo), five), .15);
        }
    }
}

TEST(InkExtraction, makesLargePicturesSmaller)
{
    const InkImage five = drawnFive();
    const auto small = picture(five, kUneven, .6);
    std::vector<std::uint8_t> large;
    for (int y = 0; y < 8 * kHeight; ++y) {
        for (int x = 0; x < 8 * kWidth; ++x)
            large.push_back(small[static_cast<std::size_t>(y / 8 * kWidth + x / 8)]);
    }
    const InkImage ink = extractInk(8 * kWidth, 8 * kHeight, large);
    EXPECT_EQ(ink.width, 512);
    EXPECT_EQ(ink.height, 384);
    EXPECT_LT(differenceAfterNormalization(ink, five), .15);
}

TEST(InkExtraction, keepsTheShapeOfSmallSoftDigits)
{
    const auto digits = engine::makeSketchDigits({60, 1, 4}).train;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const auto image = digits.image(i);
        std::vector<std::uint8_t> negative;
        std::transform(image.begin(), image.end(), std::back_inserter(negative),
                       [](std::uint8_t value) { return static_cast<std::uint8_t>(255 - value); });
        EXPECT_GT(likeness(extractInk(28, 28, image).ink, image), .97) << i;
        EXPECT_GT(likeness(extractInk(28, 28, negative).ink, image), .97) << i;
    }
}

TEST(InkExtraction, leavesOutSpecksButNotStrokesThatStandApart)
{
    const InkImage five = drawnFive();
    InkImage dusty = five;
    for (const auto& [x, y] : {std::pair{20, 20}, {300, 30}, {40, 220}, {290, 200}})
        dusty.at(x, y) = dusty.at(x + 1, y) = 255;
    EXPECT_LT(differenceAfterNormalization(extractInk(kWidth, kHeight, picture(dusty, kPaper, .8)), five),
              .1);
}

TEST(InkExtraction, findsNothingOnBlankPaper)
{
    const InkImage nothing = InkImage::blank(kWidth, kHeight);
    for (const Light& light : {kPaper, kUneven, kLamp, kScreen}) {
        for (const double grain : {0.0, 2.0, 6.0})
            EXPECT_TRUE(isBlank(extractInk(kWidth, kHeight, picture(nothing, light, 0, grain)))) << grain;
    }
}

TEST(InkExtraction, survivesAnySize)
{
    std::mt19937_64 random(3);
    for (const auto& [width, height] :
         {std::pair{1, 1}, {1, 40}, {40, 1}, {2, 2}, {3, 700}, {5000, 2}, {28, 28}}) {
        std::vector<std::uint8_t> gray(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
        for (std::uint8_t& value : gray)
            value = static_cast<std::uint8_t>(random());
        const InkImage ink = extractInk(width, height, gray);
        EXPECT_EQ(ink.ink.size(), static_cast<std::size_t>(ink.width) * static_cast<std::size_t>(ink.height));
        EXPECT_LE(std::max(ink.width, ink.height), 512);
        EXPECT_GE(std::min(ink.width, ink.height), 1);
    }
    EXPECT_TRUE(extractInk(3, 3, std::vector<std::uint8_t>(8)).ink.empty());
    EXPECT_TRUE(extractInk(0, 0, {}).ink.empty());
}
