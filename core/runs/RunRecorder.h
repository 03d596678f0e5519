// Keeps a training run on disk: a folder with the newest weights, the metrics of every finished epoch, and
// the checkpoint from which the training can be resumed. Each file is replaced as a whole, so that a crash
// loses at most what came after the last checkpoint. The list of runs (RunStore) is updated as well.
#pragma once

#include "core/StudioFolders.h"
#include "core/runs/FolderLock.h"
#include "core/runs/RunStore.h"
#include "engine/storage/CheckpointFile.h"
#include "engine/storage/PredictionsFile.h"
#include "engine/storage/SavedModel.h"
#include "engine/training/Trainer.h"

#include <cstdint>
#include <memory>

namespace core
{

class RunRecorder
{
public:
    /// Creates a folder in `runsFolder`, named by the next free number. Error: CannotWrite.
    static engine::Result<std::unique_ptr<RunRecorder>> createNumbered(const QString& runsFolder,
                                                                       const engine::TrainingConfig& config,
                                                                       const engine::DatasetSplits& data);
    /// Uses `folder`, which must be new or without a run, see holdsRun(). Errors: CannotWrite, and BadValue
    /// if a run is being trained in it.
    static engine::Result<std::unique_ptr<RunRecorder>> createAt(const QString& folder,
                                                                 const QString& runsFolder,
                                                                 const engine::TrainingConfig& config,
                                                                 const engine::DatasetSplits& data);
    /// `folder` of a run that is resumed from `training` on `data`. Fails with BadValue if it is being
    /// trained, and with CannotWrite where the folder is read-only.
    static engine::Result<std::unique_ptr<RunRecorder>> resumeAt(const QString& folder,
                                                                 const QString& runsFolder,
                                                                 const engine::Checkpoint& training,
                                                                 const engine::DatasetSplits& data);
    /// Removes the folder that it created if nothing was recorded.
    ~RunRecorder();
    RunRecorder(const RunRecorder&) = delete;
    RunRecorder& operator=(const RunRecorder&) = delete;

    engine::Result<void> recordEpoch(const engine::EpochReport& report, const engine::ModelSnapshot& model,
                                     const engine::Evaluation& test);
    engine::Result<void> recordState(const engine::TrainingState& state);
    engine::Result<void> recordOutcome(const engine::TrainingOutcome& outcome);

    QString folder() const { return m_folder; }
    /// So that the training can be resumed from it.
    bool hasRecordedState() const { return m_hasRecordedState; }
    /// Number in the list of runs; not set if the list cannot be written, which does not prevent training.
    std::optional<int> number() const { return m_isListed ? std::optional(m_info.number) : std::nullopt; }
    /// Why it is not in the list of runs; set if number() is not.
    const engine::Error& listError() const { return m_listError; }
    QString weightsPath() const;

private:
    RunRecorder(QString folder, QString runsFolder, const engine::TrainingConfig& config,
                const engine::DatasetSplits& data, bool isFolderNew);
    /// Removes what is empty, and tells the list how the run ended.
    void leave();
    void setLearningRate(std::optional<double> changed);
    engine::Result<void> write(const engine::ModelSnapshot& model) const;
    engine::Result<void> writePredictions(const engine::ModelSnapshot& model, const engine::Evaluation& test);
    /// After an error, the run is not listed.
    void setListed(const engine::Result<int>& number);
    /// With the metrics of the last epoch.
    void updateList();
    void writeToList();

    QString m_folder;
    QString m_runsFolder;
    bool m_isFolderNew; ///< created by this object, which may remove it
    engine::TrainingRecord m_record;
    std::vector<std::uint8_t> m_testLabels;
    std::vector<std::vector<std::uint8_t>>
        m_testEpochs; ///< predictions after each epoch; empty if some are unknown
    std::optional<FolderLock> m_lock;
    RunInfo m_info;
    std::optional<RunInfo> m_before; ///< what the list said of a run that is resumed
    bool m_hasRecordedState = false;
    bool m_hasRecordedEpoch = false;
    bool m_isListed = false;
    engine::Error m_listError;
};

/// Whether the folder contains weights or a checkpoint.
bool holdsRun(const QString& folder);

/// Resolves the command line's RUN (a run's number, a run folder or a weights file) to a path.
QString runPath(const StudioFolders& folders, const QString& run);

/// runPath() of an existing run. NotFound, with the same text everywhere, if there is none.
engine::Result<QString> locateRun(const StudioFolders& folders, const QString& run);

/// The run of that number in the list; empty if `run` is not the number of one.
std::optional<RunInfo> listedRun(const StudioFolders& folders, const QString& run);

/// The error for an unused run number.
engine::Error noSuchRun(int number);

} // namespace core
