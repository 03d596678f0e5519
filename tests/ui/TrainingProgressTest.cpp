#include "ui/models/TrainingProgress.h"

#include <gtest/gtest.h>

namespace
{

engine::TrainingPlan planOf(int epochs)
{
    engine::TrainingPlan plan;
    plan.config.epochs = epochs;
    plan.trainSize = 1000;
    plan.testSize = 0;
    plan.batchesPerEpoch = 10;
    return plan;
}

std::vector<engine::BatchReport> batches(int from, int to, double secondsEach)
{
    std::vector<engine::BatchReport> reports;
    for (int batch = from; batch <= to; ++batch)
        reports.push_back({1 + (batch - 1) / 10, 1 + (batch - 1) % 10, 100, 50, 1.0f, batch * secondsEach});
    return reports;
}

} // namespace

TEST(TrainingProgress, knowsNothingBeforeThereIsSomethingToMeasure)
{
    core::TrainingReports source;
    const ui::TrainingProgress progress(source);
    source.begin(planOf(2));
    EXPECT_EQ(progress.share(), 0);
    EXPECT_FALSE(progress.imagesPerSecond());
    EXPECT_FALSE(progress.secondsLeft());
}

TEST(TrainingProgress, measuresSpeedShareAndTimeLeft)
{
    core::TrainingReports source;
    const ui::TrainingProgress progress(source);
    source.begin(planOf(2));
    source.addBatches(batches(1, 1, 0.5));
    source.addBatches(batches(2, 5, 0.5));
    EXPECT_DOUBLE_EQ(progress.share(), 0.25);
    EXPECT_DOUBLE_EQ(*progress.imagesPerSecond(), 200);
    EXPECT_DOUBLE_EQ(*progress.secondsLeft(), 7.5);
}

TEST(TrainingProgress, countsTheTestPassesThatAreStillToCome)
{
    core::TrainingReports source;
    const ui::TrainingProgress progress(source);
    source.begin(planOf(3));
    source.addBatches(batches(1, 1, 0.5));
    source.addBatches(batches(2, 10, 0.5));
    engine::EpochReport report;
    report.testSeconds = 4;
    source.addEpoch(report);
    source.addBatches(batches(11, 15, 0.5));
    EXPECT_DOUBLE_EQ(*progress.secondsLeft(), 1500 / 200.0 + 2 * 4);
}

TEST(TrainingProgress, speedIsThatOfTheLastSeconds)
{
    core::TrainingReports source;
    const ui::TrainingProgress progress(source);
    source.begin(planOf(10));
    for (int batch = 1; batch <= 10; ++batch)
        source.addBatches({{1, batch, 100, 50, 1.0f, batch * 0.1}});
    for (int batch = 1; batch <= 10; ++batch)
        source.addBatches({{2, batch, 100, 50, 1.0f, 1 + batch * 1.0}});
    EXPECT_NEAR(*progress.imagesPerSecond(), 100, 1);
}
