// Prints the progress of a training as text or JSON. Stops the training, which can then be resumed, where
// that cannot be written.
#pragma once

#include "app/Output.h"
#include "app/ProgressBar.h"
#include "core/session/TrainingController.h"

#include <chrono>
#include <optional>

namespace app
{

class TrainReporter
{
public:
    /// Follows both until it is destroyed.
    TrainReporter(core::TrainingController& training, const core::TrainingSession& session, bool isJson);

    /// Takes the progress bar away; whatever is printed next begins a line.
    void clear() { m_progress.clear(); }
    engine::Result<void> report(const core::TrainingResult& result);
    /// Why the output could not be written.
    const std::optional<engine::Error>& error() const { return m_error; }

private:
    void onRunStarted(const engine::TrainingConfig& config);
    void onBatchesAdded();
    void onEpochAdded();
    /// Stops the training where it failed.
    void keep(const engine::Result<void>& written);
    engine::Result<void> printEpoch(const engine::EpochReport& epoch);
    engine::Result<void> printHeader(const engine::TrainingConfig& config);
    std::string epochTitle(int epoch) const;

    core::TrainingController& m_training;
    const core::TrainingReports& m_reports;
    bool m_isJson;
    Output m_output;
    ProgressBar m_progress;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    std::optional<engine::Error> m_error;
    QObject m_context; ///< of the connections
};

} // namespace app
