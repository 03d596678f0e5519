// Reads, checks, exports and deletes runs off the GUI thread. Of loads and of checks only the latest counts;
// all else is done in the order of the calls.
#pragma once

#include "core/LatestTask.h"
#include "core/TaskQueue.h"
#include "core/runs/RunStore.h"
#include "core/runs/StoredRun.h"

#include <QHash>
#include <QObject>
#include <QStringList>
#include <memory>

namespace core
{

class RunLoader : public QObject
{
    Q_OBJECT
public:
    explicit RunLoader(QString runsFolder, QObject* parent = nullptr);
    /// Waits for what is under way.
    ~RunLoader() override;

    /// listed() follows.
    void list();
    /// As of the last listed(), the newest first, with the damage that check() has found.
    const std::vector<RunInfo>& runs() const { return m_runs; }
    /// "run 3", of the run in `folder`; the folder's own name where it is not listed.
    QString nameOf(const QString& folder) const;

    /// As readStoredRun(). loaded() or loadFailed() follows, unless another load or forgetLoad() comes first.
    void load(const QString& folder);
    void forgetLoad() { m_load.forget(); }

    /// Reads every run that is listed as there; checked() follows for each, the newest first, until
    /// stopChecking().
    void check();
    void stopChecking();

    /// As exportRun(); exported() or changeFailed() follows.
    void exportTo(const RunInfo& run, const QString& folder);
    /// As deleteRun(), until one fails; deleted() or changeFailed() follows, and then listed().
    void remove(std::vector<RunInfo> runs);

Q_SIGNALS:
    void listed();
    /// Before listed(), once: the list was damaged or lost.
    void rebuilt(const core::RebuiltList& list);
    /// The list cannot be read.
    void failed(const engine::Error& error);
    void loaded(std::shared_ptr<const core::StoredRun> run);
    void loadFailed(const engine::Error& error);
    void checked(int number, const core::RunDamage& damage);
    /// `files`: their names.
    void exported(const core::RunInfo& run, const QString& folder, const QString& files);
    /// `left`: why some of their folders were left alone, see DeletedRun.
    void deleted(const std::vector<core::RunInfo>& runs, const QStringList& left);
    void changeFailed(const engine::Error& error);

private:
    void checkNext();
    void keepDamage(int number, const RunDamage& damage);
    /// `work` after everything that was asked for before; `deliver` gets its Result, on the thread of this
    /// object.
    template<typename Work, typename Deliver>
    void enqueue(Work work, Deliver deliver);

    QString m_runsFolder;
    std::vector<RunInfo> m_runs;
    QHash<int, RunDamage> m_damages;  ///< by number
    std::vector<RunInfo> m_unchecked; ///< by the check under way; the next one last
    LatestTask m_load{*this};
    LatestTask m_check{*this}; ///< a run at a time
    TaskQueue m_queue{*this};  ///< for the rest
};

} // namespace core
