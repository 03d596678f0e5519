// Whole trainings on a GPU: repeated, interrupted, and moved between GPU and CPU.
#include "engine/data/IdxFolder.h"
#include "engine/data/SketchDigits.h"
#include "engine/network/InitialWeights.h"
#include "engine/storage/CheckpointFile.h"
#include "engine/storage/SavedModel.h"
#include "engine/training/Trainer.h"

#include "Models.h"
#include "NetworkFixtures.h"
#include "RecordingObserver.h"
#include "ShortTraining.h"
#include "UsableGpu.h"
#include "support/Files.h"
#include "support/Results.h"

using engine::DatasetSplits;
using engine::Device;
using engine::ImageShape;
using engine::NetworkChoice;
using engine::NetworkFamily;
using engine::TrainingConfig;
using engine::TrainingControl;
using engine::TrainingOutcome;
using engine::TrainingState;
using test::RecordingObserver;

namespace
{

struct NamedTraining {
    const char* name;
    ImageShape images;
    NetworkChoice choice;
};

/// How a failure shows the parameter.
void PrintTo(const NamedTraining& named, std::ostream* out)
{
    *out << named.name;
}

std::vector<NamedTraining> trainings()
{
    const ImageShape gray = {1, 28, 28};
    return {
        {"course", gray, {}},
        {"batchNormAndDropout", gray, {NetworkFamily::TinyVgg, {.hasBatchNorm = true, .dropout = .3}, {}}},
        {"evenKernels",
         gray,
         {NetworkFamily::TinyVgg, {.convolutionsPerBlock = 1, .kernelSizes = {2, 4}}, {}}},
        {"linear", gray, {NetworkFamily::Linear, {}, {}}},
        {"linearRelu", gray, {NetworkFamily::LinearRelu, {}, {}}},
        {"color", {3, 28, 28}, {NetworkFamily::TinyVgg, {.hasBatchNorm = true}, {}}},
        {"colorUnpadded", {3, 64, 64}, {NetworkFamily::TinyVgg, {.isPadded = false}, {}}},
        {"averagePooling",
         gray,
         {NetworkFamily::Custom,
          {},
          {engine::Conv2d{.outChannels = 6, .kernelSize = 5, .stride = 2, .padding = 2},
           engine::BatchNorm2d{.momentum = .3}, engine::ReLU{}, engine::AvgPool2d{3, 2}, engine::Dropout{.2},
           engine::Flatten{}, engine::Linear{10}}}},
        {"overlappingMaxPooling",
         gray,
         {NetworkFamily::Custom,
          {},
          {engine::Conv2d{.outChannels = 6}, engine::ReLU{}, engine::MaxPool2d{3, 1}, engine::MaxPool2d{3, 2},
           engine::Conv2d{.outChannels = 5, .bias = false}, engine::ReLU{}, engine::Flatten{},
           engine::Linear{10}}}},
    };
}

DatasetSplits dataFor(const ImageShape& images)
{
    if (images.channels == 1)
        return engine::makeSketchDigits({100, 60, 42});
    engine::NetworkSpec spec;
    spec.input = images;
    spec.classCount = 10;
    DatasetSplits data;
    data.title = "Patterns";
    data.train = test::fixtureImages(spec, 100);
    data.test = test::fixtureImages(spec, 60);
    return data;
}

class GpuTraining : public test::UsingGpu<testing::TestWithParam<NamedTraining>>
{
protected:
    TrainingConfig configOn(const Device& device) const
    {
        TrainingConfig config = test::shortTraining(GetParam().choice);
        config.labelSmoothing = .1;
        config.device = device;
        return config;
    }

    TrainingOutcome trained(const TrainingConfig& config) const
    {
        TrainingControl control;
        engine::TrainingObserver observer;
        auto outcome = runTraining(config, data, control, observer);
        EXPECT_TRUE(test::succeeds(outcome));
        return outcome ? *outcome : TrainingOutcome();
    }

    /// The state before the batch `count` from 0, where the training was stopped.
    TrainingState stoppedAt(const TrainingConfig& config, int count) const
    {
        TrainingControl control;
        control.setPaused(true);
        RecordingObserver observer;
        observer.onPause = [&] {
            if (observer.pauses > count)
                control.requestStop();
            else
                control.requestStep();
        };
        const auto outcome = runTraining(config, data, control, observer);
        EXPECT_TRUE(test::succeeds(outcome));
        EXPECT_TRUE(!outcome || outcome->isStopped);
        return observer.states.back();
    }

