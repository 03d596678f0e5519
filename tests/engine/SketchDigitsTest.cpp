#include "engine/data/SketchDigits.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>
#include <set>
#include <zlib.h>

using engine::Dataset;
using engine::DatasetSplits;
using engine::makeSketchDigits;

namespace
{

unsigned long checksum(std::span<const std::uint8_t> bytes)
{
    return crc32_z(0, bytes.data(), bytes.size());
}

} // namespace

TEST(SketchDigits, areTheSameOnEveryMachine)
{
    // Whoever changes how the digits are drawn puts the new sums here.
    const DatasetSplits digits = makeSketchDigits({500, 100, 42});
    EXPECT_EQ(checksum(digits.train.pixels()), 2795355740U);
    EXPECT_EQ(checksum(digits.train.labels()), 1848881698U);
    EXPECT_EQ(checksum(digits.test.pixels()), 3043310604U);
    EXPECT_EQ(checksum(digits.test.labels()), 4108183347U);
}

TEST(SketchDigits, changeWithTheSeed)
{
    const DatasetSplits a = makeSketchDigits({50, 20, 1});
    const DatasetSplits b = makeSketchDigits({50, 20, 2});
    const DatasetSplits zero = makeSketchDigits({50, 20, 0});
    EXPECT_NE(checksum(a.train.pixels()), checksum(b.train.pixels()));
    EXPECT_NE(checksum(a.train.labels()), checksum(b.train.labels()));
    EXPECT_NE(checksum(a.test.pixels()), checksum(zero.test.pixels()));
}

TEST(SketchDigits, describeThemselves)
{
    const DatasetSplits digits = makeSketchDigits({20, 10, 42});
    EXPECT_EQ(digits.id, "sketch-digits");
    EXPECT_FALSE(digits.title.empty());
    EXPECT_EQ(digits.classNames,
              (std::vector<std::string>{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}));
    for (const Dataset& split : {digits.train, digits.test}) {
        EXPECT_EQ(split.height(), 28);
        EXPECT_EQ(split.width(), 28);
        EXPECT_EQ(split.classCount(), 10);
    }
    EXPECT_EQ(digits.train.size(), 20U);
    EXPECT_EQ(digits.test.size(), 10U);
}

TEST(SketchDigits, haveNearlyEqualClassesInMixedOrder)
{
    const DatasetSplits digits = makeSketchDigits({1003, 507, 42});
    for (const Dataset& split : {digits.train, digits.test}) {
        const auto counts = split.classCounts();
        const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
        EXPECT_LE(*most - *least, 1U);
        EXPECT_FALSE(std::ranges::is_sorted(split.labels()));
        // Every class appears early on: a run on the first images alone sees them all.
        EXPECT_EQ(std::ranges::count(split.first(200).classCounts(), 0U), 0);
    }
}

TEST(SketchDigits, shareNoDrawingBetweenOrWithinTheSplits)
{
    const DatasetSplits digits = makeSketchDigits({3000, 1000, 42});
    std::set<std::string> seen;
    for (const Dataset& split : {digits.train, digits.test}) {
        for (std::size_t i = 0; i < split.size(); ++i)
            EXPECT_TRUE(seen.emplace(split.image(i).begin(), split.image(i).end()).second) << "image " << i;
    }
    EXPECT_EQ(seen.size(), 4000U);
}

TEST(SketchDigits, haveAsMuchInkAsHandwriting)
{
    const DatasetSplits digits = makeSketchDigits({1000, 10, 42});
    double sum = 0;
    for (std::size_t i = 0; i < digits.train.size(); ++i) {
        const auto image = digits.train.image(i);
        const double ink = std::accumulate(image.begin(), image.end(), 0.0) / 255 / 784;
        EXPECT_GT(ink, .02) << "image " << i;
        EXPECT_LT(ink, .45) << "image " << i;
        EXPECT_GT(*std::ranges::max_element(image), 128) << "image " << i;
        EXPECT_EQ(*std::ranges::min_element(image), 0) << "image " << i;
        sum += ink;
    }
    // MNIST's mean is 0.1307.
    EXPECT_NEAR(sum / 1000, .13, .04);
}

TEST(SketchDigits, lieWithinTheImage)
{
    // Ink at the very border would be a digit cut off; a little of it is allowed.
    const DatasetSplits digits = makeSketchDigits({1000, 10, 42});
    int touching = 0;
    for (std::size_t i = 0; i < digits.train.size(); ++i) {
        const auto image = digits.train.image(i);
        bool isTouching = false;
        for (std::size_t k = 0; k < 28; ++k)
            isTouching |=
                image[k] > 128 || image[27 * 28 + k] > 128 || image[k * 28] > 128 || image[k * 28 + 27] > 128;
        touching += isTouching ? 1 : 0;
    }
    EXPECT_LT(touching, 150);
}

TEST(SketchDigits, mayBeNone)
{
    const DatasetSplits digits = makeSketchDigits({0, 0, 42});
    EXPECT_TRUE(digits.train.isEmpty());
    EXPECT_TRUE(digits.test.isEmpty());
}
