#include "core/runs/RunRecorder.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>

namespace core
{
namespace
{

/// A folder of a larger number is somebody else's, and no run is counted on from it.
constexpr int kLargestNumber = 999'999'999;

engine::Result<void> makeFolder(const QString& folder)
{
    if (QDir().mkpath(folder) && QFileInfo(folder).isWritable())
        return {};
    return engine::failure(engine::ErrorCode::CannotWrite,
                           QDir::toNativeSeparators(folder).toStdString() +
                               ": expected a folder that can be written; it cannot be made or is read-only.");
}

} // namespace

RunRecorder::RunRecorder(QString folder, const engine::TrainingConfig& config,
                         const engine::DatasetSplits& data, bool isFolderNew)
    : m_folder(std::move(folder)),
      m_isFolderNew(isFolderNew),
      m_record{config, data.id, data.title, data.classNames, {}, false}
{
}

RunRecorder::~RunRecorder()
{
    if (m_isFolderNew)
        QDir().rmdir(m_folder); // does nothing to a folder that holds something
}

engine::Result<std::unique_ptr<RunRecorder>> RunRecorder::createNumbered(const QString& runsFolder,
                                                                         const engine::TrainingConfig& config,
                                                                         const engine::DatasetSplits& data)
{
    if (auto made = makeFolder(runsFolder); !made)
        return tl::unexpected(made.error());
    const QDir runs(runsFolder);
    int largest = 0;
    for (const QString& name : runs.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (const int found = name.toInt(); found <= kLargestNumber)
            largest = std::max(largest, found);
    }
    // Another process may take the same number at the same moment; mkdir says so.
    int number = largest + 1;
    while (!runs.mkdir(QString::number(number))) {
        if (!runs.exists(QString::number(number))) {
            return engine::failure(engine::ErrorCode::CannotWrite,
                                   runs.filePath(QString::number(number)).toStdString() +
                                       ": the folder cannot be made.");
        }
        ++number;
    }
    return std::unique_ptr<RunRecorder>(
        new RunRecorder(runs.filePath(QString::number(number)), config, data, true));
}

engine::Result<std::unique_ptr<RunRecorder>> RunRecorder::createAt(const QString& folder,
                                                                   const engine::TrainingConfig& config,
                                                                   const engine::DatasetSplits& data)
{
    const bool isNew = !QFileInfo::exists(folder);
    if (auto made = makeFolder(folder); !made)
        return tl::unexpected(made.error());
    const QString weights = QDir(folder).filePath(QLatin1String(engine::kWeightsFileName));
    if (QFileInfo::exists(weights)) {
        return engine::failure(engine::ErrorCode::CannotWrite,
                               folder.toStdString() + ": expected a folder without a model; found " +
                                   engine::kWeightsFileName + ". Name another folder, or delete it first.");
    }
    return std::unique_ptr<RunRecorder>(new RunRecorder(QDir(folder).absolutePath(), config, data, isNew));
}

std::unique_ptr<RunRecorder> RunRecorder::continueAt(const QString& folder,
                                                     const engine::StoredTraining& training)
{
    engine::DatasetSplits origin;
    origin.id = training.origin.datasetId;
    origin.title = training.origin.datasetTitle;
    origin.classNames = training.origin.classNames;
    auto recorder = std::unique_ptr<RunRecorder>(
        new RunRecorder(QDir(folder).absolutePath(), training.state.config, origin, false));
    recorder->m_record.epochs = training.state.epochs;
    return recorder;
}

engine::Result<void> RunRecorder::recordState(const engine::TrainingState& state) const
{
    return engine::writeTrainingState(
        m_folder.toStdString(), {state, {m_record.datasetId, m_record.datasetTitle, m_record.classNames}});
}

QString RunRecorder::weightsPath() const
{
    return QDir(m_folder).filePath(QLatin1String(engine::kWeightsFileName));
}

engine::Result<void> RunRecorder::recordEpoch(const engine::EpochReport& report,
                                              const engine::ModelSnapshot& model)
{
    m_record.epochs.push_back(report);
    return write(model);
}

engine::Result<void> RunRecorder::recordOutcome(const engine::TrainingOutcome& outcome)
{
    const bool isWithinEpoch = outcome.isStopped && !outcome.evaluation;
    if (!isWithinEpoch && !m_record.epochs.empty() && !outcome.restoredEpoch)
        return {}; // the last epoch's record is the outcome
    m_record.isStopped = isWithinEpoch;
    return write(outcome.model);
}

engine::Result<void> RunRecorder::write(const engine::ModelSnapshot& model) const
{
    return engine::writeCheckpoint(m_folder.toStdString(), {model, m_record});
}

QString runPath(const StudioFolders& folders, const QString& run)
{
    bool isNumber = false;
    run.toUInt(&isNumber);
    return isNumber ? QDir(folders.runs).filePath(run) : run;
}

} // namespace core
