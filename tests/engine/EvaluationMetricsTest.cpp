#include "engine/evaluation/EvaluationMetrics.h"

#include "RecordedMetrics.h"

#include <cmath>
#include <gtest/gtest.h>

using engine::EvaluationMetrics;
using engine::metricsOf;
using test::evaluationOf;

namespace
{

using Labels = std::vector<std::uint8_t>;

void expectAverage(const engine::AverageMetrics& found, const nlohmann::json& expected)
{
    EXPECT_NEAR(found.precision, expected.at(0).get<double>(), 1e-12);
    EXPECT_NEAR(found.recall, expected.at(1).get<double>(), 1e-12);
    EXPECT_NEAR(found.f1, expected.at(2).get<double>(), 1e-12);
}

/// Null stands for nothing.
void expectFigure(const std::optional<double>& found, const nlohmann::json& expected)
{
    ASSERT_EQ(found.has_value(), !expected.is_null());
    if (found) {
        EXPECT_NEAR(*found, expected.get<double>(), 1e-12);
    }
}

} // namespace

TEST(EvaluationMetrics, areThoseOfScikitLearn)
{
    const nlohmann::json record = test::recordedMetrics();
    const nlohmann::json& expected = record.at("expected");
    const Labels labels = record.at("labels");
    const EvaluationMetrics found = metricsOf(test::recordedRun(record, "first"), labels);
    EXPECT_EQ(found.total, 200U);
    EXPECT_EQ(found.correct, expected.at("correct").get<std::size_t>());
    EXPECT_EQ(found.correctWithinTwo, expected.at("correct_within_two").get<std::size_t>());
    EXPECT_NEAR(found.meanLoss, expected.at("mean_loss").get<double>(), 1e-10);
    ASSERT_EQ(found.classes.size(), 10U);
    for (std::size_t c = 0; c < 10; ++c) {
        SCOPED_TRACE(c);
        EXPECT_EQ(found.classes[c].support, expected.at("support").at(c).get<std::size_t>());
        expectFigure(found.classes[c].precision, expected.at("precision").at(c));
        expectFigure(found.classes[c].recall, expected.at("recall").at(c));
        expectFigure(found.classes[c].f1, expected.at("f1").at(c));
    }
    expectAverage(found.macro, expected.at("macro"));
    expectAverage(found.weighted, expected.at("weighted"));
}

TEST(EvaluationMetrics, haveTheCalibrationThatNumpyComputes)
{
    const nlohmann::json record = test::recordedMetrics();
    const Labels labels = record.at("labels");
    const auto evaluation = test::recordedRun(record, "first");
    ASSERT_EQ(record.at("expected").at("calibration").size(), 3U);
    for (const auto& [binCount, expected] : record.at("expected").at("calibration").items()) {
        SCOPED_TRACE(binCount);
        const EvaluationMetrics found = metricsOf(evaluation, labels, std::stoi(binCount));
        EXPECT_NEAR(found.calibrationError, expected.at("error").get<double>(), 1e-12);
        ASSERT_EQ(found.bins.size(), expected.at("bins").size());
        for (std::size_t i = 0; i < found.bins.size(); ++i) {
            const nlohmann::json& bin = expected.at("bins").at(i);
            EXPECT_EQ(found.bins[i].count, bin.at("count").get<std::size_t>());
            EXPECT_NEAR(found.bins[i].meanConfidence, bin.at("mean_confidence").get<double>(), 1e-12);
            EXPECT_NEAR(found.bins[i].accuracy(), bin.at("accuracy").get<double>(), 1e-12);
        }
    }
    EXPECT_EQ(metricsOf(evaluation, labels).bins.size(), 15U);
}

