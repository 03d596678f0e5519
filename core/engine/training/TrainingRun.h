// The training loop, from a given state to the end.
#pragma once

#include "engine/Stopwatch.h"
#include "engine/data/ValidationSplit.h"
#include "engine/training/Trainer.h"
#include "engine/training/TrainingBackend.h"

#include <cstdint>

namespace engine
{

class TrainingRun
{
public:
    TrainingRun(TrainingState state, const DatasetSplits& data, const Dataset& train, ValidationSplit split,
                std::unique_ptr<TrainingBackend> backend, TrainingControl& control,
                TrainingObserver& observer);

    static int batchCount(const TrainingConfig& config, std::size_t images);

    /// Interval at which the state is reported within an epoch; 0 means after every batch.
    void setSecondsBetweenStates(double seconds) { m_secondsBetweenStates = seconds; }

    Result<TrainingOutcome> run();

private:
    ModelSnapshot snapshot() const { return snapshotOf(m_state.model, m_backend->parameters()); }

    double learningRate() const;
    void setLearningRate(double rate);
    std::vector<std::uint32_t> orderOfEpoch() const;
    Result<void> trainEpoch();
    /// Reports finished batches; on an asynchronous device only a few times a second, unless `isEveryOneDue`.
    void reportBatches(bool isEveryOneDue);
    Result<void> waitWhilePaused();
    EpochReport testEpoch(std::optional<Evaluation>& evaluation);
    Result<void> endEpoch(const EpochReport& report, const Evaluation& test);
    bool isBetter(const EpochReport& report) const;
    Result<void> keepState();

    TrainingState m_state;
    const TrainingConfig m_config;
    const Dataset m_train;
    const Dataset m_test;
    const ValidationSplit m_split;
    TrainingControl& m_control;
    TrainingObserver& m_observer;
    const int m_batchesPerEpoch;
    std::unique_ptr<TrainingBackend> m_backend;
    std::vector<StepResult> m_results;
    std::vector<float> m_rates; ///< of steps not reported yet
    double m_secondsBetweenStates = 30;
    double m_trainSeconds = 0; ///< elapsed before m_watch was started
    Stopwatch m_watch;
    Stopwatch m_sinceState;
    Stopwatch m_sinceResults;
};

} // namespace engine
