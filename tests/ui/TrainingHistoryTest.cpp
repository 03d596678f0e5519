#include "ui/render/TrainingHistory.h"

#include <QSignalSpy>
#include <cmath>
#include <gtest/gtest.h>

using ui::Metric;
using ui::TimeAxis;
using ui::TrainingHistory;

namespace
{

engine::TrainingPlan planOf(int epochs, int batchesPerEpoch)
{
    engine::TrainingPlan plan;
    plan.config.epochs = epochs;
    plan.batchesPerEpoch = batchesPerEpoch;
    return plan;
}

engine::BatchReport batchOf(int epoch, int batch, float loss, int correct = 16)
{
    return {epoch, batch, 32, correct, loss, (epoch - 1) * 10.0 + batch};
}

engine::EpochReport epochOf(int epoch, std::size_t correct)
{
    engine::EpochReport report;
    report.epoch = epoch;
    report.testLoss = 0.5;
    report.testCorrect = correct;
    report.testTotal = 200;
    return report;
}

} // namespace

TEST(DebiasedSmoother, givesTheFirstValueItself)
{
    EXPECT_DOUBLE_EQ(ui::DebiasedSmoother(0.9).add(2.3), 2.3);
    EXPECT_DOUBLE_EQ(ui::DebiasedSmoother(0.999).add(2.3), 2.3);
}

TEST(DebiasedSmoother, isTheWeightedMeanOfWhatCameBefore)
{
    const double s = 0.8;
    const double values[] = {1, 4, -2, 7};
    ui::DebiasedSmoother smoother(s);
    double last = 0;
    for (const double value : values)
        last = smoother.add(value);
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < 4; ++i) {
        sum += std::pow(s, 3 - i) * values[i];
        weights += std::pow(s, 3 - i);
    }
    EXPECT_NEAR(last, sum / weights, 1e-12);
}

TEST(DebiasedSmoother, zeroChangesNothing)
{
    ui::DebiasedSmoother smoother(0);
    smoother.add(5);
    EXPECT_DOUBLE_EQ(smoother.add(3), 3);
}

TEST(TrainingHistory, placesBatchesOnEachAxis)
{
    core::TrainingReports source;
    TrainingHistory history(source);
    source.begin(planOf(3, 4));
    source.addBatches(
        {batchOf(1, 1, 2), batchOf(1, 2, 2), batchOf(1, 3, 2), batchOf(1, 4, 2), batchOf(2, 1, 2)});
    EXPECT_DOUBLE_EQ(history.position(0, TimeAxis::Epochs), 0.25);
    EXPECT_DOUBLE_EQ(history.position(4, TimeAxis::Epochs), 1.25);
    EXPECT_DOUBLE_EQ(history.position(4, TimeAxis::Steps), 5);
    EXPECT_DOUBLE_EQ(history.position(4, TimeAxis::Seconds), 11);
    EXPECT_DOUBLE_EQ(history.extent(TimeAxis::Epochs), 3);
    EXPECT_DOUBLE_EQ(history.extent(TimeAxis::Steps), 12);
    EXPECT_DOUBLE_EQ(history.extent(TimeAxis::Seconds), 11);
}

TEST(TrainingHistory, accuracyIsPercentOfTheBatch)
{
    core::TrainingReports source;
    TrainingHistory history(source);
    source.begin(planOf(1, 1));
    source.addBatches({batchOf(1, 1, 0.5f, 24)});
    EXPECT_DOUBLE_EQ(history.raw(Metric::Accuracy)[0], 75);
    EXPECT_FLOAT_EQ(static_cast<float>(history.raw(Metric::Loss)[0]), 0.5f);
}

TEST(TrainingHistory, anotherSmoothingIsTheSameAsHavingHadItFromTheStart)
{
    core::TrainingReports source;
    TrainingHistory late(source);
    TrainingHistory early(source);
    early.setSmoothing(0.7);
    source.begin(planOf(1, 3));
    source.addBatches({batchOf(1, 1, 3), batchOf(1, 2, 1), batchOf(1, 3, 2)});
    late.setSmoothing(0.7);
    EXPECT_EQ(late.smoothed(Metric::Loss), early.smoothed(Metric::Loss));
    EXPECT_NE(late.smoothed(Metric::Loss), late.raw(Metric::Loss));
}

TEST(TrainingHistory, testPointsLieAtTheEndOfTheirEpoch)
{
    core::TrainingReports source;
    TrainingHistory history(source);
    source.begin(planOf(2, 2));
    source.addBatches({batchOf(1, 1, 2), batchOf(1, 2, 2), batchOf(2, 1, 2)});
    source.addEpoch(epochOf(1, 150));
    const auto points = history.testPoints(Metric::Accuracy, TimeAxis::Epochs);
    ASSERT_EQ(points.size(), 1u);
    EXPECT_EQ(points[0], QPointF(1, 75));
}

TEST(TrainingHistory, theEarliestOfTheBestEpochsIsTheBest)
{
    core::TrainingReports source;
    TrainingHistory history(source);
    source.begin(planOf(4, 1));
    EXPECT_EQ(history.bestEpoch(), nullptr);
    for (const auto& [epoch, correct] :
         {std::pair{1, 150}, std::pair{2, 180}, std::pair{3, 180}, std::pair{4, 170}})
        source.addEpoch(epochOf(epoch, static_cast<std::size_t>(correct)));
    EXPECT_EQ(history.bestEpoch()->epoch, 2);
}

TEST(TrainingHistory, aNewTrainingForgetsTheOldOne)
{
    core::TrainingReports source;
    TrainingHistory history(source);
    source.begin(planOf(1, 1));
    source.addBatches({batchOf(1, 1, 2)});
    source.addEpoch(epochOf(1, 1));
    QSignalSpy changed(&history, &TrainingHistory::changed);
    source.begin(planOf(1, 1));
    EXPECT_EQ(changed.count(), 1);
    EXPECT_TRUE(history.isEmpty());
    EXPECT_EQ(history.bestEpoch(), nullptr);
}
