// Runs on disk and in the list, as trainings leave them, without training.
#pragma once

#include "core/PlainModel.h"
#include "core/runs/RunRecorder.h"
#include "support/Results.h"

namespace test
{

struct RunRecipe {
    QString folder = {}; ///< in a numbered one where empty
    int epochsDone = 1;  ///< of `epochsPlanned`
    int epochsPlanned = 1;
    bool isStopped = false; ///< within the next epoch
    unsigned seed = 1;      ///< of the weights
};

inline engine::EpochReport reportOf(int epoch)
{
    engine::EpochReport report;
    report.epoch = epoch;
    report.trainLoss = 0.1 / epoch;
    report.trainCorrect = 50 + static_cast<std::size_t>(epoch);
    report.trainTotal = 100;
    report.testLoss = 0.3 / epoch;
    report.testCorrect = 20 + static_cast<std::size_t>(epoch);
    report.testTotal = 40;
    report.trainSeconds = 1.5;
    report.testSeconds = 0.25;
    return report;
}

/// The checkpoint after `epochsDone` epochs, or within the next.
inline engine::TrainingState stateOf(const engine::TrainingConfig& config, int epochsDone, unsigned seed,
                                     bool isWithinEpoch = false)
{
    engine::TrainingState state;
    state.config = config;
    state.model = tinyVgg();
    state.trainSize = 100;
    state.parameters = engine::flatWeights(makeModel(state.model, seed));
    state.epoch = epochsDone + 1;
    for (int epoch = 1; epoch <= epochsDone; ++epoch)
        state.epochs.push_back(reportOf(epoch));
    if (epochsDone > 0) {
        state.bestEpoch = epochsDone;
        state.bestParameters = state.parameters;
    }
    if (isWithinEpoch) {
        state.batchesDone = 1;
        state.batches.push_back({epochsDone + 1, 1, 16, 8, 0.5F, 0.1, 0.05F});
    }
    return state;
}

/// The folder of the run.
inline QString recordRun(const QString& runsFolder, const RunRecipe& recipe = {})
{
    engine::TrainingConfig config;
    config.epochs = recipe.epochsPlanned;
    config.batchSize = 16;
    config.learningRate = 0.05;
    engine::DatasetSplits data;
    data.id = "some-data";
    data.title = "Some data";
    data.classNames = {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};
    const auto recorder = recipe.folder.isEmpty()
                              ? core::RunRecorder::createNumbered(runsFolder, config, data)
                              : core::RunRecorder::createAt(recipe.folder, runsFolder, config, data);
    EXPECT_TRUE(succeeds(recorder));
    if (!recorder)
        return {};
    const engine::ModelSnapshot model = makeModel(tinyVgg(), recipe.seed);
    EXPECT_TRUE(succeeds((*recorder)->recordState(stateOf(config, 0, recipe.seed))));
    std::vector<engine::EpochReport> epochs;
    for (int epoch = 1; epoch <= recipe.epochsDone; ++epoch) {
        epochs.push_back(reportOf(epoch));
        EXPECT_TRUE(succeeds((*recorder)->recordState(stateOf(config, epoch, recipe.seed))));
        EXPECT_TRUE(succeeds((*recorder)->recordEpoch(epochs.back(), model, engine::Evaluation())));
    }
    const bool isFinished = recipe.epochsDone == recipe.epochsPlanned;
    if (recipe.isStopped) {
        EXPECT_TRUE(
            succeeds((*recorder)->recordState(stateOf(config, recipe.epochsDone, recipe.seed, true))));
    }
    if (recipe.isStopped || isFinished) {
        engine::TrainingOutcome outcome{model, epochs, recipe.isStopped, std::nullopt};
        EXPECT_TRUE(succeeds((*recorder)->recordOutcome(outcome)));
    }
    return (*recorder)->folder();
}

} // namespace test
