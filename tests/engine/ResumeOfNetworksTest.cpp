// Every kind of network goes on, from its checkpoint on the disk, to the bits of a training that was never
// interrupted.
#include "engine/data/SketchDigits.h"
#include "engine/storage/CheckpointFile.h"
#include "engine/training/Trainer.h"

#include "Models.h"
#include "RecordingObserver.h"
#include "ShortTraining.h"
#include "support/Files.h"
#include "support/Results.h"

using engine::NetworkChoice;
using engine::NetworkFamily;
using engine::TinyVggOptions;
using engine::TrainingConfig;
using engine::TrainingControl;
using test::RecordingObserver;

namespace
{

struct NamedChoice {
    const char* name;
    NetworkChoice choice;
};

/// How a failure shows the parameter.
void PrintTo(const NamedChoice& named, std::ostream* out)
{
    *out << named.name;
}

NetworkChoice tinyVgg(TinyVggOptions options)
{
    if (options.hiddenUnits == TinyVggOptions{}.hiddenUnits)
        options.hiddenUnits = {4};
    return {NetworkFamily::TinyVgg, options, {}};
}

std::vector<NamedChoice> choices()
{
    return {
        {"batchNorm", tinyVgg({.hasBatchNorm = true})},
        {"dropout", tinyVgg({.dropout = .3})},
        {"batchNormAndDropout", tinyVgg({.hasBatchNorm = true, .dropout = .3})},
        {"threeBlocks", tinyVgg({.blocks = 3, .hiddenUnits = {4, 6, 8}})},
        {"noPadding", tinyVgg({.isPadded = false})},
        {"mixedKernels", tinyVgg({.kernelSizes = {1, 3, 5, 7}})},
        {"evenKernels", tinyVgg({.convolutionsPerBlock = 1, .kernelSizes = {2, 4}})},
        {"linear", {NetworkFamily::Linear, {}, {}}},
        {"linearRelu", {NetworkFamily::LinearRelu, {}, {}}},
        {"custom",
         {NetworkFamily::Custom,
          {},
          {engine::Conv2d{.outChannels = 6, .kernelSize = 5, .stride = 2, .padding = 2}, engine::ReLU{},
           engine::MaxPool2d{3, 2}, engine::Conv2d{.outChannels = 5, .bias = false}, engine::ReLU{},
           engine::AvgPool2d{2}, engine::Flatten{}, engine::Dropout{.2}, engine::Linear{12}, engine::ReLU{},
           engine::Dropout{.5}, engine::Linear{10}}}},
        {"customWithBatchNorm",
         {NetworkFamily::Custom,
          {},
          {engine::BatchNorm2d{.momentum = .3}, engine::Conv2d{.outChannels = 6}, engine::BatchNorm2d{},
           engine::ReLU{}, engine::MaxPool2d{4}, engine::Dropout{.2}, engine::Flatten{},
           engine::Linear{10}}}},
    };
}

const engine::DatasetSplits& digits()
{
    static const engine::DatasetSplits kDigits = engine::makeSketchDigits({100, 30, 42});
    return kDigits;
}

/// Stopped at a batch, written, and read again.
engine::TrainingState storedAt(const TrainingConfig& config, int epoch, int batch)
{
    TrainingControl control;
    RecordingObserver observer;
    observer.onBatch = [&](const engine::BatchReport& report) {
        if (report.epoch == epoch && report.batch == batch)
            control.requestStop();
    };
    EXPECT_TRUE(test::succeeds(engine::runTraining(config, digits(), control, observer)));
    const test::TemporaryFolder folder;
    EXPECT_TRUE(test::succeeds(
        engine::writeCheckpoint(folder.path(), {observer.states.back(), {"id", "title", {}}})));
    const auto stored = engine::readCheckpoint(folder.path());
    EXPECT_TRUE(test::succeeds(stored));
    EXPECT_EQ(stored->state.model, observer.states.back().model);
    EXPECT_EQ(stored->state.parameters, observer.states.back().parameters);
    EXPECT_EQ(stored->state.config, config);
    return stored->state;
}

class ResumeOf : public testing::TestWithParam<NamedChoice>
{
protected:
    const TrainingConfig config = test::shortTraining(GetParam().choice);
    TrainingControl control;
    RecordingObserver whole;
};

} // namespace

