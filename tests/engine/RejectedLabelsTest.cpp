#include "engine/evaluation/RejectedLabels.h"

#include "engine/data/IdxFolder.h"
#include "support/Files.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>

using engine::rejectedTestLabels;

TEST(RejectedLabels, areFifteenForMnistAndNoneElsewhere)
{
    const auto rejected = rejectedTestLabels("mnist");
    EXPECT_EQ(rejected.size(), 15U);
    EXPECT_TRUE(std::ranges::is_sorted(rejected, {}, &engine::RejectedLabel::index));
    EXPECT_EQ(std::ranges::count_if(rejected, [](const auto& label) { return label.majority.has_value(); }),
              10);
    EXPECT_TRUE(rejectedTestLabels("fashion-mnist").empty());
    EXPECT_TRUE(rejectedTestLabels("").empty());
}

TEST(RejectedLabels, areFoundByIndex)
{
    const auto rejected = rejectedTestLabels("mnist");
    ASSERT_NE(engine::findRejected(rejected, 1901), nullptr);
    EXPECT_EQ(engine::findRejected(rejected, 1901)->majority, 4);
    ASSERT_NE(engine::findRejected(rejected, 9679), nullptr);
    EXPECT_FALSE(engine::findRejected(rejected, 9679)->majority);
    EXPECT_EQ(engine::findRejected(rejected, 1902), nullptr);
    EXPECT_EQ(engine::findRejected(rejected, 9999), nullptr);
    EXPECT_EQ(engine::findRejected({}, 947), nullptr);
}

TEST(RejectedLabels, areCountedAmongTheFirstSuspects)
{
    const auto rejected = rejectedTestLabels("mnist");
    const std::vector<std::uint32_t> suspects = {5, 947, 6, 9729, 7, 1621};
    EXPECT_EQ(engine::countRejected(suspects, 0, rejected), 0U);
    EXPECT_EQ(engine::countRejected(suspects, 2, rejected), 1U);
    EXPECT_EQ(engine::countRejected(suspects, 4, rejected), 2U);
    EXPECT_EQ(engine::countRejected(suspects, 50, rejected), 3U);
    EXPECT_EQ(engine::countRejected(suspects, 50, {}), 0U);
}

TEST(RejectedLabels, areThoseThatMnistGives)
{
    const auto folder = test::mnistFolder();
    if (!folder)
        GTEST_SKIP() << "MNIST is not on this machine; scripts/fetch-data brings it";
    const auto mnist = engine::readIdxFolder(*folder, "mnist", "MNIST", {});
    ASSERT_TRUE(mnist) << mnist.error().message;
    // The label that was given, and the one that most people read.
    const std::map<std::uint32_t, std::pair<int, int>> published = {
        {947, {8, 9}},  {1621, {0, 6}}, {1901, {9, 4}}, {2462, {2, 0}}, {2597, {5, 3}},
        {3558, {5, 0}}, {5937, {5, 3}}, {6651, {0, 6}}, {6783, {1, 6}}, {9729, {5, 6}}};
    for (const engine::RejectedLabel& rejected : rejectedTestLabels("mnist")) {
        const auto known = published.find(rejected.index);
        ASSERT_EQ(known != published.end(), rejected.majority.has_value()) << rejected.index;
        if (known == published.end())
            continue;
        EXPECT_EQ(mnist->test.label(rejected.index), known->second.first) << rejected.index;
        EXPECT_EQ(rejected.majority, known->second.second) << rejected.index;
    }
}
