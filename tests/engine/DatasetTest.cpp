#include "engine/data/Dataset.h"

#include "support/Results.h"

#include <algorithm>

using engine::Dataset;
using engine::ErrorCode;
using test::failsWith;

namespace
{

/// Four images of 2 × 3 pixels with the pixels 0 … 23.
Dataset fourImages()
{
    std::vector<std::uint8_t> pixels(24);
    for (std::size_t i = 0; i < pixels.size(); ++i)
        pixels[i] = static_cast<std::uint8_t>(i);
    return Dataset::create(2, 3, pixels, {2, 0, 2, 1}, 3).value();
}

} // namespace

TEST(Dataset, countsItsClasses)
{
    const auto dataset = Dataset::create(1, 1, {0, 0, 0}, {2, 0, 2}, 3);
    ASSERT_TRUE(dataset);
    EXPECT_EQ(dataset->classCounts(), (std::vector<std::size_t>{1, 0, 2}));
}

TEST(Dataset, returnsWhatItWasMadeOf)
{
    const Dataset dataset = fourImages();
    EXPECT_EQ(dataset.size(), 4U);
    EXPECT_FALSE(dataset.isEmpty());
    EXPECT_EQ(dataset.height(), 2);
    EXPECT_EQ(dataset.width(), 3);
    EXPECT_EQ(dataset.classCount(), 3);
    EXPECT_EQ(dataset.label(3), 1);
    EXPECT_TRUE(std::ranges::equal(dataset.labels(), std::vector<std::uint8_t>{2, 0, 2, 1}));
    EXPECT_TRUE(std::ranges::equal(dataset.image(2), std::vector<std::uint8_t>{12, 13, 14, 15, 16, 17}));
    EXPECT_EQ(dataset.pixels().size(), 24U);
    EXPECT_EQ(dataset.pixels().back(), 23);
}

TEST(Dataset, isEmptyByDefault)
{
    const Dataset dataset;
    EXPECT_TRUE(dataset.isEmpty());
    EXPECT_EQ(dataset.size(), 0U);
    EXPECT_EQ(dataset.height(), 28);
    EXPECT_EQ(dataset.width(), 28);
    EXPECT_EQ(dataset.classCount(), 10);
    EXPECT_TRUE(dataset.pixels().empty());
    EXPECT_EQ(dataset.classCounts(), std::vector<std::size_t>(10));
    EXPECT_TRUE(dataset.first(5).isEmpty());
}

TEST(Dataset, mayHaveNoImages)
{
    const auto dataset = Dataset::create(3, 3, {}, {}, 2);
    ASSERT_TRUE(test::succeeds(dataset));
    EXPECT_TRUE(dataset->isEmpty());
}

TEST(Dataset, sharesItsMemoryWithCopies)
{
    const Dataset dataset = fourImages();
    const Dataset copy = dataset; // NOLINT: the copy is what is tested
    EXPECT_EQ(copy.pixels().data(), dataset.pixels().data());
    EXPECT_EQ(dataset.first(2).pixels().data(), dataset.pixels().data());
    EXPECT_EQ(dataset.first(2).labels().data(), dataset.labels().data());
}

TEST(Dataset, keepsItsMemoryForCopiesThatOutliveIt)
{
    Dataset first;
    {
        const Dataset dataset = fourImages();
        first = dataset.first(3);
    }
    EXPECT_EQ(first.image(2)[5], 17);
}

TEST(Dataset, firstShowsOnlySoMany)
{
    const Dataset dataset = fourImages().first(2);
    EXPECT_EQ(dataset.size(), 2U);
    EXPECT_EQ(dataset.labels().size(), 2U);
    EXPECT_EQ(dataset.pixels().size(), 12U);
    EXPECT_EQ(dataset.classCounts(), (std::vector<std::size_t>{1, 0, 1}));
    EXPECT_EQ(dataset.classCount(), 3);
    EXPECT_EQ(dataset.first(1).size(), 1U);
}

TEST(Dataset, firstOfMoreThanThereAreIsAll)
{
    EXPECT_EQ(fourImages().first(4).size(), 4U);
    EXPECT_EQ(fourImages().first(5).size(), 4U);
    EXPECT_EQ(fourImages().first(2).first(3).size(), 2U);
    EXPECT_TRUE(fourImages().first(0).isEmpty());
}

TEST(Dataset, rejectsTooFewOrTooManyPixels)
{
    EXPECT_TRUE(failsWith(Dataset::create(2, 2, std::vector<std::uint8_t>(7), {0, 0}, 2),
                          ErrorCode::BadFormat, {"2 × 2 pixels", "2 labels", "found 7"}));
    EXPECT_TRUE(failsWith(Dataset::create(2, 2, std::vector<std::uint8_t>(9), {0, 0}, 2),
                          ErrorCode::BadFormat, {"found 9"}));
    EXPECT_TRUE(failsWith(Dataset::create(2, 2, std::vector<std::uint8_t>(4), {}, 2), ErrorCode::BadFormat,
                          {"found 4"}));
}

TEST(Dataset, rejectsLabelsThatAreNoClass)
{
    EXPECT_TRUE(failsWith(Dataset::create(1, 1, {0, 0, 0}, {0, 3, 1}, 3), ErrorCode::BadFormat,
                          {"from 0 to 2", "found 3 at index 1"}));
    EXPECT_TRUE(test::succeeds(Dataset::create(1, 1, {0}, {255}, 256)));
}

TEST(Dataset, rejectsSidesAndClassesOutOfRange)
{
    for (const auto& [height, width, classes] :
         {std::tuple{0, 1, 2}, std::tuple{1, -1, 2}, std::tuple{1, 1, 0}, std::tuple{1, 1, 257}})
        EXPECT_TRUE(failsWith(Dataset::create(height, width, {}, {}, classes), ErrorCode::BadFormat,
                              {"1 to 256 classes", "found"}));
}

TEST(Dataset, rejectsSidesWhoseProductOverflows)
{
    // 16 · 2^30 · 2^30 is 2^64, which 64 bits hold as 0.
    constexpr int kSide = 1 << 30;
    EXPECT_TRUE(failsWith(Dataset::create(kSide, kSide, {}, std::vector<std::uint8_t>(16), 2),
                          ErrorCode::BadFormat, {"found 0"}));
}