TEST_P(ResumeOf, comesToTheBitsOfATrainingThatWasNeverInterrupted)
{
    const auto uninterrupted = engine::runTraining(config, digits(), control, whole);
    ASSERT_TRUE(test::succeeds(uninterrupted));
    ASSERT_EQ(whole.batches.size(), 8U);
    for (const auto& [epoch, batch] : {std::pair{1, 1}, {1, 4}, {2, 3}}) {
        SCOPED_TRACE(std::to_string(epoch) + "/" + std::to_string(batch));
        const engine::TrainingState state = storedAt(config, epoch, batch);
        RecordingObserver rest;
        const auto resumed = engine::resumeTraining(state, digits(), control, rest);
        ASSERT_TRUE(test::succeeds(resumed));
        EXPECT_TRUE(test::areSame(resumed->model, uninterrupted->model));
        ASSERT_EQ(resumed->epochs.size(), 2U);
        for (std::size_t i = 0; i < 2; ++i) {
            EXPECT_EQ(resumed->epochs[i].trainLoss, uninterrupted->epochs[i].trainLoss);
            EXPECT_EQ(resumed->epochs[i].validationLoss, uninterrupted->epochs[i].validationLoss);
            EXPECT_EQ(resumed->epochs[i].testLoss, uninterrupted->epochs[i].testLoss);
        }
        EXPECT_EQ(rest.states.back().optimizer, whole.states.back().optimizer);
        EXPECT_EQ(rest.states.back().bestParameters, whole.states.back().bestParameters);
    }
}

TEST_P(ResumeOf, comesToTheSameBitsOnAnyNumberOfThreads)
{
    const auto one = engine::runTraining(config, digits(), control, whole);
    ASSERT_TRUE(test::succeeds(one));
    for (const int threads : {2, 5}) {
        SCOPED_TRACE(threads);
        TrainingConfig other = config;
        other.threads = threads;
        const auto outcome = engine::runTraining(other, digits(), control, whole);
        ASSERT_TRUE(test::succeeds(outcome));
        EXPECT_TRUE(test::areSame(outcome->model, one->model));
        EXPECT_EQ(outcome->epochs.back().trainLoss, one->epochs.back().trainLoss);

        engine::TrainingState state = storedAt(config, 1, 2);
        state.config.threads = threads; // on whatever machine it goes on
        RecordingObserver rest;
        const auto resumed = engine::resumeTraining(state, digits(), control, rest);
        ASSERT_TRUE(test::succeeds(resumed));
        EXPECT_TRUE(test::areSame(resumed->model, one->model));
    }
}

TEST_P(ResumeOf, trainsWhatItsEpochsTell)
{
    const auto outcome = engine::runTraining(config, digits(), control, whole);
    ASSERT_TRUE(test::succeeds(outcome));
    EXPECT_EQ(outcome->model.spec, networkFor(config.network, {1, 28, 28}, 10));
    EXPECT_FALSE(test::areSame(whole.epochModels[0], whole.epochModels[1]));
    const auto evaluation = engine::evaluate(outcome->model, digits().test, {}, 1);
    ASSERT_TRUE(test::succeeds(evaluation));
    EXPECT_EQ(evaluation->correctCount(), outcome->epochs.back().testCorrect);
    EXPECT_NEAR(evaluation->meanLoss, outcome->epochs.back().testLoss, 1e-4);
    for (const engine::WeightArray& array : outcome->model.weights) {
        if (array.name.ends_with("num_batches_tracked")) {
            EXPECT_EQ(array.values, std::vector<float>{8}) << array.name;
        }
    }
    const auto again = engine::runTraining(config, digits(), control, whole);
    ASSERT_TRUE(test::succeeds(again));
    EXPECT_TRUE(test::areSame(again->model, outcome->model));
}

INSTANTIATE_TEST_SUITE_P(Networks, ResumeOf, testing::ValuesIn(choices()),
                         [](const auto& instance) { return std::string(instance.param.name); });

TEST(Dropout, hasAPartInTraining)
{
    TrainingControl control;
    RecordingObserver observer;
    const auto with =
        engine::runTraining(test::shortTraining(tinyVgg({.dropout = .3})), digits(), control, observer);
    const auto less =
        engine::runTraining(test::shortTraining(tinyVgg({.dropout = .2})), digits(), control, observer);
    ASSERT_TRUE(with && less);
    EXPECT_NE(flatWeights(with->model), flatWeights(less->model));
}
