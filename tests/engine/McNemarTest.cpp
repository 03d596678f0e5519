#include "engine/evaluation/McNemar.h"

#include "RecordedMetrics.h"

#include <cmath>
#include <gtest/gtest.h>

using engine::compareRuns;
using engine::McNemar;
using engine::mcNemarPValue;

namespace
{

using Classes = std::vector<std::uint8_t>;

} // namespace

TEST(McNemar, hasThePValuesOfScipy)
{
    const nlohmann::json record = test::recordedMetrics();
    ASSERT_GE(record.at("mcnemar_p").size(), 5U);
    for (const nlohmann::json& row : record.at("mcnemar_p")) {
        const double expected = row[2];
        EXPECT_NEAR(mcNemarPValue(row[0], row[1]), expected, 1e-9 * expected) << row;
    }
}

TEST(McNemar, countsAndListsWhatTheRecordedRunsDifferIn)
{
    const nlohmann::json record = test::recordedMetrics();
    const nlohmann::json& expected = record.at("mcnemar");
    const Classes labels = record.at("labels");
    const McNemar found = compareRuns(test::recordedRun(record, "first").predictions,
                                      test::recordedRun(record, "second").predictions, labels);
    EXPECT_EQ(found.bothRight, expected.at("both_right").get<std::size_t>());
    EXPECT_EQ(found.bothWrong, expected.at("both_wrong").get<std::size_t>());
    EXPECT_EQ(found.onlyFirst, expected.at("only_first").get<std::vector<std::uint32_t>>());
    EXPECT_EQ(found.onlySecond, expected.at("only_second").get<std::vector<std::uint32_t>>());
    EXPECT_NEAR(found.pValue, expected.at("p").get<double>(), 1e-12);
    EXPECT_LT(found.pValue, 1);
}

TEST(McNemar, isComputedByHand)
{
    // One of five: 2 · (1 + 5) / 32.
    EXPECT_DOUBLE_EQ(mcNemarPValue(1, 4), 12.0 / 32);
    EXPECT_DOUBLE_EQ(mcNemarPValue(4, 1), 12.0 / 32);
    EXPECT_DOUBLE_EQ(mcNemarPValue(0, 10), 2.0 / 1024);
    // Twice the half that has the middle in it is above one.
    EXPECT_EQ(mcNemarPValue(1, 1), 1);
    EXPECT_EQ(mcNemarPValue(0, 1), 1);
}

TEST(McNemar, staysANumberForAnyCounts)
{
    EXPECT_EQ(mcNemarPValue(0, 0), 1);
    EXPECT_EQ(mcNemarPValue(0, 60'000), 0);
    EXPECT_EQ(mcNemarPValue(100, std::size_t{1} << 40), 0);
    EXPECT_EQ(mcNemarPValue(5'000'000, 5'000'000), 1);
    // What the normal distribution with continuity correction says of such counts.
    EXPECT_NEAR(mcNemarPValue(5'000'000, 5'003'000), std::erfc(2999 / std::sqrt(2 * 10'003'000.0)), 1e-6);
}

TEST(McNemar, distinguishesTheFourCases)
{
    const McNemar found = compareRuns(Classes{0, 1, 1, 2, 2}, Classes{0, 0, 1, 1, 0}, Classes{0, 1, 0, 1, 2});
    EXPECT_EQ(found.bothRight, 1U);
    EXPECT_EQ(found.bothWrong, 1U);
    EXPECT_EQ(found.onlyFirst, (std::vector<std::uint32_t>{1, 4}));
    EXPECT_EQ(found.onlySecond, (std::vector<std::uint32_t>{3}));
    EXPECT_EQ(found.pValue, 1);
}

TEST(McNemar, seesNoDifferenceBetweenARunAndItself)
{
    const Classes predictions = {0, 1, 2};
    const McNemar found = compareRuns(predictions, predictions, Classes{0, 1, 1});
    EXPECT_EQ(found.bothRight, 2U);
    EXPECT_EQ(found.bothWrong, 1U);
    EXPECT_TRUE(found.onlyFirst.empty() && found.onlySecond.empty());
    EXPECT_EQ(found.pValue, 1);
    EXPECT_EQ(compareRuns({}, {}, {}).pValue, 1);
}
