#include "engine/training/TrainingConfig.h"

#include "support/Results.h"

#include <functional>
#include <limits>

using engine::ErrorCode;
using engine::TrainingConfig;
using engine::validate;
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
        {"hiddenUnits", [](auto& c) { c.hiddenUnits = 129; }, {"Hidden units", "found 129"}},
        {"kernelSize", [](auto& c) { c.kernelSize = 2; }, {"Kernel size", "odd", "found 2"}},
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
    EXPECT_EQ(config.hiddenUnits, 10);
    EXPECT_EQ(config.kernelSize, 3);
    EXPECT_EQ(engine::presetName(config), "Notebook");
}

TEST(TrainingConfig, isTheNotebooksOnEveryDeviceButWithNoOtherFigure)
{
    using engine::presetName;
    EXPECT_EQ(presetName(with([](auto& c) { c.threads = 1; })), "Notebook");
    EXPECT_EQ(presetName(with([](auto& c) { c.device = {engine::DeviceKind::Cuda, 1}; })), "Notebook");
    EXPECT_EQ(presetName(with([](auto& c) { c.epochs = 4; })), "Custom");
    EXPECT_EQ(presetName(with([](auto& c) { c.seed = 43; })), "Custom");
    EXPECT_EQ(presetName(with([](auto& c) { c.sampleLimit = 100; })), "Custom");
    EXPECT_EQ(presetName(with([](auto& c) { c.kernelSize = 5; })), "Custom");
}
