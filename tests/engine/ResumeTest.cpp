// A training that is interrupted and taken up again, changed on the way, or continued when it was done.
#include "engine/data/SketchDigits.h"
#include "engine/storage/CheckpointFile.h"
#include "engine/training/Trainer.h"
#include "engine/training/TrainingData.h"
#include "engine/training/TrainingRun.h"

#include "Models.h"
#include "RecordingObserver.h"
#include "support/Files.h"
#include "support/Results.h"

using engine::Augmentation;
using engine::OptimizerKind;
using engine::Schedule;
using engine::TrainingConfig;
using engine::TrainingControl;
using engine::TrainingState;
using test::RecordingObserver;

namespace
{

const engine::DatasetSplits& digits()
{
    static const engine::DatasetSplits kDigits = engine::makeSketchDigits({200, 60, 42});
    return kDigits;
}

/// Three epochs of 7 batches.
TrainingConfig configOf(OptimizerKind optimizer)
{
    TrainingConfig config;
    config.optimizer = optimizer;
    config.learningRate = optimizer == OptimizerKind::AdamW ? .005 : .05;
    config.weightDecay = .01;
    config.labelSmoothing = .05;
    config.schedule = Schedule::OneCycle;
    config.augmentation = Augmentation::Affine;
    config.validationShare = .1;
    config.batchSize = 26; // 180 images: a last batch of 24
    config.threads = 1;
    return config;
}

/// Stops at a batch, and returns its last state.
TrainingState stoppedAt(const TrainingConfig& config, int epoch, int batch)
{
    TrainingControl control;
    RecordingObserver observer;
    observer.onBatch = [&](const engine::BatchReport& report) {
        if (report.epoch == epoch && report.batch == batch)
            control.requestStop();
    };
    const auto outcome = engine::runTraining(config, digits(), control, observer);
    EXPECT_TRUE(test::succeeds(outcome));
    EXPECT_TRUE(outcome->isStopped);
    return observer.states.back();
}

class Resume : public testing::TestWithParam<OptimizerKind>
{
};

} // namespace

