// Reads, checks, exports and deletes runs off the GUI thread. For loads and checks only the latest request
// counts; all other requests run in call order.
#pragma once

#include "core/LatestTask.h"
#include "core/runs/RunStore.h"
#include "core/runs/StoredRun.h"

#include <QHash>
#include <QObject>
#include <QThreadPool>
#include <memory>

namespace core
{

class RunLoader : public QObject
{
    Q_OBJECT
public:
    explicit RunLoader(QString runsFolder, QObject* parent = nullptr);
    /// Waits for requests in progress.
    ~RunLoader() override;

    /// Followed by listed().
    void list();
    /// As of the last listed(), newest first, with the damage that check() found.
    const std::vector<RunInfo>& runs() const { return m_runs; }
    /// "run 3" for the run in `folder`; the folder's name if it is not listed.
    QString nameOf(const QString& folder) const;

    /// Calls readRun(). Followed by loaded() or failed().
    void load(const RunInfo& run);

    /// Reads every listed run whose folder exists, newest first; emits checked() for each, until
    /// stopChecking().
    void check();
    void stopChecking();

    /// Calls exportRun(). Followed by exported() or changeFailed().
    void exportTo(const RunInfo& run, const QString& folder);
    /// Calls deleteRun() for each run until one fails. Followed by deleted() or changeFailed(), and then
    /// listed().
    void remove(std::vector<RunInfo> runs);

Q_SIGNALS:
    void listed();
    /// The list cannot be read.
    void failed(const engine::Error& error);
    void loaded(std::shared_ptr<const core::StoredRun> run);
    void loadFailed(const engine::Error& error);
    void checked(int number, const core::RunDamage& damage);
    /// `files`: the file names.
    void exported(const core::RunInfo& run, const QString& folder, const QString& files);
    void deleted(const std::vector<core::RunInfo>& runs);
    void changeFailed(const engine::Error& error);

private:
    void checkNext();
    void keepDamage(int number, const RunDamage& damage);
    /// Runs `work` after all earlier requests; `deliver` gets its Result on the thread of this object.
    template<typename Work, typename Deliver>
    void enqueue(Work work, Deliver deliver);

    QString m_runsFolder;
    std::vector<RunInfo> m_runs;
    QHash<int, RunDamage> m_damages;  ///< by run number
    std::vector<RunInfo> m_unchecked; ///< by the current check; the next one is last
    LatestTask m_load{*this};
    LatestTask m_check{*this}; ///< one run at a time
    QThreadPool m_pool;        ///< for the rest
};

} // namespace core
