#include "engine/training/TrainingConfig.h"

#include "engine/training/TrainingConfigRanges.h"

#include "support/Results.h"

#include <functional>
#include <limits>

using engine::ErrorCode;
using engine::Preset;
using engine::presetOf;
using engine::TrainingConfig;
using engine::validate;
using engine::withPreset;
using test::failsWith;

namespace
{

TrainingConfig with(const std::function<void(TrainingConfig&)>& change)
{
    TrainingConfig config;
    change(config);
    return config;
}

struct BadConfig {
    const char* name;
    std::function<void(TrainingConfig&)> change;
    std::vector<std::string> message;
};

} // namespace

TEST(TrainingConfig, isRefusedByNameOutsideItsBounds)
{
    const std::vector<BadConfig> cases = {
        {"noEpochs", [](auto& c) { c.epochs = 0; }, {"Epochs", "1 to 1000", "found 0"}},
        {"manyEpochs", [](auto& c) { c.epochs = 1001; }, {"Epochs", "found 1001"}},
        {"noBatch", [](auto& c) { c.batchSize = 0; }, {"Batch size", "1 to 4096", "found 0"}},
        {"largeBatch", [](auto& c) { c.batchSize = 4097; }, {"Batch size", "found 4097"}},
        {"noRate", [](auto& c) { c.learningRate = 0; }, {"Learning rate", "above 0", "found 0"}},
        {"negativeRate", [](auto& c) { c.learningRate = -.1; }, {"Learning rate", "found -0.1"}},
        {"largeRate", [](auto& c) { c.learningRate = 10.5; }, {"Learning rate", "at most 10", "found 10.5"}},
        {"rateThatIsNoNumber",
         [](auto& c) { c.learningRate = std::numeric_limits<double>::quiet_NaN(); },
         {"Learning rate", "nan"}},
        {"infiniteRate",
         [](auto& c) { c.learningRate = std::numeric_limits<double>::infinity(); },
         {"Learning rate", "inf"}},
        {"hiddenUnits",
         [](auto& c) { c.network.tinyVgg.hiddenUnits = {129}; },
         {"Hidden units", "found 129"}},
        {"kernelSize",
         [](auto& c) { c.network.tinyVgg.kernelSizes = {12}; },
         {"Kernel sizes", "1 to 11", "found 12"}},
        {"momentum", [](auto& c) { c.momentum = 1; }, {"Momentum", "0 to 0.999", "found 1"}},
        {"weightDecay", [](auto& c) { c.weightDecay = -1; }, {"Weight decay", "found -1"}},
        {"labelSmoothing", [](auto& c) { c.labelSmoothing = .95; }, {"Label smoothing", "found 0.95"}},
        {"stepFactor", [](auto& c) { c.stepFactor = 0; }, {"Step factor", "above 0", "found 0"}},
        {"stepEpochs", [](auto& c) { c.stepEpochs = 0; }, {"Step epochs", "found 0"}},
        {"validation", [](auto& c) { c.validationShare = .6; }, {"Validation share", "found 0.6"}},
        {"patienceAlone", [](auto& c) { c.patience = 2; }, {"Patience", "validation"}},
        {"negativeThreads", [](auto& c) { c.threads = -1; }, {"Threads", "0 to 256", "found -1"}},
        {"manyThreads", [](auto& c) { c.threads = 257; }, {"Threads", "found 257"}},
    };
    for (const BadConfig& bad : cases) {
        SCOPED_TRACE(bad.name);
        EXPECT_TRUE(failsWith(validate(with(bad.change)), ErrorCode::BadValue, bad.message));
    }
}

TEST(TrainingConfig, isValidUpToItsBounds)
{
    EXPECT_TRUE(test::succeeds(validate(TrainingConfig{})));
    EXPECT_TRUE(test::succeeds(validate(with([](auto& c) {
        c.epochs = 1000;
        c.batchSize = 4096;
        c.learningRate = 10;
        c.threads = 256;
    }))));
    EXPECT_TRUE(test::succeeds(validate(with([](auto& c) {
        c.epochs = 1;
        c.batchSize = 1;
        c.learningRate = 1e-9;
        c.threads = 1;
    }))));
}

