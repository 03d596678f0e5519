// A training that begins with the weights of another model.
#include "engine/data/SketchDigits.h"
#include "engine/evaluation/Evaluation.h"
#include "engine/storage/CheckpointFile.h"
#include "engine/storage/SavedModel.h"
#include "engine/training/Trainer.h"

#include "Models.h"
#include "RecordingObserver.h"
#include "support/Files.h"
#include "support/Results.h"

using engine::Dataset;
using engine::DatasetSplits;
using engine::ErrorCode;
using engine::ModelSnapshot;
using engine::TrainingConfig;
using engine::TrainingControl;
using test::failsWith;
using test::RecordingObserver;
using test::succeeds;

namespace
{

/// Another hand: every image with rows and columns exchanged.
Dataset transposed(const Dataset& images)
{
    std::vector<std::uint8_t> pixels;
    for (std::size_t i = 0; i < images.size(); ++i) {
        for (std::size_t y = 0; y < 28; ++y) {
            for (std::size_t x = 0; x < 28; ++x)
                pixels.push_back(images.image(i)[x * 28 + y]);
        }
    }
    const auto labels = images.labels();
    return Dataset::create(28, 28, std::move(pixels), {labels.begin(), labels.end()}, images.classCount())
        .value();
}

/// 120 and 200 digits of that hand.
const DatasetSplits& otherHand()
{
    static const DatasetSplits kSplits = [] {
        DatasetSplits splits = engine::makeSketchDigits({120, 200, 5});
        splits.train = transposed(splits.train);
        splits.test = transposed(splits.test);
        splits.title = "Another hand";
        return splits;
    }();
    return kSplits;
}

const DatasetSplits& firstHand()
{
    static const DatasetSplits kSplits = engine::makeSketchDigits({1000, 200, 42});
    return kSplits;
}

/// What has learnt the first hand.
const ModelSnapshot& start()
{
    static const ModelSnapshot kModel = [] {
        TrainingConfig config = withPreset({}, engine::Preset::Fast);
        config.network.tinyVgg.hiddenUnits = {6};
        config.threads = 1;
        TrainingControl control;
        RecordingObserver observer;
        return engine::runTraining(config, firstHand(), control, observer)->model;
    }();
    return kModel;
}

TrainingConfig recipe()
{
    TrainingConfig config;
    config.network.tinyVgg.hiddenUnits = {6};
    config.threads = 1;
    config = fineTuningRecipe(config);
    config.startedFrom = {"run 7", "Fast", "sketch-digits", "Sketch digits"};
    return config;
}

std::size_t right(const ModelSnapshot& model, const Dataset& images)
{
    return engine::evaluate(model, images, {}, 1)->correctCount();
}

} // namespace

TEST(FineTuning, beginsWithTheWeightsOfTheOtherModel)
{
    TrainingConfig config = recipe();
    config.augmentation = engine::Augmentation::None;
    config.batchSize = 120; // all of them, so that the first loss is the mean over them
    config.epochs = 1;
    TrainingControl control;
    RecordingObserver observer;
    ASSERT_TRUE(succeeds(engine::fineTune(start(), config, otherHand(), control, observer)));
    const auto before = engine::evaluate(start(), otherHand().train, {}, 1);
    ASSERT_EQ(observer.batches.size(), 1U);
    EXPECT_NEAR(observer.batches[0].loss, before->meanLoss, 1e-4);
    EXPECT_EQ(observer.batches[0].correctCount, static_cast<int>(before->correctCount()));
}

TEST(FineTuning, learnsTheOtherHand)
{
    TrainingControl control;
    RecordingObserver observer;
    const auto tuned = engine::fineTune(start(), recipe(), otherHand(), control, observer);
    ASSERT_TRUE(succeeds(tuned));
    EXPECT_EQ(observer.epochs.size(), 10U);
    EXPECT_GT(right(tuned->model, otherHand().test), right(start(), otherHand().test) + 20);
    ASSERT_TRUE(tuned->evaluation);
    EXPECT_EQ(tuned->evaluation->correctCount(), right(tuned->model, otherHand().test));
    EXPECT_LT(right(tuned->model, firstHand().test), right(start(), firstHand().test))
        << "and forgets of the first";
}

