// The history of trainings: a row a run in an SQLite database, runs.sqlite beside the folder "runs". The rows
// say what there is; what a run is stands in its folder. Several programs may use it at once.
//
// An object belongs to the thread that opened it.
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

/// What is the matter with a run's files, which the list knows nothing of: see checkRun().
struct RunDamage {
    QString problem;        ///< empty where nothing is damaged or missing
    bool canResume = true;  ///< the training's state is sound
    bool hasWeights = true; ///< the weights are sound

    bool canBeOpened() const { return canResume || hasWeights; }
};

struct RunInfo {
    enum class State {
        Running,     ///< somebody holds the FolderLock
        Interrupted, ///< the program that trained it is gone
        Stopped,     ///< by the user
        Finished,
        Failed,
    };

    int number = 0;
    QString folder;
    QDateTime created;
    QString datasetId;
    QString datasetTitle;
    QString recipe; ///< as engine::describe()
    State state = State::Running;
    int epochsDone = 0;
    int epochsPlanned = 0;
    std::size_t testCorrect = 0; ///< after the last epoch
    std::size_t testTotal = 0;   ///< 0 before the first
    double seconds = 0;          ///< training and testing
    bool isFolderThere = true;   ///< and has weights or a checkpoint
    RunDamage damage;            ///< none in the list itself; whoever has read the files may add it
};

class RunStore
{
public:
    /// Opens the one that belongs to `runsFolder`, or makes it; where it cannot be written, on a disk that is
    /// full or read-only, it can be read all the same. Fails with CannotWrite, CannotRead where the file is
    /// no such database, and BadFormat where a newer program has written it.
    static engine::Result<std::unique_ptr<RunStore>> open(const QString& runsFolder);
    ~RunStore();
    RunStore(const RunStore&) = delete;
    RunStore& operator=(const RunStore&) = delete;

    /// A new run, state Running; its number is larger than `largestUsed` and all in the
    /// store. An empty folder becomes `runsFolder`/number.
    engine::Result<int> add(const RunInfo& run, int largestUsed = 0);
    /// What changes while it trains: recipe, state, epochs, figures and seconds.
    engine::Result<void> update(const RunInfo& run);
    engine::Result<void> remove(int number);

    /// The newest first.
    engine::Result<std::vector<RunInfo>> list() const;
    /// By its number; nothing where there is none.
    engine::Result<std::optional<RunInfo>> find(int number) const;
    /// The number of the run in `folder`.
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
