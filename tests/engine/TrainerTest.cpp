#include "engine/training/Trainer.h"

#include "engine/data/SketchDigits.h"

#include "Models.h"
#include "RecordingObserver.h"
#include "support/Results.h"

#include <functional>

using engine::DatasetSplits;
using engine::ErrorCode;
using engine::makeSketchDigits;
using engine::ModelSnapshot;
using engine::runTraining;
using engine::TrainingConfig;
using engine::TrainingControl;
using engine::TrainingOutcome;
using test::failsWith;

namespace
{

/// 100 and 40 images, two epochs of 32 + 32 + 32 + 4.
class Trainer : public testing::Test
{
protected:
    Trainer()
    {
        config.epochs = 2;
        config.threads = 1; // several tests run side by side
    }

    engine::Result<TrainingOutcome> run() { return runTraining(config, data, control, observer); }

    DatasetSplits data = makeSketchDigits({100, 40, 42});
    TrainingConfig config;
    TrainingControl control;
    test::RecordingObserver observer;
};

} // namespace

TEST_F(Trainer, learnsSketchDigitsByTheNotebooksRecipe)
{
    data = makeSketchDigits({16'000, 1000, 42});
    config = {};
    config.threads = 1;
    const auto outcome = run();
    ASSERT_TRUE(test::succeeds(outcome));
    ASSERT_TRUE(outcome->evaluation);
    EXPECT_EQ(outcome->evaluation->size(), 1000U);
    EXPECT_GE(outcome->evaluation->correctCount(), 950U);
    EXPECT_LT(outcome->epochs[2].trainLoss, outcome->epochs[0].trainLoss);
    EXPECT_LT(outcome->epochs[2].testLoss, .2);
}

TEST_F(Trainer, announcesWhatItIsGoingToDo)
{
    ASSERT_TRUE(run());
    ASSERT_EQ(observer.plans.size(), 1U);
    const engine::TrainingPlan& plan = observer.plans[0];
    EXPECT_EQ(plan.config, config);
    EXPECT_EQ(plan.model, (test::tinyVggSpec(28, 28, 10, 3, 10)));
    EXPECT_EQ(plan.trainSize, 100U);
    EXPECT_EQ(plan.testSize, 40U);
    EXPECT_EQ(plan.batchesPerEpoch, 4);
}

TEST_F(Trainer, reportsEveryBatch)
{
    ASSERT_TRUE(run());
    ASSERT_EQ(observer.batches.size(), 8U);
    double seconds = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        const engine::BatchReport& report = observer.batches[i];
        EXPECT_EQ(report.epoch, static_cast<int>(i / 4) + 1);
        EXPECT_EQ(report.batch, static_cast<int>(i % 4) + 1);
        EXPECT_EQ(report.sampleCount, i % 4 == 3 ? 4 : 32);
        EXPECT_GE(report.correctCount, 0);
        EXPECT_LE(report.correctCount, report.sampleCount);
        EXPECT_GT(report.loss, 0);
        EXPECT_GE(report.trainSeconds, seconds);
        seconds = report.trainSeconds;
    }
    // Untrained, ten classes are guessed.
    EXPECT_NEAR(observer.batches[0].loss, std::log(10), .3);
}

TEST_F(Trainer, reportsAnEpochAsTheSumOfItsBatches)
{
    const auto outcome = run();
    ASSERT_TRUE(test::succeeds(outcome));
    ASSERT_EQ(observer.epochs.size(), 2U);
    ASSERT_EQ(outcome->epochs.size(), 2U);
    EXPECT_EQ(observer.testPasses, (std::vector<int>{1, 2}));
    for (std::size_t e = 0; e < 2; ++e) {
        const engine::EpochReport& epoch = observer.epochs[e];
        EXPECT_EQ(epoch.epoch, static_cast<int>(e) + 1);
        std::size_t correct = 0;
        double lossSum = 0;
        for (std::size_t b = 0; b < 4; ++b) {
            const engine::BatchReport& batch = observer.batches[e * 4 + b];
            correct += static_cast<std::size_t>(batch.correctCount);
            lossSum += static_cast<double>(batch.loss) * batch.sampleCount;
        }
        EXPECT_EQ(epoch.trainCorrect, correct);
        EXPECT_EQ(epoch.trainTotal, 100U);
        EXPECT_NEAR(epoch.trainLoss, lossSum / 100, 1e-9);
        EXPECT_EQ(epoch.testTotal, 40U);
        EXPECT_EQ(outcome->epochs[e].trainCorrect, epoch.trainCorrect);
        EXPECT_EQ(outcome->epochs[e].testCorrect, epoch.testCorrect);
        EXPECT_GT(epoch.trainSeconds, 0);
        EXPECT_GT(epoch.testSeconds, 0);
    }
}

TEST_F(Trainer, reportsWhatAnIndependentTestOfEveryEpochsModelFinds)
{
    const auto outcome = run();
    ASSERT_TRUE(test::succeeds(outcome));
    for (std::size_t e = 0; e < 2; ++e) {
        const auto evaluation = engine::evaluate(observer.epochModels[e], data.test);
        ASSERT_TRUE(test::succeeds(evaluation));
        EXPECT_EQ(observer.epochs[e].testCorrect, evaluation->correctCount());
        EXPECT_NEAR(observer.epochs[e].testLoss, evaluation->meanLoss, 1e-5);
    }
    EXPECT_TRUE(test::areSame(outcome->model, observer.epochModels.back()));
    EXPECT_FALSE(outcome->isStopped);
    ASSERT_TRUE(outcome->evaluation);
    const auto evaluation = engine::evaluate(outcome->model, data.test);
    EXPECT_EQ(outcome->evaluation->predictions, evaluation->predictions);
    EXPECT_EQ(outcome->evaluation->confusion, evaluation->confusion);
}

TEST_F(Trainer, showsEveryImageOnceAnEpochInAnotherOrder)
{
    // With a rate so small that the weights stand still, an epoch's loss is that of the first weights on the
    // whole split, in whatever order; the batches differ.
    config.learningRate = 1e-12;
    ASSERT_TRUE(run());
    const auto whole = engine::evaluate(test::randomModel(test::tinyVggSpec(), config.seed), data.train);
    ASSERT_TRUE(test::succeeds(whole));
    for (const engine::EpochReport& epoch : observer.epochs) {
        EXPECT_NEAR(epoch.trainLoss, whole->meanLoss, 1e-5);
        EXPECT_EQ(epoch.trainCorrect, whole->correctCount());
    }
    EXPECT_NE(observer.batches[0].loss, observer.batches[4].loss);
}

TEST_F(Trainer, givesTheSameWeightsForTheSameSeedWhateverTheNumberOfThreads)
{
    const auto first = run();
    for (const int threads : {1, 2, 3, 5}) {
        config.threads = threads;
        torch::rand({100}); // what else uses Torch's generator must not matter
        const auto second = run();
        ASSERT_TRUE(first && second);
        EXPECT_TRUE(test::areSame(first->model, second->model)) << threads << " threads";
        EXPECT_EQ(first->epochs[1].trainLoss, second->epochs[1].trainLoss);
        EXPECT_EQ(first->epochs[1].testLoss, second->epochs[1].testLoss);
    }
}

TEST_F(Trainer, givesOtherWeightsForAnotherSeed)
{
    const auto first = run();
    config.seed = 43;
    const auto second = run();
    ASSERT_TRUE(first && second);
    EXPECT_FALSE(test::areSame(first->model, second->model));
}

TEST_F(Trainer, givesWeightsThatDependOnTheConfiguration)
{
    const auto first = run();
    config.batchSize = 16;
    const auto second = run();
    ASSERT_TRUE(first && second);
    EXPECT_EQ(observer.plans[1].batchesPerEpoch, 7);
    EXPECT_FALSE(test::areSame(first->model, second->model));
}

TEST_F(Trainer, trainsModelsOfOtherShapes)
{
    config.network.tinyVgg.hiddenUnits = {4};
    config.network.tinyVgg.kernelSizes = {5};
    const auto outcome = run();
    ASSERT_TRUE(test::succeeds(outcome));
    EXPECT_EQ(outcome->model.spec, (test::tinyVggSpec(28, 28, 4, 5, 10)));
    EXPECT_EQ(outcome->model.weights[0].values.size(), 100U);
}

TEST_F(Trainer, usesNoMoreImagesThanTheLimit)
{
    config.sampleLimit = 50;
    const auto outcome = run();
    ASSERT_TRUE(test::succeeds(outcome));
    EXPECT_EQ(observer.plans[0].trainSize, 50U);
    EXPECT_EQ(observer.plans[0].testSize, 40U);
    EXPECT_EQ(observer.batches.size(), 4U);
    EXPECT_EQ(outcome->epochs[0].trainTotal, 50U);
    // The same as a data set that has no more images.
    config.sampleLimit = 0;
    data.train = data.train.first(50);
    const auto other = run();
    ASSERT_TRUE(test::succeeds(other));
    EXPECT_TRUE(test::areSame(outcome->model, other->model));
}

TEST_F(Trainer, usesAllImagesWhereTheLimitIsHigher)
{
    config.sampleLimit = 1'000'000'000'000;
    ASSERT_TRUE(run());
    EXPECT_EQ(observer.plans[0].trainSize, 100U);
}

TEST_F(Trainer, takesABatchLargerThanTheDataSet)
{
    config.batchSize = 4096;
    ASSERT_TRUE(run());
    ASSERT_EQ(observer.batches.size(), 2U);
    EXPECT_EQ(observer.batches[0].sampleCount, 100);
}

TEST_F(Trainer, stopsAfterTheBatchInWhichItIsAsked)
{
    observer.onBatch = [&](const engine::BatchReport& report) {
        if (report.epoch == 2 && report.batch == 2)
            control.requestStop();
    };
    const auto outcome = run();
    ASSERT_TRUE(test::succeeds(outcome));
    EXPECT_TRUE(outcome->isStopped);
    EXPECT_FALSE(outcome->evaluation);
    EXPECT_EQ(observer.batches.size(), 6U);
    EXPECT_EQ(outcome->epochs.size(), 1U);
    EXPECT_EQ(observer.testPasses, (std::vector<int>{1}));
    // The weights are those of the moment, not those of the epoch before.
    EXPECT_FALSE(test::areSame(outcome->model, observer.epochModels[0]));
}

TEST_F(Trainer, stopsBeforeTheFirstBatchWhenAskedEarly)
{
    control.requestStop();
    const auto outcome = run();
    ASSERT_TRUE(test::succeeds(outcome));
    EXPECT_TRUE(outcome->isStopped);
    EXPECT_FALSE(outcome->evaluation);
    EXPECT_TRUE(observer.batches.empty());
    EXPECT_TRUE(outcome->epochs.empty());
    EXPECT_TRUE(test::areSame(outcome->model, test::randomModel(test::tinyVggSpec(), config.seed)));
}

TEST_F(Trainer, doesNotReportAnEpochWhoseTestWasStopped)
{
    observer.onTestPass = [&] { control.requestStop(); };
    const auto outcome = run();
    ASSERT_TRUE(test::succeeds(outcome));
    EXPECT_TRUE(outcome->isStopped);
    EXPECT_FALSE(outcome->evaluation);
    EXPECT_TRUE(observer.epochs.empty());
    EXPECT_EQ(observer.batches.size(), 4U);
}

TEST_F(Trainer, keepsTheEvaluationWhenItIsStoppedBetweenTwoEpochs)
{
    observer.onEpoch = [&](const engine::EpochReport&) {
        control.requestStop();
        return engine::Result<void>();
    };
    const auto outcome = run();
    ASSERT_TRUE(test::succeeds(outcome));
    EXPECT_TRUE(outcome->isStopped);
    EXPECT_EQ(outcome->epochs.size(), 1U);
    EXPECT_TRUE(test::areSame(outcome->model, observer.epochModels[0]));
    ASSERT_TRUE(outcome->evaluation);
    EXPECT_EQ(outcome->evaluation->correctCount(), outcome->epochs[0].testCorrect);
}

TEST_F(Trainer, isNotStoppedByARequestThatComesAfterTheLastEpoch)
{
    observer.onEpoch = [&](const engine::EpochReport& report) {
        if (report.epoch == 2)
            control.requestStop();
        return engine::Result<void>();
    };
    const auto outcome = run();
    ASSERT_TRUE(test::succeeds(outcome));
    EXPECT_FALSE(outcome->isStopped);
    EXPECT_EQ(outcome->epochs.size(), 2U);
    EXPECT_TRUE(outcome->evaluation);
}

TEST_F(Trainer, deliversEachRequestedSnapshotOnce)
{
    observer.onBatch = [&](const engine::BatchReport& report) {
        if (report.batch == 2)
            control.requestSnapshot();
    };
    const auto outcome = run();
    ASSERT_TRUE(test::succeeds(outcome));
    ASSERT_EQ(observer.snapshots.size(), 2U);
    EXPECT_FALSE(test::areSame(observer.snapshots[0], observer.snapshots[1]));
    EXPECT_FALSE(test::areSame(observer.snapshots[1], outcome->model));
    EXPECT_EQ(observer.snapshots[0].spec, outcome->model.spec);
}

TEST_F(Trainer, takesSnapshotsWithoutDisturbingTheTraining)
{
    const auto undisturbed = run();
    observer.onBatch = [&](const engine::BatchReport&) { control.requestSnapshot(); };
    const auto disturbed = run();
    ASSERT_TRUE(undisturbed && disturbed);
    EXPECT_EQ(observer.snapshots.size(), 8U);
    EXPECT_TRUE(test::areSame(undisturbed->model, disturbed->model));
}

TEST_F(Trainer, endsWithTheErrorOfItsObserver)
{
    observer.onEpoch = [](const engine::EpochReport&) -> engine::Result<void> {
        return engine::failure(ErrorCode::CannotWrite, "The disk is full.");
    };
    EXPECT_TRUE(failsWith(run(), ErrorCode::CannotWrite, {"The disk is full."}));
    EXPECT_EQ(observer.epochs.size(), 1U);
    EXPECT_EQ(observer.batches.size(), 4U);
}

TEST_F(Trainer, turnsWhatItsObserverThrowsIntoAnError)
{
    observer.onBatch = [](const engine::BatchReport&) { throw std::runtime_error("out of ideas"); };
    EXPECT_TRUE(failsWith(run(), ErrorCode::Internal, {"Training failed", "out of ideas"}));
}

TEST_F(Trainer, refusesABadConfigurationBeforeItStarts)
{
    config.learningRate = -1;
    EXPECT_TRUE(failsWith(run(), ErrorCode::BadValue, {"Learning rate"}));
    config = {};
    config.network.tinyVgg.kernelSizes = {12};
    EXPECT_TRUE(failsWith(run(), ErrorCode::BadValue, {"Kernel sizes", "found 12"}));
    EXPECT_TRUE(observer.plans.empty());
}

TEST_F(Trainer, refusesSplitsWithoutImages)
{
    const DatasetSplits full = data;
    data.test = {};
    EXPECT_TRUE(failsWith(run(), ErrorCode::BadValue, {data.title, "found 100 and 0"}));
    data = full;
    data.train = data.train.first(0);
    EXPECT_TRUE(failsWith(run(), ErrorCode::BadValue, {data.title, "found 0 and 40"}));
}

TEST_F(Trainer, refusesImagesThatAreTooSmallToPoolTwice)
{
    data.train = data.test = engine::Dataset::create(3, 4, std::vector<std::uint8_t>(24), {0, 1}, 2).value();
    EXPECT_TRUE(
        failsWith(run(), ErrorCode::BadValue, {"Layer 10 (MaxPool2d)", "10 × 1 × 2", "no window fits"}));
}

TEST_F(Trainer, refusesSplitsOfDifferentImages)
{
    // 30 / 2 / 2 and 28 / 2 / 2 are both 7: the network alone would not notice.
    data.test = engine::Dataset::create(30, 30, std::vector<std::uint8_t>(900), {0}, 10).value();
    EXPECT_TRUE(failsWith(run(), ErrorCode::BadValue, {"28 × 28", "30 × 30"}));
    data.test = engine::Dataset::create(28, 28, std::vector<std::uint8_t>(784), {11}, 12).value();
    EXPECT_TRUE(failsWith(run(), ErrorCode::BadValue, {"10 classes", "12"}));
}

TEST_F(Trainer, survivesAModelThatDiverges)
{
    config.learningRate = 10;
    config.epochs = 3;
    config.batchSize = 1;
    const auto outcome = run();
    ASSERT_TRUE(test::succeeds(outcome));
    EXPECT_EQ(outcome->epochs.size(), 3U);
    EXPECT_EQ(outcome->evaluation->size(), 40U);
}