TEST(TrainingConfig, isTheNotebooksByDefault)
{
    const TrainingConfig config;
    EXPECT_EQ(config.epochs, 3);
    EXPECT_EQ(config.batchSize, 32);
    EXPECT_EQ(config.learningRate, .1);
    EXPECT_EQ(config.seed, 42U);
    EXPECT_EQ(config.network, engine::NetworkChoice{});
    EXPECT_EQ(config.network.family, engine::NetworkFamily::TinyVgg);
    EXPECT_EQ(config.network.tinyVgg.hiddenUnits, std::vector<int>{10});
    EXPECT_EQ(config.network.tinyVgg.kernelSizes, std::vector<int>{3});
    EXPECT_EQ(engine::presetOf(config), Preset::Notebook);
}

TEST(TrainingConfig, isTheNotebooksOnEveryDeviceButWithNoOtherFigure)
{
    EXPECT_EQ(presetOf(with([](auto& c) { c.threads = 1; })), Preset::Notebook);
    EXPECT_EQ(presetOf(with([](auto& c) { c.device = {engine::DeviceKind::Cuda, 1}; })), Preset::Notebook);
    EXPECT_EQ(presetOf(with([](auto& c) { c.seed = 43; })), Preset::Notebook);
    EXPECT_EQ(presetOf(with([](auto& c) { c.sampleLimit = 100; })), Preset::Notebook);
    EXPECT_EQ(presetOf(with([](auto& c) { c.epochs = 4; })), Preset::Custom);
    EXPECT_EQ(presetOf(with([](auto& c) { c.network.tinyVgg.kernelSizes = {5}; })), Preset::Custom);
    EXPECT_EQ(presetOf(with([](auto& c) { c.optimizer = engine::OptimizerKind::SgdMomentum; })),
              Preset::Custom);
    EXPECT_EQ(presetOf(with([](auto& c) { c.labelSmoothing = .1; })), Preset::Custom);
}

TEST(TrainingConfig, takesAPresetsRecipeAndKeepsWhatIsNoneOfItsBusiness)
{
    TrainingConfig mine;
    mine.seed = 7;
    mine.threads = 1;
    mine.sampleLimit = 100;
    mine.epochs = 9;
    const TrainingConfig fast = withPreset(mine, Preset::Fast);
    EXPECT_EQ(presetOf(fast), Preset::Fast);
    EXPECT_EQ(fast.optimizer, engine::OptimizerKind::AdamW);
    EXPECT_EQ(fast.seed, 7U);
    EXPECT_EQ(fast.threads, 1);
    EXPECT_EQ(fast.sampleLimit, 100U);
    EXPECT_TRUE(test::succeeds(validate(fast)));
    const TrainingConfig robust = withPreset(fast, Preset::Robust);
    EXPECT_EQ(presetOf(robust), Preset::Robust);
    EXPECT_EQ(robust.augmentation, engine::Augmentation::Handwriting);
    EXPECT_LE(robust.network.tinyVgg.hiddenUnits.at(0), 32);
    EXPECT_EQ(robust.seed, 7U);
    EXPECT_TRUE(test::succeeds(validate(robust)));
    EXPECT_EQ(engine::describe(robust).rfind("Robust · ", 0), 0U);
    EXPECT_NE(engine::describe(robust).find("handwriting augmentation"), std::string::npos);
    EXPECT_EQ(presetOf(withPreset(fast, Preset::Notebook)), Preset::Notebook);
    EXPECT_EQ(withPreset(mine, Preset::Custom), mine);
}

