// The list of training runs: one row per run in an SQLite database, runs.sqlite beside the folder "runs". The
// rows are an index; the run's data is in its folder. Several programs may use it at the same time.
//
// A list that is damaged, or missing although there are run folders, is rebuilt from the folders: see
// RunListRebuild.h.
//
// An object must only be used on the thread that opened it.
#pragma once

#include "engine/Result.h"
#include "engine/training/TrainingState.h"

#include <QDateTime>
#include <QString>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace core
{

/// Larger numbers are not given. Folders that are called so are not ours.
inline constexpr int kLargestRunNumber = 999'999'999;

/// Damage of a run's files, which the list itself does not record: see checkRun().
struct RunDamage {
    QString problem;        ///< empty if nothing is damaged or missing
    bool canResume = true;  ///< the checkpoint is intact
    bool hasWeights = true; ///< the weights are intact
    /// The program was killed before it wrote the weights of the first epoch. They are not lost: resuming the
    /// run writes them.
    bool isRepairedByResume = false;

    bool canBeOpened() const { return canResume || hasWeights; }
};

struct RunInfo {
    enum class State {
        Running,     ///< a program holds the FolderLock
        Interrupted, ///< the training program ended unexpectedly
        Stopped,     ///< by the user
        Finished,
        Failed,
    };

    int number = 0;
    QString folder;
    QDateTime created;
    QString datasetId;
    QString datasetTitle;
    QString recipe; ///< see engine::describe()
    State state = State::Running;
    int epochsDone = 0;
    int epochsPlanned = 0;
    std::size_t testCorrect = 0; ///< after the last epoch
    std::size_t testTotal = 0;   ///< 0 before the first epoch ends
    double seconds = 0;          ///< training and test time
    bool isFolderThere = true;   ///< the folder exists and has weights or a checkpoint
    bool hasBegun = true;        ///< false: it ended before its first checkpoint, and its folder has no files
    RunDamage damage;            ///< not stored in the list; set after checkRun()
};

/// A list that was rebuilt from the folders.
struct RebuiltList {
    int runCount = 0;
    QString damagedFile; ///< where the damaged list is kept; empty if there was none
};

/// What RunStore::rebuild() has changed.
struct ListChanges {
    int runCount = 0;
    int added = 0;
    int removed = 0;
};

class RunDatabase;

class RunStore
{
public:
    /// runs.sqlite beside the folder.
    static QString pathOf(const QString& runsFolder);
    /// Opens the list that belongs to `runsFolder`; creates or rebuilds it if it is missing or damaged. On a
    /// full or read-only disk it is opened for reading. Errors: CannotWrite; CannotRead if the file cannot be
    /// opened; BadFormat if it was written by a newer version of the program.
    static engine::Result<std::unique_ptr<RunStore>> open(const QString& runsFolder);
    ~RunStore();
    RunStore(const RunStore&) = delete;
    RunStore& operator=(const RunStore&) = delete;

    /// Makes a number its run's, for example by creating a folder. False if the number is taken.
    using Claim = std::function<engine::Result<bool>(int number)>;
    /// Adds a run with state Running. Its number is larger than `largestUsed`, all in the list and all that
    /// were deleted from it, and was accepted by `claim`. An empty folder becomes `runsFolder`/number.
    /// Errors: CannotWrite, BadValue if there is no such number, and those of `claim`.
    engine::Result<int> add(const RunInfo& run, int largestUsed = 0, const Claim& claim = {});
    /// Updates what changes during training: recipe, state, epochs, metrics and seconds.
    engine::Result<void> update(const RunInfo& run);
    /// The same for the run in that folder, whatever its number. If the list has lost it, adds it again, with
    /// its number if that is free. Sets the number.
    engine::Result<void> updateOrAdd(RunInfo& run);
    /// The number is never given again.
    engine::Result<void> remove(int number);
    /// Removes a run of which nothing was recorded. Its number may be given again.
    engine::Result<void> withdraw(int number);

    /// Newest first.
    engine::Result<std::vector<RunInfo>> list() const;
    /// By number; not set if there is none.
    engine::Result<std::optional<RunInfo>> find(int number) const;
    /// The run in `folder`; not set if there is none.
    engine::Result<std::optional<RunInfo>> findFolder(const QString& folder) const;

    /// Compares the list with the folders, see runsOnDisk(): adds the runs that are missing, corrects the
    /// others and removes those whose folder has no run. Runs that are being trained stay as they are. Slow.
    engine::Result<ListChanges> rebuild();
    /// What open() of this or another program has rebuilt, if no program has told its user yet.
    std::optional<RebuiltList> takeRebuilt();

private:
    RunStore(std::unique_ptr<RunDatabase> database, QString runsFolder);
    engine::Result<int> insert(RunInfo run, int largestUsed, const Claim& claim);
    engine::Result<int> largestNumber() const;

    std::unique_ptr<RunDatabase> m_database;
    QString m_runsFolder;
};

/// "running", "interrupted", "stopped", "finished", "failed".
QString nameOf(RunInfo::State state);

} // namespace core
