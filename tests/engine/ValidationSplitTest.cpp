#include "engine/data/ValidationSplit.h"

#include "engine/data/SketchDigits.h"

#include <algorithm>
#include <gtest/gtest.h>

using engine::splitForValidation;

TEST(ValidationSplit, takesTheShareOfEveryClassAndEveryImageOnce)
{
    const engine::Dataset digits = engine::makeSketchDigits({1003, 1, 42}).train;
    const auto split = splitForValidation(digits, .1, 5);
    std::vector<std::uint32_t> all = split.train;
    all.insert(all.end(), split.validation.begin(), split.validation.end());
    std::ranges::sort(all);
    ASSERT_EQ(all.size(), 1003U);
    for (std::uint32_t i = 0; i < 1003; ++i)
        EXPECT_EQ(all[i], i);
    EXPECT_TRUE(std::ranges::is_sorted(split.validation));
    std::vector<int> counts(10);
    for (const std::uint32_t image : split.validation)
        ++counts[digits.label(image)];
    EXPECT_EQ(std::ranges::count(counts, 10), 10);
}

TEST(ValidationSplit, dependsOnItsSeedAlone)
{
    const engine::Dataset digits = engine::makeSketchDigits({500, 1, 42}).train;
    EXPECT_EQ(splitForValidation(digits, .2, 5).validation, splitForValidation(digits, .2, 5).validation);
    EXPECT_NE(splitForValidation(digits, .2, 5).validation, splitForValidation(digits, .2, 6).validation);
}

TEST(ValidationSplit, mayBeEmpty)
{
    const engine::Dataset digits = engine::makeSketchDigits({50, 1, 42}).train;
    const auto split = splitForValidation(digits, 0, 5);
    EXPECT_EQ(split.train.size(), 50U);
    EXPECT_TRUE(split.validation.empty());
}