TEST_P(Resume, comesToTheBitsOfATrainingThatWasNeverInterrupted)
{
    const TrainingConfig config = configOf(GetParam());
    TrainingControl control;
    RecordingObserver whole;
    const auto uninterrupted = engine::runTraining(config, digits(), control, whole);
    ASSERT_TRUE(test::succeeds(uninterrupted));
    ASSERT_EQ(whole.batches.size(), 21U);
    for (const auto& [epoch, batch] : {std::pair{1, 1}, {1, 7}, {2, 3}, {3, 6}}) {
        SCOPED_TRACE(std::to_string(epoch) + "/" + std::to_string(batch));
        TrainingState state = stoppedAt(config, epoch, batch);
        EXPECT_EQ(state.batches.size(), static_cast<std::size_t>((epoch - 1) * 7 + batch));
        state.config.threads = 2; // on whatever machine it is resumed
        RecordingObserver rest;
        const auto resumed = engine::resumeTraining(state, digits(), control, rest);
        ASSERT_TRUE(test::succeeds(resumed));
        EXPECT_TRUE(test::areSame(resumed->model, uninterrupted->model));
        EXPECT_EQ(rest.batches.size() + state.batches.size(), 21U);
        ASSERT_EQ(resumed->epochs.size(), 3U);
        for (std::size_t i = 0; i < 3; ++i) {
            EXPECT_EQ(resumed->epochs[i].trainLoss, uninterrupted->epochs[i].trainLoss);
            EXPECT_EQ(resumed->epochs[i].trainCorrect, uninterrupted->epochs[i].trainCorrect);
            EXPECT_EQ(resumed->epochs[i].validationLoss, uninterrupted->epochs[i].validationLoss);
            EXPECT_EQ(resumed->epochs[i].testLoss, uninterrupted->epochs[i].testLoss);
        }
        EXPECT_EQ(rest.states.back().bestEpoch, whole.states.back().bestEpoch);
        EXPECT_EQ(rest.states.back().optimizer, whole.states.back().optimizer);
        for (std::size_t i = 0; i < 21; ++i) {
            EXPECT_EQ(rest.states.back().batches[i].loss, whole.batches[i].loss);
            EXPECT_EQ(rest.states.back().batches[i].learningRate, whole.batches[i].learningRate);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Optimizers, Resume,
                         testing::Values(OptimizerKind::Sgd, OptimizerKind::SgdMomentum,
                                         OptimizerKind::AdamW),
                         [](const auto& instance) { return std::string(engine::nameOf(instance.param)); });

/// Every image is drawn anew from the seed, the epoch and the batch, which is what must come back.
TEST(ResumedTraining, ofThePresetRobustComesToTheSameBits)
{
    TrainingConfig config = withPreset({}, engine::Preset::Robust);
    config.threads = 1;
    ASSERT_EQ(config.augmentation, Augmentation::Handwriting);
    TrainingControl control;
    RecordingObserver observer;
    const auto whole = engine::runTraining(config, digits(), control, observer);
    ASSERT_TRUE(test::succeeds(whole));
    for (const auto& [epoch, batch] : {std::pair{1, 3}, {2, 7}, {8, 6}}) {
        SCOPED_TRACE(std::to_string(epoch) + "/" + std::to_string(batch));
        const test::TemporaryFolder folder;
        ASSERT_TRUE(test::succeeds(
            engine::writeCheckpoint(folder.path(), {stoppedAt(config, epoch, batch), {"id", "title", {}}})));
        auto stored = engine::readCheckpoint(folder.path());
        ASSERT_TRUE(test::succeeds(stored));
        stored->state.config.threads = 2;
        RecordingObserver rest;
        const auto resumed = engine::resumeTraining(stored->state, digits(), control, rest);
        ASSERT_TRUE(test::succeeds(resumed));
        EXPECT_TRUE(test::areSame(resumed->model, whole->model));
        ASSERT_FALSE(rest.batches.empty());
        EXPECT_EQ(rest.batches.back().loss, observer.batches.back().loss);
    }
    config.augmentation = Augmentation::None; // so that it is known to have had a part in it
    const auto plain = engine::runTraining(config, digits(), control, observer);
    ASSERT_TRUE(test::succeeds(plain));
    EXPECT_FALSE(test::areSame(plain->model, whole->model));
}

TEST(ResumedTraining, trainsMoreEpochsThanPlanned)
{
    TrainingConfig config = configOf(OptimizerKind::SgdMomentum);
    config.schedule = Schedule::Constant;
    TrainingControl control;
    RecordingObserver first;
    ASSERT_TRUE(engine::runTraining(config, digits(), control, first));
    RecordingObserver more;
    const auto extended =
        engine::resumeTraining(withMoreEpochs(first.states.back(), 2), digits(), control, more);
    ASSERT_TRUE(test::succeeds(extended));
    EXPECT_EQ(extended->epochs.size(), 5U);
    EXPECT_EQ(more.batches.front().epoch, 4);
    EXPECT_EQ(more.plans[0].config.epochs, 5);

    // With a constant rate that is what five epochs from the start would have been.
    config.epochs = 5;
    RecordingObserver whole;
    const auto five = engine::runTraining(config, digits(), control, whole);
    ASSERT_TRUE(test::succeeds(five));
    EXPECT_TRUE(test::areSame(five->model, extended->model));
}

TEST(ResumedTraining, givesAddedEpochsACycleOfTheirOwn)
{
    const TrainingConfig config = configOf(OptimizerKind::AdamW);
    TrainingControl control;
    RecordingObserver first;
    ASSERT_TRUE(engine::runTraining(config, digits(), control, first));
    EXPECT_LT(first.batches.back().learningRate, .001F);
    RecordingObserver more;
    ASSERT_TRUE(engine::resumeTraining(withMoreEpochs(first.states.back(), 1), digits(), control, more));
    float largest = 0;
    for (const engine::BatchReport& batch : more.batches)
        largest = std::max(largest, batch.learningRate);
    EXPECT_GT(largest, .004F);
}

TEST(ResumedTraining, isTestedAgainWhereNothingIsLeftToDo)
{
    TrainingControl control;
    RecordingObserver first;
    const auto outcome = engine::runTraining(configOf(OptimizerKind::Sgd), digits(), control, first);
    ASSERT_TRUE(test::succeeds(outcome));
    RecordingObserver again;
    const auto resumed = engine::resumeTraining(first.states.back(), digits(), control, again);
    ASSERT_TRUE(test::succeeds(resumed));
    EXPECT_TRUE(again.batches.empty());
    EXPECT_TRUE(test::areSame(resumed->model, outcome->model));
    ASSERT_TRUE(resumed->evaluation);
    EXPECT_EQ(resumed->evaluation->predictions, outcome->evaluation->predictions);
}

TEST(ResumedTraining, refusesOtherData)
{
    TrainingState state = stoppedAt(configOf(OptimizerKind::Sgd), 1, 2);
    engine::DatasetSplits other = digits();
    other.train = other.test =
        engine::Dataset::create(8, 8, std::vector<std::uint8_t>(128), {0, 1}, 10).value();
    TrainingControl control;
    RecordingObserver observer;
    EXPECT_TRUE(test::failsWith(engine::resumeTraining(state, other, control, observer),
                                engine::ErrorCode::BadValue, {"28 × 28", "found 8 × 8"}));
}

TEST(PausedTraining, keepsItsStateAndGoesOnToTheSameBits)
{
    TrainingConfig config = configOf(OptimizerKind::AdamW);
    TrainingControl control;
    RecordingObserver undisturbed;
    const auto expected = engine::runTraining(config, digits(), control, undisturbed);
    RecordingObserver observer;
    observer.onBatch = [&](const engine::BatchReport& report) {
        if (report.epoch == 2 && report.batch == 3)
            control.setPaused(true);
    };
    observer.onPause = [&] {
        EXPECT_EQ(observer.states.back().epoch, 2);
        EXPECT_EQ(observer.states.back().batchesDone, 3);
        control.requestSnapshot(); // answered while paused
        if (observer.pauses == 1) {
            control.requestStep();
        } else {
            EXPECT_EQ(observer.pauses, 2);
            control.setPaused(false);
        }
        observer.states.back().batchesDone = 3;
    };
    observer.onState = [&](const TrainingState& state) -> engine::Result<void> {
        if (observer.pauses == 1 && control.isPaused()) {
            EXPECT_EQ(state.batchesDone, 4) << "a single step is one batch";
            observer.states.back().batchesDone = 3;
        }
        return {};
    };
    const auto outcome = engine::runTraining(config, digits(), control, observer);
    ASSERT_TRUE(test::succeeds(outcome));
    EXPECT_EQ(observer.pauses, 2);
    EXPECT_EQ(observer.unpauses, 2);
    EXPECT_TRUE(test::areSame(outcome->model, expected->model));
}

TEST(PausedTraining, canBeStopped)
{
    TrainingControl control;
    RecordingObserver observer;
    observer.onBatch = [&](const engine::BatchReport&) { control.setPaused(true); };
    observer.onPause = [&] { control.requestStop(); };
    const auto outcome = engine::runTraining(configOf(OptimizerKind::Sgd), digits(), control, observer);
    ASSERT_TRUE(test::succeeds(outcome));
    EXPECT_TRUE(outcome->isStopped);
    EXPECT_EQ(observer.batches.size(), 1U);
}

TEST(RunningTraining, takesAnotherLearningRate)
{
    TrainingConfig config = configOf(OptimizerKind::Sgd);
    config.schedule = Schedule::Constant;
    TrainingControl control;
    RecordingObserver observer;
    observer.onBatch = [&](const engine::BatchReport& report) {
        if (report.epoch == 1 && report.batch == 2)
            control.setLearningRate(.02);
    };
    ASSERT_TRUE(engine::runTraining(config, digits(), control, observer));
    EXPECT_FLOAT_EQ(observer.batches[1].learningRate, .05F);
    EXPECT_FLOAT_EQ(observer.batches[2].learningRate, .02F);
    EXPECT_FLOAT_EQ(observer.batches.back().learningRate, .02F);
    EXPECT_DOUBLE_EQ(observer.states.back().learningRateFactor, .4);
}

TEST(Validation, holdsBackTheSameShareOfEveryClass)
{
    TrainingConfig config = configOf(OptimizerKind::Sgd);
    TrainingControl control;
    RecordingObserver observer;
    ASSERT_TRUE(engine::runTraining(config, digits(), control, observer));
    EXPECT_EQ(observer.plans[0].trainSize, 180U);
    EXPECT_EQ(observer.plans[0].validationSize, 20U);
    EXPECT_EQ(observer.epochs[0].trainTotal, 180U);
    EXPECT_EQ(observer.epochs[0].validationTotal, 20U);
    EXPECT_GT(observer.epochs[0].validationLoss, 0);
}

TEST(EarlyStopping, endsWithTheBestEpochsWeights)
{
    TrainingConfig config = configOf(OptimizerKind::AdamW);
    config.schedule = Schedule::Constant;
    config.augmentation = Augmentation::None;
    config.labelSmoothing = 0;
    config.learningRate = .05; // too much: the validation loss goes up soon
    config.epochs = 60;
    config.patience = 2;
    TrainingControl control;
    RecordingObserver observer;
    const auto outcome = engine::runTraining(config, digits(), control, observer);
    ASSERT_TRUE(test::succeeds(outcome));
    EXPECT_TRUE(outcome->isEndedEarly);
    EXPECT_FALSE(outcome->isStopped);
    const int last = observer.epochs.back().epoch;
    EXPECT_LT(last, 60);
    ASSERT_TRUE(outcome->restoredEpoch);
    EXPECT_EQ(*outcome->restoredEpoch, last - 2);
    const auto best =
        std::min_element(observer.epochs.begin(), observer.epochs.end(),
                         [](const auto& a, const auto& b) { return a.validationLoss < b.validationLoss; });
    EXPECT_EQ(best->epoch, *outcome->restoredEpoch);
    EXPECT_TRUE(
        test::areSame(outcome->model, observer.epochModels[static_cast<std::size_t>(best->epoch - 1)]));
    ASSERT_TRUE(outcome->evaluation);
    EXPECT_EQ(outcome->evaluation->correctCount(), best->testCorrect);
}

TEST(EarlyStopping, goesOnForTheEpochsThatAreAdded)
{
    TrainingConfig config = configOf(OptimizerKind::AdamW);
    config.schedule = Schedule::Constant;
    config.augmentation = Augmentation::None;
    config.learningRate = .05;
    config.epochs = 60;
    config.patience = 2;
    TrainingControl control;
    RecordingObserver observer;
    const auto ended = engine::runTraining(config, digits(), control, observer);
    ASSERT_TRUE(test::succeeds(ended));
    ASSERT_TRUE(ended->isEndedEarly);

    // Killed before the end was recorded, it ends as it had ended.
    RecordingObserver again;
    const auto resumed = engine::resumeTraining(observer.states.back(), digits(), control, again);
    ASSERT_TRUE(test::succeeds(resumed));
    EXPECT_TRUE(again.batches.empty());
    EXPECT_TRUE(resumed->isEndedEarly);
    EXPECT_TRUE(test::areSame(resumed->model, ended->model));

    RecordingObserver more;
    const auto extended =
        engine::resumeTraining(withMoreEpochs(observer.states.back(), 3), digits(), control, more);
    ASSERT_TRUE(test::succeeds(extended));
    EXPECT_EQ(more.epochs.size(), 3U) << "those that were asked for, whether they bring anything or not";
    EXPECT_EQ(extended->epochs.size(), ended->epochs.size() + 3);
}

TEST(EndedTraining, keepsTheBestEpochsParametersAfterEarlyStoppingOnly)
{
    TrainingConfig config = configOf(OptimizerKind::AdamW);
    config.augmentation = Augmentation::None;
    config.schedule = Schedule::Constant;
    config.epochs = 60;
    config.patience = 2;
    TrainingControl control;
    RecordingObserver observer;
    ASSERT_TRUE(engine::runTraining(config, digits(), control, observer));
    const TrainingState& last = observer.states.back();
    ASSERT_LT(last.epoch, 61);
    EXPECT_TRUE(isEnded(last));
    EXPECT_EQ(keptParameters(last), last.bestParameters);
    const TrainingState& first = observer.states.front();
    EXPECT_FALSE(isEnded(first));
    EXPECT_EQ(keptParameters(first), first.parameters);
}

TEST(StoppedTraining, endsAtAnEarlierEpochWhereThatIsWanted)
{
    TrainingConfig config = configOf(OptimizerKind::Sgd);
    config.schedule = Schedule::Constant;
    config.epochs = 200;
    TrainingControl control;
    RecordingObserver rest;
    const auto outcome =
        engine::resumeTraining(withEpochs(stoppedAt(config, 2, 3), 3), digits(), control, rest);
    ASSERT_TRUE(test::succeeds(outcome));
    EXPECT_FALSE(outcome->isStopped);
    EXPECT_EQ(outcome->epochs.size(), 3U);
}

TEST(Validation, needsImagesOnBothSides)
{
    TrainingConfig config = configOf(OptimizerKind::Sgd);
    TrainingControl control;
    RecordingObserver observer;
    config.sampleLimit = 3;
    config.validationShare = .5;
    const auto none = engine::runTraining(config, digits(), control, observer);
    EXPECT_TRUE(!none || observer.plans[0].trainSize > 0);
    config.sampleLimit = 5;
    config.validationShare = .01;
    EXPECT_TRUE(test::failsWith(engine::runTraining(config, digits(), control, observer),
                                engine::ErrorCode::BadValue, {"Validation share", "5 and 0"}));
}

TEST(PausedTraining, keepsALearningRateThatWasSetBeforeItWasStopped)
{
    TrainingConfig config = configOf(OptimizerKind::Sgd);
    TrainingControl control;
    RecordingObserver observer;
    observer.onBatch = [&](const engine::BatchReport&) { control.setPaused(true); };
    observer.onPause = [&] {
        control.setLearningRate(.01);
        control.requestStop();
    };
    ASSERT_TRUE(engine::runTraining(config, digits(), control, observer));
    EXPECT_DOUBLE_EQ(observer.states.back().learningRateFactor, .2);
    EXPECT_DOUBLE_EQ(changedLearningRate(observer.states.back()).value(), .01);
}

namespace
{

/// As runTraining(), but the state is reported after every batch, as in an epoch of many minutes.
engine::Result<engine::TrainingOutcome> runTellingEveryState(const TrainingConfig& config,
                                                             RecordingObserver& observer)
{
    TrainingControl control;
    const engine::Dataset train = engine::trainingImages(config, digits());
    TrainingState state;
    state.config = config;
    state.model = engine::networkFor(config.network, train.shape(), train.classCount());
    state.parameters = engine::flatWeights(test::randomModel(state.model, config.seed));
    auto backend = engine::makeTrainingBackend(config, state.model, train);
    if (!backend)
        return tl::unexpected(backend.error());
    engine::TrainingRun run(state, digits(), train, engine::splitFor(config, train), std::move(*backend),
                            control, observer);
    run.setSecondsBetweenStates(0);
    return run.run();
}

} // namespace

TEST(ResumedTraining, goesOnFromAStateOfALongEpochToTheSameBits)
{
    const TrainingConfig config = configOf(OptimizerKind::AdamW);
    TrainingControl control;
    RecordingObserver whole;
    const auto uninterrupted = engine::runTraining(config, digits(), control, whole);
    ASSERT_TRUE(test::succeeds(uninterrupted));
    EXPECT_EQ(whole.states.size(), 3U) << "these epochs are short";

    RecordingObserver observer;
    const auto same = runTellingEveryState(config, observer);
    ASSERT_TRUE(test::succeeds(same));
    EXPECT_TRUE(test::areSame(same->model, uninterrupted->model)) << "telling it changes nothing";
    ASSERT_EQ(observer.states.size(), 3U * (7 + 1));
    for (const std::size_t i : {std::size_t{0}, std::size_t{10}, std::size_t{22}}) {
        const TrainingState& state = observer.states[i]; // as if it had been killed after it
        EXPECT_EQ(state.epoch, static_cast<int>(i / 8) + 1);
        EXPECT_EQ(state.batchesDone, static_cast<int>(i % 8) + 1);
        EXPECT_EQ(state.batches.size(), i / 8 * 7 + i % 8 + 1);
        RecordingObserver rest;
        const auto resumed = engine::resumeTraining(state, digits(), control, rest);
        ASSERT_TRUE(test::succeeds(resumed));
        EXPECT_TRUE(test::areSame(resumed->model, uninterrupted->model));
    }
}
