#include "core/evaluation/RunComparison.h"

#include "EvaluatedSplits.h"
#include "support/Results.h"

#include <gtest/gtest.h>

using core::ComparedImages;
using Positions = std::vector<std::uint32_t>;

namespace
{

const std::vector<std::uint8_t> kLabels = {0, 1, 2, 0, 1, 2, 0};

/// Right on 0, 1, 2, 3, 6.
std::shared_ptr<core::EvaluatedSplit> first()
{
    return test::evaluatedSplit(kLabels, {0, 1, 2, 0, 0, 0, 0}, {0.9F, 0.6F, 0.7F, 0.8F, 0.7F, 0.8F, 0.9F});
}

/// Right on 0, 1, 4.
std::shared_ptr<core::EvaluatedSplit> second()
{
    return test::evaluatedSplit(kLabels, {0, 1, 0, 2, 1, 1, 2}, {0.5F, 0.9F, 0.6F, 0.9F, 0.8F, 0.7F, 0.7F});
}

engine::McNemar alone(std::size_t firstOnly, std::size_t secondOnly)
{
    engine::McNemar test;
    test.onlyFirst.resize(firstOnly);
    test.onlySecond.resize(secondOnly);
    test.pValue = engine::mcNemarPValue(firstOnly, secondOnly);
    return test;
}

std::string words(std::size_t firstOnly, std::size_t secondOnly)
{
    return core::inWords(alone(firstOnly, secondOnly), QStringLiteral("run 3"), QStringLiteral("run 2"))
        .toStdString();
}

bool contains(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

TEST(RunComparison, reportsTheImagesOfEachCount)
{
    const auto comparison = core::compare(first(), second());
    ASSERT_TRUE(comparison) << comparison.error().message;
    EXPECT_EQ(positionsOf(*comparison, ComparedImages::BothRight), (Positions{0, 1}))
        << "least certain first";
    EXPECT_EQ(positionsOf(*comparison, ComparedImages::OnlyFirstRight), (Positions{3, 6, 2}))
        << "most confident error first";
    EXPECT_EQ(positionsOf(*comparison, ComparedImages::OnlySecondRight), (Positions{4}));
    EXPECT_EQ(positionsOf(*comparison, ComparedImages::BothWrong), (Positions{5}));
    for (const auto images : {ComparedImages::BothRight, ComparedImages::OnlyFirstRight,
                              ComparedImages::OnlySecondRight, ComparedImages::BothWrong})
        EXPECT_EQ(comparison->count(images), positionsOf(*comparison, images).size());
    EXPECT_DOUBLE_EQ(comparison->test.pValue, engine::mcNemarPValue(3, 1));
}

TEST(RunComparison, refusesOtherImages)
{
    const auto isRefused = [](auto change) {
        auto other = second();
        change(*other);
        return test::failsWith(core::compare(first(), other), engine::ErrorCode::BadValue, {"same images"});
    };
    EXPECT_TRUE(isRefused([](core::EvaluatedSplit& split) { split.datasetId = QStringLiteral("kmnist"); }));
    EXPECT_TRUE(isRefused([](core::EvaluatedSplit& split) { split.kind = core::SplitKind::Train; }));
    EXPECT_TRUE(isRefused([](core::EvaluatedSplit& split) { split.labels[2] = 1; }));
    EXPECT_TRUE(isRefused([](core::EvaluatedSplit& split) { split.labels.pop_back(); }));
}

TEST(RunComparison, saysInWordsWhetherItMayBeChance)
{
    // scipy.stats.binomtest(k, n).pvalue: (40, 60) 0.0135, (12, 20) 0.5034, (100, 120) 5.5e-14
    EXPECT_TRUE(contains(words(40, 20), "60 images")) << words(40, 20);
    EXPECT_TRUE(contains(words(40, 20), "1 of 100")) << words(40, 20);
    EXPECT_TRUE(contains(words(40, 20), "p = 0.013")) << words(40, 20);
    EXPECT_TRUE(contains(words(40, 20), "run 3 is most likely the better")) << words(40, 20);
    EXPECT_TRUE(contains(words(20, 40), "run 2 is most likely the better")) << words(20, 40);
    EXPECT_TRUE(contains(words(12, 8), "50 of 100")) << words(12, 8);
    EXPECT_TRUE(contains(words(12, 8), "may well be chance")) << words(12, 8);
    EXPECT_TRUE(contains(words(100, 20), "fewer than 1 of 10,000")) << words(100, 20);
    EXPECT_TRUE(contains(words(7, 7), "tie")) << words(7, 7);
    EXPECT_TRUE(contains(words(0, 0), "very same images")) << words(0, 0);
}
