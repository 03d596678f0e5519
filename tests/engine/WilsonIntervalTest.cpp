#include "engine/evaluation/WilsonInterval.h"

#include "RecordedMetrics.h"

#include <gtest/gtest.h>

using engine::Interval;
using engine::wilsonInterval;

TEST(WilsonInterval, isThatOfScipy)
{
    const nlohmann::json record = test::recordedMetrics();
    ASSERT_GE(record.at("wilson").size(), 5U);
    for (const nlohmann::json& row : record.at("wilson")) {
        const Interval found = wilsonInterval(row[0], row[1]);
        EXPECT_NEAR(found.low, row[2].get<double>(), 1e-12) << row;
        EXPECT_NEAR(found.high, row[3].get<double>(), 1e-12) << row;
    }
}

TEST(WilsonInterval, ofNothingSeenIsEverything)
{
    EXPECT_EQ(wilsonInterval(0, 0), (Interval{0, 1}));
}

TEST(WilsonInterval, reachesTheEndsExactlyAndHoldsTheShare)
{
    for (const std::size_t trials : {1U, 7U, 10'000U, 60'000U}) {
        EXPECT_EQ(wilsonInterval(0, trials).low, 0);
        EXPECT_EQ(wilsonInterval(trials, trials).high, 1);
        for (const std::size_t right : {std::size_t{0}, trials / 3, trials}) {
            const Interval found = wilsonInterval(right, trials);
            const double share = static_cast<double>(right) / static_cast<double>(trials);
            EXPECT_LT(found.low, found.high);
            EXPECT_GE(found.low, 0);
            EXPECT_LE(found.high, 1);
            EXPECT_TRUE(found.low <= share && share <= found.high) << right << " of " << trials;
        }
    }
}

TEST(WilsonInterval, mirrorsRightAndWrong)
{
    const Interval few = wilsonInterval(3, 40);
    const Interval many = wilsonInterval(37, 40);
    EXPECT_NEAR(few.low, 1 - many.high, 1e-15);
    EXPECT_NEAR(few.high, 1 - many.low, 1e-15);
}
