// Keeps a training run on disk: a folder with the newest weights and the figures of every finished epoch,
// replaced whole after each epoch, so that whatever happens costs at most the current one.
#pragma once

#include "core/StudioFolders.h"
#include "engine/storage/Checkpoint.h"
#include "engine/training/Trainer.h"

#include <memory>

namespace core
{

class RunRecorder
{
public:
    /// A new folder in `runsFolder`, named by the next free number. Fails with CannotWrite.
    static engine::Result<std::unique_ptr<RunRecorder>> createNumbered(const QString& runsFolder,
                                                                       const engine::TrainingConfig& config,
                                                                       const engine::DatasetSplits& data);
    /// `folder` itself, which must be new or hold no weights yet. Fails with CannotWrite.
    static engine::Result<std::unique_ptr<RunRecorder>>
    createAt(const QString& folder, const engine::TrainingConfig& config, const engine::DatasetSplits& data);
    /// Leaves no folder of its own making behind where nothing was recorded.
    ~RunRecorder();
    RunRecorder(const RunRecorder&) = delete;
    RunRecorder& operator=(const RunRecorder&) = delete;

    engine::Result<void> recordEpoch(const engine::EpochReport& report, const engine::ModelSnapshot& model);
    engine::Result<void> recordOutcome(const engine::TrainingOutcome& outcome);

    QString folder() const { return m_folder; }
    QString weightsPath() const;

private:
    RunRecorder(QString folder, const engine::TrainingConfig& config, const engine::DatasetSplits& data,
                bool isFolderNew);
    engine::Result<void> write(const engine::ModelSnapshot& model) const;

    QString m_folder;
    bool m_isFolderNew; ///< made by us, so ours to remove
    engine::TrainingRecord m_record;
};

/// What the command line calls RUN: a run's number, a run folder or a weights file, as a path to open.
QString runPath(const StudioFolders& folders, const QString& run);

} // namespace core
