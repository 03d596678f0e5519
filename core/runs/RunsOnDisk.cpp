#include "core/runs/RunsOnDisk.h"

#include "core/runs/FolderLock.h"
#include "core/runs/RunCheck.h"
#include "core/runs/RunSignature.h"
#include "engine/network/ModelSnapshot.h"
#include "engine/storage/SavedModel.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>
#include <algorithm>

namespace core
{
namespace
{

/// A title or a recipe in a file may be of any length.
QString bounded(const std::string& text)
{
    constexpr qsizetype kLongest = 1000;
    return QString::fromStdString(text).left(kLongest);
}

/// 0 for a folder that has not got its name from a run's number.
int numberOf(const QString& folderName)
{
    const int number = folderName.toInt();
    const bool isNumber = number > 0 && number <= kLargestRunNumber && QString::number(number) == folderName;
    return isNumber ? number : 0;
}

/// As RunRecorder has left it; a run that was stopped between two epochs cannot be told from one that was
/// interrupted.
RunInfo::State stateOf(const engine::Checkpoint& training, const QString& folder)
{
    const auto saved = engine::readSavedModel(folder.toStdString());
    const auto* record = saved && saved->record ? &*saved->record : nullptr;
    if (record == nullptr)
        return RunInfo::State::Interrupted;
    const engine::TrainingState& state = training.state;
    if (record->isStopped && engine::flatWeights(saved->model) == state.parameters)
        return RunInfo::State::Stopped;
    const bool areAllDone = training.canResume ? engine::isEnded(state)
                                               : static_cast<int>(state.epochs.size()) >= state.config.epochs;
    const bool isComplete = areAllDone && !record->isStopped && record->epochs.size() == state.epochs.size();
    return isComplete ? RunInfo::State::Finished : RunInfo::State::Interrupted;
}

/// The epoch whose weights the run has kept; null before the first.
const engine::EpochReport* keptEpoch(const engine::TrainingState& state)
{
    if (state.epochs.empty())
        return nullptr;
    const bool isBestRestored = engine::isEnded(state) && state.config.patience > 0 && state.bestEpoch > 0;
    return isBestRestored ? &state.epochs.at(static_cast<std::size_t>(state.bestEpoch) - 1)
                          : &state.epochs.back();
}

QDateTime creationOf(const QString& folder)
{
    const QFileInfo info(folder);
    const QDateTime birth = info.birthTime(); // not on every file system
    return birth.isValid() ? birth : info.lastModified();
}

RunInfo infoOf(const engine::Checkpoint& training, const QString& folder)
{
    RunInfo run;
    run.datasetId = bounded(training.origin.datasetId);
    run.datasetTitle = bounded(training.origin.datasetTitle);
    run.recipe =
        bounded(engine::describe(training.state.config, engine::changedLearningRate(training.state)));
    run.epochsDone = static_cast<int>(training.state.epochs.size());
    run.epochsPlanned = training.state.config.epochs;
    for (const engine::EpochReport& epoch : training.state.epochs)
        run.seconds += epoch.trainSeconds + epoch.testSeconds;
    if (const engine::EpochReport* epoch = keptEpoch(training.state)) {
        run.testTotal = epoch->testTotal;
        run.testCorrect = std::min(epoch->testCorrect, epoch->testTotal);
    }
    run.state = stateOf(training, folder);
    return run;
}

/// Nothing if the folder holds no run. `known` is its entry in an earlier list, or null.
std::optional<RunInfo> runIn(const QString& folder, const RunInfo* known)
{
    const bool isTrained = FolderLock::isHeld(folder);
    if (isTrained && known != nullptr)
        return *known;
    const auto training = readRun(folder);
    if (!training && !isTrained && !hasFileOfRun(folder))
        return std::nullopt;
    RunInfo run;
    run.state = RunInfo::State::Interrupted;
    if (training)
        run = infoOf(*training, folder);
    else if (known != nullptr)
        run = *known;
    // It knows what the files do not tell: who has ended the run.
    const bool agrees = known != nullptr && known->state != RunInfo::State::Interrupted &&
                        known->epochsDone == run.epochsDone && known->epochsPlanned == run.epochsPlanned;
    if (agrees)
        run.state = known->state;
    run.folder = folder;
    run.number = known != nullptr ? known->number : 0;
    run.created = known != nullptr && known->created.isValid() ? known->created : creationOf(folder);
    if (isTrained)
        run.state = RunInfo::State::Running;
    return run;
}

} // namespace

std::vector<RunInfo> runsOnDisk(const QString& runsFolder, const std::vector<RunInfo>& known)
{
    std::vector<RunInfo> runs;
    QSet<QString> folders;
    QSet<int> numbers;
    const auto add = [&](const QString& path, const RunInfo* entry) {
        const QString folder = QDir::cleanPath(path);
        if (folders.contains(folder))
            return;
        folders.insert(folder);
        auto run = runIn(folder, entry);
        if (!run)
            return;
        if (numbers.contains(run->number))
            run->number = 0;
        if (run->number > 0)
            numbers.insert(run->number);
        runs.push_back(std::move(*run));
    };
    for (const RunInfo& entry : known)
        add(entry.folder, &entry);
    const QDir below(QDir(runsFolder).absolutePath());
    for (const QString& name :
         below.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks | QDir::Hidden))
        add(below.filePath(name), nullptr);
    for (RunInfo& run : runs) {
        const QFileInfo folder(run.folder);
        const int number = folder.path() == below.path() ? numberOf(folder.fileName()) : 0;
        if (run.number == 0 && number > 0 && !numbers.contains(number)) {
            run.number = number;
            numbers.insert(number);
        }
    }
    // Those without a number get the next ones in this order.
    std::ranges::stable_sort(runs, {}, &RunInfo::created);
    return runs;
}

int largestNumberIn(const QString& runsFolder)
{
    int largest = 0;
    for (const QString& name : QDir(runsFolder).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        largest = std::max(largest, numberOf(name));
    return largest;
}

} // namespace core
