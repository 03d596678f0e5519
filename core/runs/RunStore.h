// The list of training runs: one row per run in an SQLite database, runs.sqlite beside the folder "runs". The
// rows are an index; the run's data is in its folder. Several programs may use it at the same time.
//
// An object must only be used on the thread that opened it.
#pragma once

#include "engine/Result.h"
#include "engine/training/TrainingState.h"

#include <QDateTime>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

namespace core
{

/// Damage of a run's files, which the list itself does not record: see checkRun().
struct RunDamage {
    QString problem;        ///< empty if nothing is damaged or missing
    bool canResume = true;  ///< the checkpoint is intact
    bool hasWeights = true; ///< the weights are intact

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
    RunDamage damage;            ///< not stored in the list; set after checkRun()
};

class RunStore
{
public:
    /// Opens the list that belongs to `runsFolder`, or creates it. On a full or read-only disk it is opened
    /// for reading. Errors: CannotWrite; CannotRead if the file is not such a database; BadFormat if it was
    /// written by a newer version of the program.
    static engine::Result<std::unique_ptr<RunStore>> open(const QString& runsFolder);
    ~RunStore();
    RunStore(const RunStore&) = delete;
    RunStore& operator=(const RunStore&) = delete;

    /// Adds a run with state Running. Its number is larger than `largestUsed` and all in the list. An empty
    /// folder becomes `runsFolder`/number.
    engine::Result<int> add(const RunInfo& run, int largestUsed = 0);
    /// Updates what changes during training: recipe, state, epochs, metrics and seconds.
    engine::Result<void> update(const RunInfo& run);
    engine::Result<void> remove(int number);

    /// Newest first.
    engine::Result<std::vector<RunInfo>> list() const;
    /// By number; not set if there is none.
    engine::Result<std::optional<RunInfo>> find(int number) const;
    /// The run in `folder`; not set if there is none.
    engine::Result<std::optional<RunInfo>> findFolder(const QString& folder) const;

private:
    class Connection;
    enum class Access { ReadWrite, ReadOnly, AsItLies };
    static engine::Result<std::unique_ptr<Connection>> connect(const QString& path, Access access);
    static engine::Result<void> makeSchema(const Connection& connection);
    engine::Result<int> insert(const RunInfo& run, int largestUsed);
    RunStore(std::unique_ptr<Connection> connection, QString runsFolder);

    std::unique_ptr<Connection> m_connection;
    QString m_runsFolder;
};

/// "running", "interrupted", "stopped", "finished", "failed".
QString nameOf(RunInfo::State state);

} // namespace core