    const DatasetSplits data = dataFor(GetParam().images);
    const engine::NetworkSpec spec =
        networkFor(GetParam().choice, data.train.shape(), data.train.classCount());
};

/// As it comes back from the disk, to go on on `device`, which the file leaves open.
TrainingState stored(const TrainingState& state, const Device& device)
{
    const test::TemporaryFolder folder;
    EXPECT_TRUE(test::succeeds(engine::writeCheckpoint(folder.path(), {state, {"id", "title", {}}})));
    const auto checkpoint = engine::readCheckpoint(folder.path());
    EXPECT_TRUE(test::succeeds(checkpoint));
    if (!checkpoint)
        return {};
    TrainingState read = checkpoint->state;
    read.config.device = device;
    return read;
}

} // namespace

TEST_P(GpuTraining, startsWithTheBitsOfTheCpu)
{
    const std::vector<float> weights = engine::initialWeights(spec, configOn(gpu).seed);
    EXPECT_EQ(stoppedAt(configOn(gpu), 0).parameters, weights);
    EXPECT_EQ(stoppedAt(configOn({}), 0).parameters, weights);
}

TEST_P(GpuTraining, comesToTheSameBitsEveryTime)
{
    const TrainingOutcome first = trained(configOn(gpu));
    const TrainingOutcome second = trained(configOn(gpu));
    EXPECT_TRUE(test::areSame(first.model, second.model));
    ASSERT_EQ(first.epochs.size(), 2U);
    ASSERT_EQ(second.epochs.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(first.epochs[i].trainLoss, second.epochs[i].trainLoss);
        EXPECT_EQ(first.epochs[i].validationLoss, second.epochs[i].validationLoss);
        EXPECT_EQ(first.epochs[i].testLoss, second.epochs[i].testLoss);
        EXPECT_EQ(first.epochs[i].testCorrect, second.epochs[i].testCorrect);
    }
}

TEST_P(GpuTraining, goesOnToTheBitsOfATrainingThatWasNeverInterrupted)
{
    TrainingControl control;
    RecordingObserver whole;
    const auto uninterrupted = runTraining(configOn(gpu), data, control, whole);
    ASSERT_TRUE(test::succeeds(uninterrupted));
    ASSERT_EQ(whole.batches.size(), 8U);
    for (const int count : {1, 3, 4, 6}) { // the fourth is the first of the second epoch
        SCOPED_TRACE(count);
        const TrainingState state = stored(stoppedAt(configOn(gpu), count), gpu);
        EXPECT_EQ(state.batches.size(), static_cast<std::size_t>(count));
        RecordingObserver rest;
        const auto resumed = resumeTraining(state, data, control, rest);
        ASSERT_TRUE(test::succeeds(resumed));
        EXPECT_TRUE(test::areSame(resumed->model, uninterrupted->model)); // running statistics included
        EXPECT_EQ(rest.states.back().optimizer, whole.states.back().optimizer);
        EXPECT_EQ(rest.states.back().bestParameters, whole.states.back().bestParameters);
        ASSERT_EQ(resumed->epochs.size(), 2U);
        EXPECT_EQ(resumed->epochs[1].trainLoss, uninterrupted->epochs[1].trainLoss);
        EXPECT_EQ(resumed->epochs[1].testLoss, uninterrupted->epochs[1].testLoss);
    }
}