TEST(EvaluationMetrics, countAConfidenceOnABorderToTheLowerBin)
{
    // Confidences .5, .75 and 1 in four bins.
    const Labels labels = {0, 1, 0};
    const EvaluationMetrics found =
        metricsOf(evaluationOf({.5F, .25F, .25F, .75F, .25F, 0, 1, 0, 0}, labels, 3), labels, 4);
    const std::vector<std::size_t> counts = {0, 1, 1, 1};
    const std::vector<std::size_t> correct = {0, 1, 0, 1};
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(found.bins[i].count, counts[i]);
        EXPECT_EQ(found.bins[i].correct, correct[i]);
        EXPECT_EQ(found.bins[i].low, static_cast<double>(i) / 4);
        EXPECT_EQ(found.bins[i].high, static_cast<double>(i + 1) / 4);
    }
    EXPECT_DOUBLE_EQ(found.calibrationError, (.5 + .75 + 0) / 3);
}

TEST(EvaluationMetrics, ofNoImagesAreZero)
{
    const EvaluationMetrics found = metricsOf(evaluationOf({}, {}, 3), {});
    EXPECT_EQ(found.total, 0U);
    EXPECT_EQ(found.correctWithinTwo, 0U);
    EXPECT_EQ(found.meanLoss, 0);
    EXPECT_EQ(found.calibrationError, 0);
    EXPECT_EQ(found.macro.f1, 0);
    EXPECT_EQ(found.weighted.precision, 0);
    ASSERT_EQ(found.classes.size(), 3U);
    EXPECT_FALSE(found.classes[0].f1);
    for (const engine::ReliabilityBin& bin : found.bins)
        EXPECT_TRUE(bin.count == 0 && bin.meanConfidence == 0 && bin.accuracy() == 0);
}

TEST(EvaluationMetrics, areOneWhereAllIsRightAndSure)
{
    const Labels labels = {0, 2, 2};
    const EvaluationMetrics found = metricsOf(evaluationOf({1, 0, 0, 0, 0, 1, 0, 0, 1}, labels, 3), labels);
    EXPECT_EQ(found.correct, 3U);
    EXPECT_EQ(found.correctWithinTwo, 3U);
    EXPECT_EQ(found.macro.precision, 1); // the class that does not occur does not count
    EXPECT_EQ(found.macro.recall, 1);
    EXPECT_EQ(found.macro.f1, 1);
    EXPECT_EQ(found.weighted.f1, 1);
    EXPECT_EQ(found.meanLoss, 0);
    EXPECT_EQ(found.calibrationError, 0);
}

TEST(EvaluationMetrics, areZeroWhereAllIsWrongAndSure)
{
    const Labels labels = {1, 0};
    const EvaluationMetrics found = metricsOf(evaluationOf({1, 0, 0, 0, 0, 1}, labels, 3), labels);
    EXPECT_EQ(found.correct, 0U);
    EXPECT_EQ(found.macro.precision, 0);
    EXPECT_EQ(found.macro.recall, 0);
    EXPECT_EQ(found.weighted.f1, 0);
    EXPECT_DOUBLE_EQ(found.meanLoss, 149 * std::log(2.0));
    EXPECT_EQ(found.calibrationError, 1);
    // Two classes have the probability 0; the lower one comes second.
    EXPECT_EQ(found.correctWithinTwo, 2U);
}

TEST(EvaluationMetrics, ofOneClassAreThoseOfASureThing)
{
    const Labels labels = {0, 0};
    const EvaluationMetrics found = metricsOf(evaluationOf({1, 1}, labels, 1), labels, 1);
    EXPECT_EQ(found.correctWithinTwo, 2U);
    EXPECT_EQ(found.macro.f1, 1);
    ASSERT_EQ(found.bins.size(), 1U);
    EXPECT_EQ(found.bins[0].count, 2U);
    EXPECT_EQ(found.calibrationError, 0);
}

TEST(EvaluationMetrics, ofAModelThatDivergedAreFinite)
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const Labels labels = {0, 1};
    const EvaluationMetrics found = metricsOf(evaluationOf({nan, nan, nan, nan}, labels, 2), labels);
    EXPECT_TRUE(std::isfinite(found.meanLoss));
    EXPECT_EQ(found.bins[0].count, 2U);
    EXPECT_EQ(found.calibrationError, .5);
}