TEST(FineTuning, goesOnFromAFileToTheBitsOfOneThatWasNeverInterrupted)
{
    TrainingControl control;
    RecordingObserver undisturbed;
    const auto whole = engine::fineTune(start(), recipe(), otherHand(), control, undisturbed);
    ASSERT_TRUE(succeeds(whole));
    for (const auto& [epoch, batch] : {std::pair{1, 1}, {1, 15}, {4, 7}, {10, 14}}) {
        SCOPED_TRACE(std::to_string(epoch) + "/" + std::to_string(batch));
        TrainingControl stop;
        RecordingObserver observer;
        observer.onBatch = [&](const engine::BatchReport& report) {
            if (report.epoch == epoch && report.batch == batch)
                stop.requestStop();
        };
        ASSERT_TRUE(succeeds(engine::fineTune(start(), recipe(), otherHand(), stop, observer)));
        const test::TemporaryFolder folder;
        ASSERT_TRUE(
            succeeds(engine::writeCheckpoint(folder.path(), {observer.states.back(), {"a", "A", {}}})));
        const auto stored = engine::readCheckpoint(folder.path());
        ASSERT_TRUE(succeeds(stored));
        EXPECT_EQ(stored->state.config.startedFrom, recipe().startedFrom);
        RecordingObserver rest;
        const auto resumed = engine::resumeTraining(stored->state, otherHand(), control, rest);
        ASSERT_TRUE(succeeds(resumed));
        EXPECT_TRUE(test::areSame(resumed->model, whole->model));
        EXPECT_EQ(rest.batches.size() + stored->state.batches.size(), undisturbed.batches.size());
    }
}

TEST(FineTuning, isRefusedOnImagesOrClassesThatTheModelIsNotFor)
{
    TrainingControl control;
    RecordingObserver observer;
    DatasetSplits letters = otherHand();
    for (Dataset* split : {&letters.train, &letters.test}) {
        const auto labels = split->labels();
        const auto pixels = split->pixels();
        *split = Dataset::create(28, 28, {pixels.begin(), pixels.end()}, {labels.begin(), labels.end()}, 26)
                     .value();
    }
    EXPECT_TRUE(failsWith(engine::fineTune(start(), recipe(), letters, control, observer),
                          ErrorCode::BadValue, {"run 7", "10 classes", "found", "26 classes"}));
    TrainingConfig other = recipe();
    other.network.tinyVgg.hiddenUnits = {10};
    EXPECT_TRUE(failsWith(engine::fineTune(start(), other, otherHand(), control, observer),
                          ErrorCode::BadValue,
                          {"TinyVGG · 6 hidden units, as it has", "10 classes, TinyVGG with"}));
    EXPECT_TRUE(observer.batches.empty());
}

TEST(FineTuning, isNeverRecordedAsATrainingFromScratchNorTheReverse)
{
    TrainingControl control;
    RecordingObserver observer;
    TrainingConfig nameless = recipe();
    nameless.startedFrom = {};
    EXPECT_TRUE(failsWith(engine::fineTune(start(), nameless, otherHand(), control, observer),
                          ErrorCode::BadValue, {"the name of the model"}));
    EXPECT_TRUE(failsWith(engine::runTraining(recipe(), otherHand(), control, observer), ErrorCode::BadValue,
                          {"random initial weights", "run 7"}));
    EXPECT_EQ(engine::describe(recipe()),
              "Fine-tuned from run 7 (Fast on Sketch digits) · TinyVGG · 6 hidden units · 10 epochs · "
              "batch size 8 · SGD, learning rate 0.01 · handwriting augmentation · seed 42");
    TrainingConfig notebook; // but not from scratch
    notebook.startedFrom = recipe().startedFrom;
    EXPECT_EQ(presetOf(notebook), engine::Preset::Custom);
}

TEST(FineTuning, isKnownFromTheRecordOfItsWeights)
{
    const test::TemporaryFolder folder;
    engine::TrainingRecord record;
    record.config = recipe();
    record.datasetId = "my-digits";
    record.datasetTitle = "My digits";
    for (int i = 0; i < 10; ++i)
        record.classNames.push_back(std::to_string(i));
    ASSERT_TRUE(succeeds(engine::writeSavedModel(folder.path(), {start(), record})));
    const auto read = engine::readSavedModel(folder.path());
    ASSERT_TRUE(succeeds(read));
    ASSERT_TRUE(read->record);
    EXPECT_EQ(read->record->config.startedFrom, recipe().startedFrom);
}
