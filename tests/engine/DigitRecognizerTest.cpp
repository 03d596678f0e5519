#include "engine/recognition/DigitRecognizer.h"

#include "Models.h"
#include "support/Results.h"

#include <algorithm>
#include <numeric>

using engine::DigitRecognizer;
using engine::InkImage;
using engine::Strokes;

namespace
{

const Strokes kSeven = {{{40, 40}, {110, 42}, {70, 140}}};

DigitRecognizer classifierOf(engine::RecognitionOptions options = {})
{
    auto classifier = DigitRecognizer::create(test::randomModel(test::tinyVggSpec()), options);
    EXPECT_TRUE(test::succeeds(classifier));
    return std::move(*classifier);
}

} // namespace

TEST(DigitRecognizer, givesProbabilitiesAndWhatWasSeen)
{
    DigitRecognizer classifier = classifierOf();
    const auto reading = classifier.read(kSeven);
    ASSERT_TRUE(test::succeeds(reading));
    EXPECT_EQ(reading->seen.pixels.size(), 784u);
    EXPECT_EQ(reading->seen.scaled.height, 20);
    const auto& probabilities = reading->classification.probabilities;
    ASSERT_EQ(probabilities.size(), 10u);
    EXPECT_NEAR(std::accumulate(probabilities.begin(), probabilities.end(), 0.0), 1, 1e-5);
    EXPECT_EQ(std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin(),
              reading->classification.prediction);
}

TEST(DigitRecognizer, givesTheMeanOverNineShifts)
{
    DigitRecognizer averaged = classifierOf();
    DigitRecognizer plain = classifierOf({.isAveraged = false});
    const auto reading = averaged.read(kSeven);
    ASSERT_TRUE(test::succeeds(reading));
    std::vector<double> sum(10);
    for (int down = -1; down <= 1; ++down) {
        for (int right = -1; right <= 1; ++right) {
            std::vector<std::uint8_t> shifted(784);
            for (int y = 1; y < 27; ++y) {
                for (int x = 1; x < 27; ++x)
                    shifted[static_cast<std::size_t>((y + down) * 28 + x + right)] =
                        reading->seen.pixels[static_cast<std::size_t>(y * 28 + x)];
            }
            const auto one = plain.recognizePreprocessed(shifted);
            ASSERT_TRUE(test::succeeds(one));
            for (std::size_t c = 0; c < 10; ++c)
                sum[c] += static_cast<double>(one->probabilities[c]) / 9;
        }
    }
    for (std::size_t c = 0; c < 10; ++c)
        EXPECT_NEAR(reading->classification.probabilities[c], sum[c], 1e-6);
}

TEST(DigitRecognizer, doesNotMindPlaceScaleAndPenOfStrokes)
{
    DigitRecognizer classifier = classifierOf();
    Strokes elsewhere = kSeven;
    for (auto& point : elsewhere.front())
        point = {point.x * 3 - 50, point.y * 3 + 7, 21};
    const auto here = classifier.read(kSeven);
    const auto there = classifier.read(elsewhere);
    ASSERT_TRUE(here && there);
    EXPECT_EQ(here->seen.pixels, there->seen.pixels);
}

TEST(DigitRecognizer, reportsWhereTheInkOfAPictureIs)
{
    DigitRecognizer classifier = classifierOf();
    const InkImage thick = drawStrokes(kSeven, 180, 180, 30);
    const auto reading = classifier.read(thick);
    ASSERT_TRUE(test::succeeds(reading));
    EXPECT_EQ(reading->seen.box, engine::preprocessInk(thick)->box);
    EXPECT_NE(reading->seen.pixels, engine::preprocessInk(thick)->pixels)
        << "made as a thinner pen leaves it";
}

TEST(DigitRecognizer, refusesWhatItCannotRead)
{
    DigitRecognizer classifier = classifierOf();
    using engine::ErrorCode;
    EXPECT_TRUE(test::failsWith(classifier.read(InkImage::blank(20, 20)), ErrorCode::BadValue, {"no ink"}));
    EXPECT_TRUE(test::failsWith(classifier.read(Strokes{}), ErrorCode::BadValue, {"no ink"}));
    EXPECT_TRUE(test::failsWith(classifier.recognizePreprocessed(std::vector<std::uint8_t>(783)),
                                ErrorCode::BadValue, {"28 × 28", "783"}));
    engine::NetworkSpec spec = test::tinyVggSpec(32, 28);
    EXPECT_TRUE(
        test::failsWith(DigitRecognizer::create({spec, {}}), ErrorCode::BadValue, {"28 × 28", "32 × 28"}));
    spec = engine::tinyVgg({3, 28, 28}, 10);
    EXPECT_TRUE(
        test::failsWith(DigitRecognizer::create({spec, {}}), ErrorCode::BadValue, {"gray", "3 × 28 × 28"}));
}
