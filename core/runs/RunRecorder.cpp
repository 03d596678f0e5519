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
    m_info.folder = QDir(m_folder).absolutePath();
    m_info.datasetId = QString::fromStdString(data.id);
    m_info.datasetTitle = QString::fromStdString(data.title);
    m_info.recipe = QString::fromStdString(engine::describe(config));
    m_info.epochsPlanned = config.epochs;
}

RunRecorder::~RunRecorder()
{
    const bool isGone =
        m_isFolderNew && QDir().rmdir(m_folder); // does nothing to a folder that holds something
    if (!m_store)
        return;
    if (isGone) {
        (void)m_store->remove(m_info.number);
    } else if (m_info.state == RunInfo::State::Running) {
        m_info.state = RunInfo::State::Failed;
        updateStore();
    }
}

void RunRecorder::addToStore(const QString& runsFolder)
{
    auto store = RunStore::open(runsFolder);
    if (!store)
        return;
    const auto known = (*store)->findFolder(m_info.folder);
    const auto number = known && *known ? engine::Result<int>((*known)->number)
                                        : (*store)->add(m_info, QFileInfo(m_folder).fileName().toInt() - 1);
    if (!number)
        return;
    m_info.number = *number;
    m_store = std::move(*store);
    updateStore();
}

void RunRecorder::updateStore()
{
    if (!m_store)
        return;
    m_info.epochsDone = static_cast<int>(m_record.epochs.size());
    m_info.seconds = 0;
    for (const engine::EpochReport& epoch : m_record.epochs)
        m_info.seconds += epoch.trainSeconds + epoch.testSeconds;
    if (!m_record.epochs.empty()) {
        m_info.testCorrect = m_record.epochs.back().testCorrect;
        m_info.testTotal = m_record.epochs.back().testTotal;
    }
    (void)m_store->update(m_info); // a list that cannot be written is no reason to lose a training
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
    auto recorder = std::unique_ptr<RunRecorder>(
        new RunRecorder(runs.filePath(QString::number(number)), config, data, true));
    recorder->addToStore(runsFolder);
    return recorder;
}

engine::Result<std::unique_ptr<RunRecorder>> RunRecorder::createAt(const QString& folder,
                                                                   const QString& runsFolder,
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
    auto recorder =
        std::unique_ptr<RunRecorder>(new RunRecorder(QDir(folder).absolutePath(), config, data, isNew));
    recorder->addToStore(runsFolder);
    return recorder;
}

std::unique_ptr<RunRecorder> RunRecorder::continueAt(const QString& folder, const QString& runsFolder,
                                                     const engine::StoredTraining& training)
{
    engine::DatasetSplits origin;
    origin.id = training.origin.datasetId;
    origin.title = training.origin.datasetTitle;
    origin.classNames = training.origin.classNames;
    auto recorder = std::unique_ptr<RunRecorder>(
        new RunRecorder(QDir(folder).absolutePath(), training.state.config, origin, false));
    recorder->m_record.epochs = training.state.epochs;
    recorder->addToStore(runsFolder);
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
    return write(model).map([this] { updateStore(); });
}

engine::Result<void> RunRecorder::recordOutcome(const engine::TrainingOutcome& outcome)
{
    const bool isWithinEpoch = outcome.isStopped && !outcome.evaluation;
    m_record.isStopped = isWithinEpoch;
    m_info.state = outcome.isStopped ? RunInfo::State::Stopped : RunInfo::State::Finished;
    // Otherwise the last epoch's record is the outcome.
    const bool areWeightsOthers = isWithinEpoch || m_record.epochs.empty() || outcome.restoredEpoch;
    if (areWeightsOthers) {
        if (auto written = write(outcome.model); !written)
            return written;
    }
    updateStore();
    return {};
}

engine::Result<void> RunRecorder::write(const engine::ModelSnapshot& model) const
{
    return engine::writeCheckpoint(m_folder.toStdString(), {model, m_record});
}

QString runPath(const StudioFolders& folders, const QString& run)
{
    bool isNumber = false;
    const int number = run.toInt(&isNumber);
    if (!isNumber || number < 1)
        return run;
    const QString usual = QDir(folders.runs).filePath(run);
    if (QFileInfo::exists(usual))
        return usual;
    const auto store = RunStore::open(folders.runs); // one that was trained into a folder of its own
    const auto found = store ? (*store)->find(number) : std::nullopt;
    return found && *found ? (*found)->folder : usual;
}

} // namespace core