TEST(TrainingConfig, describesItself)
{
    EXPECT_EQ(engine::describe(TrainingConfig{}),
              "Notebook · 3 epochs · batch size 32 · SGD, learning rate 0.1 · seed 42");
    EXPECT_EQ(
        engine::describe(with([](auto& c) {
            c.epochs = 1;
            c.optimizer = engine::OptimizerKind::SgdMomentum;
            c.augmentation = engine::Augmentation::Affine;
            c.validationShare = .1;
            c.patience = 2;
        })),
        "Custom · 1 epoch · batch size 32 · SGD with momentum 0.9, learning rate 0.1 · affine augmentation · "
        "10 % for validation · patience 2 · seed 42");
    EXPECT_EQ(
        engine::describe(with([](auto& c) {
            c.network.tinyVgg.kernelSizes = {3, 3, 5, 5};
            c.network.tinyVgg.dropout = .2;
        })),
        "Custom · TinyVGG · kernel sizes 3, 3, 5, 5 · dropout 0.2 · 3 epochs · batch size 32 · SGD, learning "
        "rate 0.1 · seed 42");
    EXPECT_EQ(engine::describe(with([](auto& c) { c.network.family = engine::NetworkFamily::Linear; })),
              "Custom · Linear · 3 epochs · batch size 32 · SGD, learning rate 0.1 · seed 42");
}

TEST(TrainingConfig, namesItsChoicesThereAndBack)
{
    using engine::OptimizerKind, engine::Schedule, engine::Augmentation;
    for (const auto kind : {OptimizerKind::Sgd, OptimizerKind::SgdMomentum, OptimizerKind::AdamW})
        EXPECT_EQ(engine::optimizerNamed(engine::nameOf(kind)), kind);
    for (const auto schedule : {Schedule::Constant, Schedule::Step, Schedule::OneCycle})
        EXPECT_EQ(engine::scheduleNamed(engine::nameOf(schedule)), schedule);
    for (const auto augmentation : {Augmentation::None, Augmentation::Affine, Augmentation::Handwriting})
        EXPECT_EQ(engine::augmentationNamed(engine::nameOf(augmentation)), augmentation);
    EXPECT_FALSE(engine::optimizerNamed("adam"));
    EXPECT_FALSE(engine::scheduleNamed(""));
}

TEST(LearningRate, followsItsSchedule)
{
    using engine::learningRateAt;
    const TrainingConfig constant;
    EXPECT_EQ(learningRateAt(constant, 0, 100, 10), .1);
    EXPECT_EQ(learningRateAt(constant, 99, 100, 10), .1);

    const TrainingConfig step = with([](auto& c) {
        c.schedule = engine::Schedule::Step;
        c.stepEpochs = 2;
        c.stepFactor = .1;
    });
    EXPECT_DOUBLE_EQ(learningRateAt(step, 19, 100, 10), .1);
    EXPECT_DOUBLE_EQ(learningRateAt(step, 20, 100, 10), .01);
    EXPECT_NEAR(learningRateAt(step, 99, 100, 10), .1 * 1e-4, 1e-12);

    const TrainingConfig cycle = with([](auto& c) { c.schedule = engine::Schedule::OneCycle; });
    EXPECT_LT(learningRateAt(cycle, 0, 1000, 100), .0045);
    EXPECT_NEAR(learningRateAt(cycle, 200, 1000, 100), .1, .0002);
    EXPECT_NEAR(learningRateAt(cycle, 600, 1000, 100), .05, .0001);
    EXPECT_LT(learningRateAt(cycle, 999, 1000, 100), .0001);
    double largest = 0;
    for (int i = 0; i < 1000; ++i) {
        const double rate = learningRateAt(cycle, i, 1000, 100);
        EXPECT_GT(rate, 0);
        largest = std::max(largest, rate);
    }
    EXPECT_LE(largest, .1);
}

TEST(TrainingConfigRanges, sayInWordsWhatTheyContain)
{
    using namespace engine::ranges;
    EXPECT_EQ(textOf(kBatchSize), "1 to 4096");
    EXPECT_EQ(textOf(kMomentum), "0 to 0.999");
    EXPECT_EQ(textOf(kLearningRate), "above 0, at most 10");
    EXPECT_TRUE(kBatchSize.contains(1) && kBatchSize.contains(4096));
    EXPECT_FALSE(kBatchSize.contains(0) || kBatchSize.contains(4097));
    EXPECT_FALSE(kLearningRate.contains(0) || kLearningRate.contains(10.01));
    EXPECT_TRUE(kLearningRate.contains(1e-9) && kLearningRate.contains(10));
    EXPECT_FALSE(kMomentum.contains(std::numeric_limits<double>::quiet_NaN()));
}
