#include "engine/evaluation/SampleScores.h"

#include "RecordedMetrics.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

using engine::SampleScore;
using engine::scoreOf;
using engine::scoreSamples;

TEST(SampleScores, areThoseOfNumpyAndScipy)
{
    const nlohmann::json record = test::recordedMetrics();
    const nlohmann::json& expected = record.at("expected").at("samples");
    const std::vector<std::uint8_t> labels = record.at("labels");
    const auto scores = scoreSamples(test::recordedRun(record, "first"), labels);
    ASSERT_EQ(scores.size(), 200U);
    for (std::size_t i = 0; i < scores.size(); ++i) {
        SCOPED_TRACE(i);
        const auto at = [&](const char* name) { return expected.at(name).at(i).get<double>(); };
        EXPECT_EQ(scores[i].label, labels[i]);
        EXPECT_EQ(scores[i].prediction, expected.at("prediction").at(i).get<int>());
        EXPECT_NEAR(scores[i].confidence, at("confidence"), 1e-12);
        EXPECT_NEAR(scores[i].selfConfidence, at("self_confidence"), 1e-12);
        EXPECT_NEAR(scores[i].normalizedMargin, at("normalized_margin"), 1e-12);
        EXPECT_NEAR(scores[i].topMargin, at("top_margin"), 1e-12);
        EXPECT_NEAR(scores[i].entropy, at("entropy"), 1e-12);
        EXPECT_NEAR(scores[i].loss, at("loss"), 1e-12);
    }
}

TEST(SampleScores, tellHowFarTheLabelIsFromTheTruthOfTheModel)
{
    const std::vector<float> probabilities = {.125F, .5F, .25F, .125F};
    const SampleScore right = scoreOf(probabilities, 1, 1);
    EXPECT_TRUE(right.isRight() && right.isRightWithinTwo());
    EXPECT_EQ(right.runnerUp, 2);
    EXPECT_EQ(right.normalizedMargin, .25);
    EXPECT_EQ(right.topMargin, .25);
    EXPECT_DOUBLE_EQ(right.loss, std::log(2.0));
    EXPECT_DOUBLE_EQ(right.entropy, 1.75 * std::log(2.0));

    const SampleScore second = scoreOf(probabilities, 1, 2);
    EXPECT_FALSE(second.isRight());
    EXPECT_TRUE(second.isRightWithinTwo());
    EXPECT_EQ(second.normalizedMargin, -.25);
    EXPECT_EQ(second.topMargin, .25);

    const SampleScore third = scoreOf(probabilities, 1, 3);
    EXPECT_FALSE(third.isRightWithinTwo());
    EXPECT_EQ(third.normalizedMargin, -.375);
}

TEST(SampleScores, takeTheLowerOfTwoClassesThatAreAlike)
{
    const std::vector<float> alike = {.25F, .25F, .25F, .25F};
    EXPECT_EQ(scoreOf(alike, 0, 0).runnerUp, 1);
    EXPECT_EQ(scoreOf(alike, 2, 0).runnerUp, 0);
    EXPECT_TRUE(scoreOf(alike, 2, 0).isRightWithinTwo());
    EXPECT_FALSE(scoreOf(alike, 2, 1).isRightWithinTwo());
    // Rounding may make others as probable as the prediction: what is right stays so.
    EXPECT_TRUE(scoreOf(alike, 3, 3).isRightWithinTwo());
    EXPECT_EQ(scoreOf(alike, 0, 3).topMargin, 0);
    EXPECT_DOUBLE_EQ(scoreOf(alike, 0, 3).entropy, std::log(4.0));
}

TEST(SampleScores, areFiniteWhereTheLabelIsImpossible)
{
    const SampleScore score = scoreOf(std::vector<float>{0, 1}, 1, 0);
    EXPECT_DOUBLE_EQ(score.loss, 149 * std::log(2.0));
    EXPECT_EQ(score.entropy, 0);
    EXPECT_EQ(score.normalizedMargin, -1);
    // The smallest number of single precision differs from none only in not being 0.
    const float least = std::numeric_limits<float>::denorm_min();
    EXPECT_DOUBLE_EQ(scoreOf(std::vector<float>{least, 1}, 1, 0).loss, score.loss);
    EXPECT_LT(scoreOf(std::vector<float>{2 * least, 1}, 1, 0).loss, score.loss);
}

TEST(SampleScores, ofAModelThatDivergedAreFinite)
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const SampleScore score = scoreOf(std::vector<float>{nan, nan, nan}, 0, 2);
    EXPECT_EQ(score.confidence, 0);
    EXPECT_EQ(score.selfConfidence, 0);
    EXPECT_EQ(score.normalizedMargin, 0);
    EXPECT_EQ(score.topMargin, 0);
    EXPECT_EQ(score.entropy, 0);
    EXPECT_DOUBLE_EQ(score.loss, 149 * std::log(2.0));
    EXPECT_EQ(score.runnerUp, 1);
}

TEST(SampleScores, ofOneClassHaveNoOther)
{
    const SampleScore score = scoreOf(std::vector<float>{1}, 0, 0);
    EXPECT_EQ(score.normalizedMargin, 1);
    EXPECT_EQ(score.topMargin, 1);
    EXPECT_EQ(score.entropy, 0);
    EXPECT_EQ(score.loss, 0);
    EXPECT_TRUE(score.isRightWithinTwo());
}

TEST(SampleScores, ofNoImagesAreNone)
{
    EXPECT_TRUE(scoreSamples(test::evaluationOf({}, {}, 10), {}).empty());
}
