// Records a training run on disk and reports its progress as text or JSON.
#pragma once

#include "app/Interruption.h"
#include "app/Output.h"
#include "app/ProgressBar.h"
#include "core/runs/RunRecorder.h"
#include "engine/training/TrainingObserver.h"

#include <chrono>

namespace app
{

class TrainReporter : public engine::TrainingObserver
{
public:
    TrainReporter(core::RunRecorder& recorder, bool isJson) : m_recorder(recorder), m_isJson(isJson) {}

    void trainingStarted(const engine::TrainingPlan& plan) override;
    void batchFinished(const engine::BatchReport& report) override;
    void testPassStarted(int epoch) override;
    /// Records the epoch on disk first, then reports it.
    engine::Result<void> epochFinished(const engine::EpochReport& report, const engine::ModelSnapshot& model,
                                       const engine::Evaluation& test) override;

    engine::Result<void> stateReached(const engine::TrainingState& state) override
    {
        return m_recorder.recordState(state);
    }

    /// Removes the progress bar, so that further output begins on a new line.
    void trainingEnded() { m_progress.clear(); }
    engine::Result<void> report(const engine::TrainingOutcome& outcome, std::optional<int> runNumber);

private:
    std::string epochTitle(int epoch) const;

    core::RunRecorder& m_recorder;
    bool m_isJson;
    Output m_output;
    ProgressBar m_progress;
    engine::TrainingPlan m_plan;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();

    // Current epoch:
    double m_lossSum = 0;
    std::size_t m_seen = 0;
    // Since this program started:
    std::size_t m_trained = 0;
    // Before that, if the run was resumed:
    std::size_t m_trainedBefore = 0;
    double m_secondsBefore = 0;
};

} // namespace app
