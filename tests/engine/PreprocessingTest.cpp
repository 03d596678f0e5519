#include "engine/recognition/Preprocessing.h"

#include "engine/data/SketchDigits.h"
#include "support/Files.h"
#include "support/Results.h"

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

using engine::areaAverage;
using engine::BoundingBox;
using engine::InkImage;
using engine::PreprocessedDigit;
using engine::preprocessInk;

namespace
{

constexpr int kSide = engine::kImageSide;

/// Rounding halves may go either way, and nothing else may differ.
int countDifferences(const std::vector<std::uint8_t>& found, const std::vector<int>& expected)
{
    EXPECT_EQ(found.size(), expected.size());
    int count = 0;
    for (std::size_t i = 0; i < std::min(found.size(), expected.size()); ++i) {
        EXPECT_LE(std::abs(found[i] - expected[i]), 1) << "pixel " << i;
        count += found[i] == expected[i] ? 0 : 1;
    }
    return count;
}

} // namespace

TEST(Preprocessing, agreesWithNumpyOnEveryStep)
{
    const auto record = nlohmann::json::parse(
        test::readFile(std::filesystem::path(FIXTURES_FOLDER) / "recognition" / "recognition.json"));
    ASSERT_GE(record.at("cases").size(), 9u);
    for (const nlohmann::json& expected : record.at("cases")) {
        SCOPED_TRACE(expected.at("name").get<std::string>());
        const auto found =
            preprocessInk(InkImage{expected.at("width"), expected.at("height"), expected.at("ink")});
        ASSERT_TRUE(test::succeeds(found));
        const std::vector<int> box = expected.at("box");
        EXPECT_EQ(found->box, (BoundingBox{box[0], box[1], box[2], box[3]}));
        EXPECT_EQ((std::vector{found->scaled.width, found->scaled.height}),
                  expected.at("scaled_size").get<std::vector<int>>());
        EXPECT_LE(countDifferences(found->scaled.ink, expected.at("scaled")), 1);
        EXPECT_NEAR(found->massX, expected.at("mass")[0].get<double>(), 1e-3);
        EXPECT_NEAR(found->massY, expected.at("mass")[1].get<double>(), 1e-3);
        EXPECT_EQ((std::vector{found->left, found->top}), expected.at("place").get<std::vector<int>>());
        EXPECT_LE(countDifferences(found->pixels, expected.at("pixels")), 1);
    }
}

TEST(Preprocessing, refusesWhatHasNoInk)
{
    EXPECT_TRUE(
        test::failsWith(preprocessInk(InkImage::blank(30, 20)), engine::ErrorCode::BadValue, {"no ink"}));
    InkImage faint = InkImage::blank(30, 20);
    faint.at(4, 5) = engine::kFaintestInk - 1;
    EXPECT_TRUE(test::failsWith(preprocessInk(faint), engine::ErrorCode::BadValue, {"no ink"}));
    faint.at(4, 5) = engine::kFaintestInk;
    EXPECT_TRUE(test::succeeds(preprocessInk(faint)));
}

TEST(Preprocessing, refusesSizesThatAreNotThePixels)
{
    EXPECT_TRUE(test::failsWith(preprocessInk({}), engine::ErrorCode::BadValue, {"Width", "found 0"}));
    EXPECT_TRUE(
        test::failsWith(preprocessInk({3, -1, {}}), engine::ErrorCode::BadValue, {"Height", "found -1"}));
    EXPECT_TRUE(test::failsWith(preprocessInk({3, 3, std::vector<std::uint8_t>(8, 255)}),
                                engine::ErrorCode::BadValue, {"9 pixels", "found 8"}));
    EXPECT_TRUE(test::failsWith(preprocessInk({100000, 1, std::vector<std::uint8_t>(100000, 255)}),
                                engine::ErrorCode::BadValue, {"Width"}));
}

TEST(Preprocessing, doesNotMindPlaceAndScale)
{
    InkImage small = InkImage::blank(60, 60);
    for (int i = 0; i < 20; ++i) {
        for (int thick = 0; thick < 3; ++thick)
            small.at(12 + i * 3 / 4, 30 + i + thick) = 255;
    }
    InkImage large = InkImage::blank(300, 280);
    for (int y = 0; y < 240; ++y) {
        for (int x = 0; x < 240; ++x)
            large.at(x + 35, y + 21) = small.at(x / 4, y / 4);
    }
    const auto fromSmall = preprocessInk(small);
    const auto fromLarge = preprocessInk(large);
    ASSERT_TRUE(fromSmall && fromLarge);
    EXPECT_NE(fromSmall->box, fromLarge->box);
    EXPECT_EQ(fromSmall->pixels, fromLarge->pixels);
}

TEST(Preprocessing, putsTheCenterOfMassIntoTheMiddle)
{
    const auto digits = engine::makeSketchDigits({40, 1, 3}).train;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const auto image = digits.image(i);
        const auto normal = preprocessInk({kSide, kSide, {image.begin(), image.end()}});
        ASSERT_TRUE(test::succeeds(normal));
        double sum = 0;
        double x = 0;
        double y = 0;
        for (int p = 0; p < kSide * kSide; ++p) {
            const double ink = normal->pixels[static_cast<std::size_t>(p)];
            sum += ink;
            x += ink * (p % kSide + .5);
            y += ink * (p / kSide + .5);
        }
        EXPECT_NEAR(x / sum, 14, .51);
        EXPECT_NEAR(y / sum, 14, .51);
        EXPECT_EQ(std::max(normal->scaled.width, normal->scaled.height), engine::kDigitSide);
    }
}

TEST(AreaAverage, keepsTheMeanOfWhatItCovers)
{
    InkImage image = InkImage::blank(7, 5);
    for (std::size_t i = 0; i < image.ink.size(); ++i)
        image.ink[i] = static_cast<std::uint8_t>(i * 7);
    EXPECT_EQ(areaAverage(image, {0, 0, 7, 5}, 7, 5), image);
    EXPECT_EQ(areaAverage(image, {2, 1, 1, 1}, 1, 1).ink, std::vector<std::uint8_t>{63});
    EXPECT_EQ(areaAverage(image, {0, 0, 7, 5}, 1, 1).ink,
              std::vector<std::uint8_t>{119}); // of 0 … 34, times 7
    // Two and a half columns each: (0 + 7 + 14/2) / 2.5 and (14/2 + 21 + 28) / 2.5.
    EXPECT_EQ(areaAverage(image, {0, 0, 5, 1}, 2, 1).ink, (std::vector<std::uint8_t>{6, 22}));
}
