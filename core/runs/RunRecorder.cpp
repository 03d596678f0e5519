#include "core/runs/RunRecorder.h"

#include "core/PrivateFolder.h"
#include "core/runs/RunCheck.h"
#include "core/runs/RunFiles.h"
#include "core/runs/RunsOnDisk.h"
#include "engine/Guarded.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <array>

namespace core
{
namespace
{

/// A folder with one of these files contains a run.
constexpr std::array kFilesOfRun = {engine::kWeightsFileName, engine::kCheckpointFileName};

enum class Owner { Program, User };

engine::Result<void> makeFolder(const QString& folder, Owner owner)
{
    const bool isMade = owner == Owner::Program ? makePrivateFolder(folder) : QDir().mkpath(folder);
    if (isMade && QFileInfo(folder).isWritable())
        return {};
    return engine::failure(engine::ErrorCode::CannotWrite,
                           QDir::toNativeSeparators(folder).toStdString() +
                               ": expected a writable folder; it cannot be created or is read-only.");
}

RunInfo infoOf(const engine::TrainingConfig& config, const engine::DatasetSplits& data)
{
    RunInfo run;
    run.datasetId = QString::fromStdString(data.id);
    run.datasetTitle = QString::fromStdString(data.title);
    run.recipe = QString::fromStdString(engine::describe(config));
    run.epochsPlanned = config.epochs;
    return run;
}

tl::unexpected<engine::Error> isBeingTrained(const QString& folder)
{
    return engine::failure(engine::ErrorCode::BadValue,
                           folder.toStdString() + ": the run is being trained by another program.");
}

struct NumberedFolder {
    int number = 0;
    engine::Result<int> listed; ///< the same, or why it is not in the list
};

/// Creates the folder of the first free number. The number is reserved in the list, if that is writable, so
/// that programs starting at the same time get different numbers, and number and folder name agree.
engine::Result<NumberedFolder> makeNumberedFolder(const QString& runsFolder, const RunInfo& info)
{
    const QDir runs(runsFolder);
    int made = 0;
    const auto claim = [&](int number) -> engine::Result<bool> {
        const QString name = QString::number(number);
        if (runs.mkdir(name)) {
            made = number;
            return true;
        }
        if (runs.exists(name))
            return false; // a run that is not in the list
        return engine::failure(engine::ErrorCode::CannotWrite,
                               runs.filePath(name).toStdString() + ": cannot create this folder.");
    };
    const int largest = largestNumberIn(runsFolder);
    // An unusable list must not prevent training.
    const auto store = RunStore::open(runsFolder);
    const auto listed = store ? (*store)->add(info, largest, claim) : tl::unexpected(store.error());
    for (int number = largest < kLargestRunNumber ? largest : 0; made == 0; ++number) {
        if (number >= kLargestRunNumber)
            return tl::unexpected(listed.error());
        if (auto claimed = claim(number + 1); !claimed)
            return tl::unexpected(claimed.error());
    }
    return NumberedFolder{made, listed};
}

} // namespace

RunRecorder::RunRecorder(QString folder, QString runsFolder, const engine::TrainingConfig& config,
                         const engine::DatasetSplits& data, bool isFolderNew)
    : m_folder(std::move(folder)),
      m_runsFolder(std::move(runsFolder)),
      m_isFolderNew(isFolderNew),
      m_record{config, data.id, data.title, data.classNames, {}, false, {}},
      m_testLabels(data.test.labels().begin(), data.test.labels().end())
{
    m_info = infoOf(config, data);
    m_info.folder = QDir(m_folder).absolutePath();
    m_lock = FolderLock::take(m_folder);
}

RunRecorder::~RunRecorder()
{
    (void)engine::guarded("Ending the run", [this]() -> engine::Result<void> {
        leave();
        return {};
    });
}

void RunRecorder::leave()
{
    // rmdir() does not remove a non-empty folder.
    const bool isGone = m_isFolderNew && m_lock && (QDir().rmdir(m_folder) || !QFileInfo::exists(m_folder));
    if (!m_isListed)
        return;
    if (isGone) {
        if (const auto store = RunStore::open(m_runsFolder))
            (void)(*store)->withdraw(m_info.number);
    } else if (m_info.state != RunInfo::State::Running) {
        return; // its outcome is recorded
    } else if (m_before && !m_hasRecordedState) {
        m_info = *m_before; // resuming did not get as far as a new state
        writeToList();
    } else {
        m_info.state = RunInfo::State::Failed;
        updateList();
    }
}

void RunRecorder::setListed(const engine::Result<int>& number)
{
    m_isListed = number.has_value();
    if (number)
        m_info.number = *number;
    else
        m_listError = number.error();
}

void RunRecorder::updateList()
{
    m_info.epochsDone = static_cast<int>(m_record.epochs.size());
    m_info.seconds = 0;
    for (const engine::EpochReport& epoch : m_record.epochs)
        m_info.seconds += epoch.trainSeconds + epoch.testSeconds;
    if (!m_record.epochs.empty()) {
        m_info.testCorrect = m_record.epochs.back().testCorrect;
        m_info.testTotal = m_record.epochs.back().testTotal;
    }
    writeToList();
}

void RunRecorder::writeToList()
{
    // Opened each time: another program may have rebuilt the list. An unwritable one must not end the
    // training.
    const auto store = RunStore::open(m_runsFolder);
    if (store && (*store)->updateOrAdd(m_info))
        m_isListed = true;
}

engine::Result<std::unique_ptr<RunRecorder>> RunRecorder::createNumbered(const QString& runsFolder,
                                                                         const engine::TrainingConfig& config,
                                                                         const engine::DatasetSplits& data)
{
    if (auto made = makeFolder(runsFolder, Owner::Program); !made)
        return tl::unexpected(made.error());
    const auto made = makeNumberedFolder(runsFolder, infoOf(config, data));
    if (!made)
        return tl::unexpected(made.error());
    const QString folder = QDir(runsFolder).filePath(QString::number(made->number));
    auto recorder = std::unique_ptr<RunRecorder>(new RunRecorder(folder, runsFolder, config, data, true));
    recorder->m_info.number = made->number;
    recorder->setListed(made->listed);
    if (!recorder->m_lock)
        return isBeingTrained(recorder->m_folder);
    return recorder;
}

engine::Result<std::unique_ptr<RunRecorder>> RunRecorder::createAt(const QString& folder,
                                                                   const QString& runsFolder,
                                                                   const engine::TrainingConfig& config,
                                                                   const engine::DatasetSplits& data)
{
    const bool isNew = !QFileInfo::exists(folder);
    if (auto made = makeFolder(folder, Owner::User); !made)
        return tl::unexpected(made.error());
    auto recorder = std::unique_ptr<RunRecorder>(
        new RunRecorder(QDir(folder).absolutePath(), runsFolder, config, data, isNew));
    if (!recorder->m_lock)
        return isBeingTrained(folder);
    for (const char* name : kFilesOfRun) {
        if (QFileInfo::exists(QDir(folder).filePath(QLatin1String(name)))) {
            return engine::failure(engine::ErrorCode::CannotWrite,
                                   folder.toStdString() + ": expected a folder without a run; found " + name +
                                       ".");
        }
    }
    removeLeftovers(folder);
    auto store = RunStore::open(runsFolder);
    const auto known = store ? (*store)->findFolder(folder) : tl::unexpected(store.error());
    if (known && *known) // a run whose files were deleted
        (void)(*store)->remove((*known)->number);
    recorder->setListed(store ? (*store)->add(recorder->m_info) : tl::unexpected(store.error()));
    return recorder;
}

engine::Result<std::unique_ptr<RunRecorder>> RunRecorder::resumeAt(const QString& folder,
                                                                   const QString& runsFolder,
                                                                   const engine::Checkpoint& training,
                                                                   const engine::DatasetSplits& data)
{
    engine::DatasetSplits origin = data;
    origin.id = training.origin.datasetId;
    origin.title = training.origin.datasetTitle;
    origin.classNames = training.origin.classNames;
    auto recorder = std::unique_ptr<RunRecorder>(
        new RunRecorder(QDir(folder).absolutePath(), runsFolder, training.state.config, origin, false));
    if (!recorder->m_lock)
        return isBeingTrained(folder);
    if (auto made = makeFolder(folder, Owner::User); !made)
        return tl::unexpected(made.error());
    removeLeftovers(folder);
    recorder->m_record.epochs = training.state.epochs;
    recorder->setLearningRate(changedLearningRate(training.state));
    auto predictions = engine::readPredictions(folder.toStdString(), engine::boundsOf(data));
    const std::size_t epochsDone = training.state.epochs.size();
    // If the program was killed between writing an epoch's predictions and its state, there is one epoch too
    // many.
    if (predictions && epochsDone > 0 && predictions->testEpochs.size() >= epochsDone &&
        predictions->testEpochs.front().size() == data.test.size()) {
        recorder->m_testEpochs = std::move(predictions->testEpochs);
        recorder->m_testEpochs.resize(epochsDone);
    }
    const auto store = RunStore::open(runsFolder);
    const auto known = store ? (*store)->findFolder(folder) : tl::unexpected(store.error());
    if (known && *known) {
        recorder->m_before = *known;
        recorder->setListed((*known)->number);
        recorder->updateList();
    } else {
        recorder->setListed(store ? (*store)->add(recorder->m_info) : tl::unexpected(store.error()));
    }
    return recorder;
}

void RunRecorder::setLearningRate(std::optional<double> changed)
{
    m_record.changedLearningRate = changed;
    m_info.recipe = QString::fromStdString(engine::describe(m_record.config, changed));
}

engine::Result<void> RunRecorder::recordState(const engine::TrainingState& state)
{
    setLearningRate(changedLearningRate(state));
    return engine::writeCheckpoint(m_folder.toStdString(),
                                   {state, {m_record.datasetId, m_record.datasetTitle, m_record.classNames}})
        .map([this] { m_hasRecordedState = true; });
}

QString RunRecorder::weightsPath() const
{
    return QDir(m_folder).filePath(QLatin1String(engine::kWeightsFileName));
}

engine::Result<void> RunRecorder::recordEpoch(const engine::EpochReport& report,
                                              const engine::ModelSnapshot& model,
                                              const engine::Evaluation& test)
{
    m_hasRecordedEpoch = true;
    if (m_testEpochs.size() == m_record.epochs.size())
        m_testEpochs.push_back(test.predictions);
    m_record.epochs.push_back(report);
    return write(model).and_then([&] { return writePredictions(model, test); }).map([this] { updateList(); });
}

engine::Result<void> RunRecorder::recordOutcome(const engine::TrainingOutcome& outcome)
{
    const bool isWithinEpoch = outcome.isStopped && !outcome.evaluation;
    m_record.isStopped = isWithinEpoch;
    m_info.state = outcome.isStopped ? RunInfo::State::Stopped : RunInfo::State::Finished;
    // Otherwise the last epoch's record already is the outcome.
    const bool hasOtherWeights = isWithinEpoch || !m_hasRecordedEpoch || outcome.restoredEpoch;
    if (hasOtherWeights) {
        if (auto written = write(outcome.model); !written)
            return written;
    }
    if (hasOtherWeights && outcome.evaluation) {
        if (auto written = writePredictions(outcome.model, *outcome.evaluation); !written)
            return written;
    }
    updateList();
    if (outcome.evaluation) { // of the saved weights, which may be from an earlier epoch
        m_info.testCorrect = outcome.evaluation->correctCount();
        m_info.testTotal = outcome.evaluation->size();
        writeToList();
    }
    return {};
}

engine::Result<void> RunRecorder::write(const engine::ModelSnapshot& model) const
{
    return engine::writeSavedModel(m_folder.toStdString(), {model, m_record});
}

engine::Result<void> RunRecorder::writePredictions(const engine::ModelSnapshot& model,
                                                   const engine::Evaluation& test)
{
    engine::StoredPredictions predictions;
    predictions.datasetId = m_record.datasetId;
    predictions.weightsChecksum = engine::weightsChecksum(model);
    predictions.splits["test"] = {test, m_testLabels};
    if (m_testEpochs.size() == m_record.epochs.size())
        predictions.testEpochs = m_testEpochs;
    return engine::writePredictions(m_folder.toStdString(), predictions);
}

namespace
{

/// 0 if `run` is not a number.
int runNumber(const QString& run)
{
    bool isNumber = false;
    const int number = run.toInt(&isNumber);
    return isNumber && number > 0 ? number : 0;
}

std::optional<RunInfo> runNumbered(int number, const StudioFolders& folders)
{
    const auto store = number > 0 ? RunStore::open(folders.runs) : tl::unexpected(engine::Error());
    const auto found = store ? (*store)->find(number) : tl::unexpected(store.error());
    return found ? *found : std::nullopt;
}

} // namespace

bool holdsRun(const QString& folder)
{
    return std::ranges::any_of(
        kFilesOfRun, [dir = QDir(folder)](const char* name) { return dir.exists(QLatin1String(name)); });
}

std::optional<RunInfo> listedRun(const StudioFolders& folders, const QString& run)
{
    return runNumbered(runNumber(run), folders);
}

QString runPath(const StudioFolders& folders, const QString& run)
{
    const int number = runNumber(run);
    const auto listed = runNumbered(number, folders);
    return listed ? listed->folder : number > 0 ? QDir(folders.runs).filePath(run) : run;
}

engine::Result<QString> locateRun(const StudioFolders& folders, const QString& run)
{
    const int number = runNumber(run);
    const auto listed = runNumbered(number, folders);
    const QString path = runPath(folders, run);
    if (listed && !listed->isFolderThere)
        return tl::unexpected(missingFiles(*listed));
    if (QFileInfo::exists(path))
        return path;
    if (number > 0)
        return tl::unexpected(noSuchRun(number));
    return engine::failure(engine::ErrorCode::NotFound,
                           path.toStdString() + ": there is no such run folder or weights file.");
}

engine::Error noSuchRun(int number)
{
    return {engine::ErrorCode::NotFound, "There is no run " + std::to_string(number) + "."};
}

} // namespace core
