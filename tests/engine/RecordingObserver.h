// Keeps all that a training tells, and may act on it.
#pragma once

#include "engine/training/TrainingObserver.h"

#include <functional>

namespace test
{

class RecordingObserver : public engine::TrainingObserver
{
public:
    void trainingStarted(const engine::TrainingPlan& plan) override { plans.push_back(plan); }
    void batchFinished(const engine::BatchReport& report) override
    {
        batches.push_back(report);
        if (onBatch)
            onBatch(report);
    }
    void testPassStarted(int epoch) override
    {
        testPasses.push_back(epoch);
        if (onTestPass)
            onTestPass();
    }
    engine::Result<void> epochFinished(const engine::EpochReport& report, const engine::ModelSnapshot& model,
                                       const engine::Evaluation&) override
    {
        epochs.push_back(report);
        epochModels.push_back(model);
        return onEpoch ? onEpoch(report) : engine::Result<void>();
    }
    engine::Result<void> stateReached(const engine::TrainingState& state) override
    {
        states.push_back(state);
        return onState ? onState(state) : engine::Result<void>();
    }
    void paused() override
    {
        ++pauses;
        if (onPause)
            onPause();
    }
    void unpaused() override { ++unpauses; }
    void snapshotTaken(const engine::ModelSnapshot& model) override { snapshots.push_back(model); }

    std::function<void(const engine::BatchReport&)> onBatch;
    std::function<void()> onTestPass;
    std::function<engine::Result<void>(const engine::EpochReport&)> onEpoch;
    std::function<engine::Result<void>(const engine::TrainingState&)> onState;
    std::function<void()> onPause;

    std::vector<engine::TrainingPlan> plans;
    std::vector<engine::BatchReport> batches;
    std::vector<int> testPasses;
    std::vector<engine::EpochReport> epochs;
    std::vector<engine::ModelSnapshot> epochModels;
    std::vector<engine::TrainingState> states;
    std::vector<engine::ModelSnapshot> snapshots;
    int pauses = 0;
    int unpauses = 0;
};

} // namespace test
