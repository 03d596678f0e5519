#include "engine/evaluation/ErrorRanking.h"

#include "RecordedMetrics.h"

#include <gtest/gtest.h>

using engine::ConfusedPair;
using engine::highestLosses;
using engine::LabelQuality;
using engine::leastCertainRight;
using engine::mostConfidentErrors;
using engine::mostConfusedPairs;
using engine::SampleScore;
using engine::suspectedWrongLabels;

namespace
{

using Indices = std::vector<std::uint32_t>;

/// Of a model of three classes; every second image is like the one before it.
std::vector<SampleScore> twins()
{
    const std::vector<std::uint8_t> labels = {0, 0, 1, 1, 2, 2, 0, 0};
    const std::vector<float> surelyRight = {.75F, .25F, 0};
    const std::vector<float> hardlyRight = {.25F, .5F, .25F};
    const std::vector<float> surelyWrong = {1, 0, 0};
    const std::vector<float> hardlyWrong = {.375F, .5F, .125F};
    std::vector<float> probabilities;
    for (const auto& row : {surelyRight, hardlyRight, surelyWrong, hardlyWrong}) {
        for (int i = 0; i < 2; ++i)
            probabilities.insert(probabilities.end(), row.begin(), row.end());
    }
    return scoreSamples(test::evaluationOf(std::move(probabilities), labels, 3), labels);
}

} // namespace

TEST(ErrorRanking, isThatOfNumpy)
{
    const nlohmann::json record = test::recordedMetrics();
    const nlohmann::json& expected = record.at("expected").at("ranking");
    const std::vector<std::uint8_t> labels = record.at("labels");
    const auto evaluation = test::recordedRun(record, "first");
    const auto scores = scoreSamples(evaluation, labels);
    EXPECT_EQ(highestLosses(scores), expected.at("highest_losses").get<Indices>());
    EXPECT_EQ(mostConfidentErrors(scores), expected.at("confident_errors").get<Indices>());
    EXPECT_EQ(leastCertainRight(scores), expected.at("least_certain_right").get<Indices>());
    EXPECT_EQ(suspectedWrongLabels(scores, LabelQuality::SelfConfidence),
              expected.at("suspected_by_self_confidence").get<Indices>());
    EXPECT_EQ(suspectedWrongLabels(scores, LabelQuality::NormalizedMargin),
              expected.at("suspected_by_margin").get<Indices>());
    EXPECT_NE(suspectedWrongLabels(scores, LabelQuality::SelfConfidence),
              suspectedWrongLabels(scores, LabelQuality::NormalizedMargin));

    std::vector<ConfusedPair> pairs;
    for (const nlohmann::json& pair : expected.at("pairs"))
        pairs.push_back({pair[0], pair[1], pair[2], pair[3]});
    EXPECT_EQ(mostConfusedPairs(evaluation.confusion), pairs);
    EXPECT_GT(pairs.size(), 10U);
}

TEST(ErrorRanking, hasTheLowerIndexFirstWhereImagesAreAlike)
{
    const auto scores = twins();
    EXPECT_EQ(highestLosses(scores), (Indices{4, 5, 6, 7, 2, 3, 0, 1}));
    EXPECT_EQ(mostConfidentErrors(scores), (Indices{4, 5, 6, 7}));
    EXPECT_EQ(leastCertainRight(scores), (Indices{2, 3, 0, 1}));
    EXPECT_EQ(suspectedWrongLabels(scores, LabelQuality::SelfConfidence), (Indices{4, 5, 6, 7}));
    EXPECT_EQ(suspectedWrongLabels(scores, LabelQuality::NormalizedMargin), (Indices{4, 5, 6, 7}));
}

TEST(ErrorRanking, givesAsManyAsAreAskedFor)
{
    const auto scores = twins();
    EXPECT_EQ(highestLosses(scores, 3), (Indices{4, 5, 6}));
    EXPECT_EQ(mostConfidentErrors(scores, 1), (Indices{4}));
    EXPECT_EQ(leastCertainRight(scores, 100), (Indices{2, 3, 0, 1}));
    EXPECT_EQ(suspectedWrongLabels(scores, LabelQuality::SelfConfidence, 0), Indices());
}

TEST(ErrorRanking, ofNothingIsEmpty)
{
    EXPECT_TRUE(highestLosses({}).empty());
    EXPECT_TRUE(mostConfidentErrors({}).empty());
    EXPECT_TRUE(leastCertainRight({}).empty());
    EXPECT_TRUE(suspectedWrongLabels({}, LabelQuality::NormalizedMargin).empty());
    EXPECT_TRUE(mostConfusedPairs(engine::ConfusionMatrix()).empty());
    EXPECT_TRUE(mostConfusedPairs(engine::ConfusionMatrix(1)).empty());
}

TEST(ErrorRanking, findsNoErrorsWhereAllIsRightAndNothingRightWhereAllIsWrong)
{
    const std::vector<std::uint8_t> labels = {0, 1};
    const auto right = test::evaluationOf({1, 0, 0, 1}, labels, 2);
    EXPECT_TRUE(mostConfidentErrors(scoreSamples(right, labels)).empty());
    EXPECT_TRUE(suspectedWrongLabels(scoreSamples(right, labels), LabelQuality::SelfConfidence).empty());
    EXPECT_TRUE(mostConfusedPairs(right.confusion).empty());
    EXPECT_EQ(leastCertainRight(scoreSamples(right, labels)), (Indices{0, 1}));
    const auto wrong = test::evaluationOf({0, 1, 1, 0}, labels, 2);
    EXPECT_TRUE(leastCertainRight(scoreSamples(wrong, labels)).empty());
    EXPECT_EQ(mostConfidentErrors(scoreSamples(wrong, labels)), (Indices{0, 1}));
}

TEST(ErrorRanking, addsBothDirectionsOfAPair)
{
    engine::ConfusionMatrix confusion(4);
    const auto add = [&](int label, int prediction, int count) {
        for (int i = 0; i < count; ++i)
            confusion.add(label, prediction);
    };
    add(0, 0, 100);
    add(0, 1, 3); // 3 + 0
    add(1, 2, 2); // 2 + 2
    add(2, 1, 2);
    add(3, 0, 3); // 0 + 3, as many as 0 and 1
    EXPECT_EQ(mostConfusedPairs(confusion),
              (std::vector<ConfusedPair>{{1, 2, 2, 2}, {0, 1, 3, 0}, {0, 3, 0, 3}}));
}
