#include "engine/data/Dataset.h"

#include <gtest/gtest.h>

using engine::Dataset;

TEST(Dataset, countsItsClasses)
{
    const auto dataset = Dataset::create(1, 1, {0, 0, 0}, {2, 0, 2}, 3);
    ASSERT_TRUE(dataset);
    EXPECT_EQ(dataset->classCounts(), (std::vector<std::size_t>{1, 0, 2}));
}