TEST_P(GpuTraining, isTestedAsOnTheCpu)
{
    const TrainingOutcome outcome = trained(configOn(gpu));
    ASSERT_FALSE(outcome.epochs.empty());
    const auto onCpu = evaluate(outcome.model, data.test);
    const auto onGpu = evaluate(outcome.model, data.test, gpu);
    ASSERT_TRUE(test::succeeds(onCpu));
    ASSERT_TRUE(test::succeeds(onGpu));
    EXPECT_EQ(onGpu->predictions, onCpu->predictions);
    EXPECT_EQ(outcome.epochs.back().testCorrect, onCpu->correctCount());
    EXPECT_NEAR(onGpu->meanLoss, onCpu->meanLoss, 1e-5 * std::max(1.0, onCpu->meanLoss));
    EXPECT_NEAR(outcome.epochs.back().testLoss, onCpu->meanLoss, 1e-5 * std::max(1.0, onCpu->meanLoss));
    for (std::size_t i = 0; i < onCpu->probabilities.size(); ++i)
        ASSERT_NEAR(onGpu->probabilities[i], onCpu->probabilities[i], 1e-5) << i;

    const std::vector<std::uint32_t> some = {41, 3, 17};
    const auto ofSome = evaluate(outcome.model, data.test, gpu, 0, {}, {}, some);
    ASSERT_TRUE(test::succeeds(ofSome));
    for (std::size_t i = 0; i < some.size(); ++i)
        EXPECT_EQ(ofSome->predictions[i], onCpu->predictions[some[i]]);
}

TEST_P(GpuTraining, goesOnOnTheOtherDevice)
{
    const TrainingOutcome whole = trained(configOn(gpu));
    ASSERT_EQ(whole.epochs.size(), 2U);
    for (const auto& [from, to] : {std::pair{gpu, Device()}, {Device(), gpu}}) {
        SCOPED_TRACE(deviceLabel(from) + " to " + deviceLabel(to));
        const TrainingState state = stored(stoppedAt(configOn(from), 6), to);
        TrainingControl control;
        control.setPaused(true);
        RecordingObserver rest;
        rest.onPause = [&] { control.setPaused(false); };
        const auto resumed = resumeTraining(state, data, control, rest);
        ASSERT_TRUE(test::succeeds(resumed));
        EXPECT_EQ(rest.states.front().parameters, state.parameters); // moved bit by bit
        EXPECT_EQ(rest.states.front().optimizer, state.optimizer);
        ASSERT_EQ(resumed->epochs.size(), 2U);
        EXPECT_NEAR(resumed->epochs[1].trainLoss, whole.epochs[1].trainLoss, .02);
        EXPECT_NEAR(resumed->epochs[1].testLoss, whole.epochs[1].testLoss, .05);
    }
}

TEST_P(GpuTraining, savesAModelForTheCpu)
{
    const TrainingOutcome outcome = trained(configOn(gpu));
    const test::TemporaryFolder folder;
    ASSERT_TRUE(test::succeeds(engine::writeSavedModel(folder.path(), {outcome.model, std::nullopt})));
    const auto read = engine::readSavedModel(folder.path());
    ASSERT_TRUE(test::succeeds(read));
    EXPECT_TRUE(test::areSame(read->model, outcome.model));

    TrainingConfig config = configOn(gpu);
    config.startedFrom.name = "run 1";
    config.epochs = 1;
    TrainingControl control;
    control.setPaused(true);
    RecordingObserver observer;
    observer.onPause = [&] { control.setPaused(false); };
    ASSERT_TRUE(test::succeeds(fineTune(read->model, config, data, control, observer)));
    EXPECT_EQ(observer.states.front().parameters, flatWeights(outcome.model));
}

INSTANTIATE_TEST_SUITE_P(Networks, GpuTraining, testing::ValuesIn(trainings()),
                         [](const auto& instance) { return std::string(instance.param.name); });

using GpuTrainingOnMnist = test::UsingGpu<testing::Test>;

TEST_F(GpuTrainingOnMnist, learnsAndIsTestedAsOnTheCpu)
{
    const auto folder = test::mnistFolder();
    if (!folder)
        GTEST_SKIP() << "MNIST is not on this machine";
    const auto data = engine::readIdxFolder(*folder, "mnist", "MNIST");
    ASSERT_TRUE(test::succeeds(data));
    TrainingConfig config;
    config.epochs = 1;
    config.device = gpu;
    TrainingControl control;
    engine::TrainingObserver observer;
    const auto outcome = runTraining(config, *data, control, observer);
    ASSERT_TRUE(test::succeeds(outcome));
    EXPECT_GT(outcome->epochs[0].testCorrect, 9500U);
    const auto onCpu = evaluate(outcome->model, data->test);
    ASSERT_TRUE(test::succeeds(onCpu));
    EXPECT_EQ(outcome->epochs[0].testCorrect, onCpu->correctCount());
    RecordProperty("correct", static_cast<int>(onCpu->correctCount()));
}
