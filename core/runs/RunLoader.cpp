#include "core/runs/RunLoader.h"

#include "core/runs/RunCheck.h"
#include "core/runs/RunFiles.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <algorithm>

namespace core
{

RunLoader::RunLoader(QString runsFolder, QObject* parent)
    : QObject(parent),
      m_runsFolder(std::move(runsFolder))
{
}

RunLoader::~RunLoader()
{
    m_queue.clear();
}

template<typename Work, typename Deliver>
void RunLoader::enqueue(Work work, Deliver deliver)
{
    m_queue.enqueue("Using the runs on disk", std::move(work), std::move(deliver));
}

void RunLoader::list()
{
    using Runs = std::vector<RunInfo>;
    enqueue(
        [runsFolder = m_runsFolder]() -> engine::Result<Runs> {
            const auto store = RunStore::open(runsFolder);
            return store ? (*store)->list() : tl::unexpected(store.error());
        },
        [this](const engine::Result<Runs>& runs) {
            if (!runs)
                return Q_EMIT failed(runs.error());
            m_runs = *runs;
            for (RunInfo& run : m_runs) {
                if (run.state == RunInfo::State::Running)
                    m_damages.remove(run.number); // its files have changed
                run.damage = m_damages.value(run.number);
            }
            Q_EMIT listed();
        });
}

QString RunLoader::nameOf(const QString& folder) const
{
    const auto run = std::ranges::find(m_runs, folder, &RunInfo::folder);
    return run == m_runs.end() ? QFileInfo(folder).fileName()
                               : QCoreApplication::translate("core", "run %1").arg(run->number);
}

void RunLoader::load(const QString& folder)
{
    using Run = std::shared_ptr<const StoredRun>;
    m_load.start(
        [folder] {
            return readStoredRun(folder).map(
                [](StoredRun&& run) -> Run { return std::make_shared<const StoredRun>(std::move(run)); });
        },
        [this](const engine::Result<Run>& run) {
            if (run)
                Q_EMIT loaded(*run);
            else
                Q_EMIT loadFailed(run.error());
        });
}

void RunLoader::check()
{
    m_unchecked.clear();
    std::ranges::copy_if(m_runs, std::back_inserter(m_unchecked), &RunInfo::isFolderThere);
    std::ranges::reverse(m_unchecked);
    checkNext();
}

void RunLoader::checkNext()
{
    m_check.forget();
    if (m_unchecked.empty())
        return;
    const RunInfo run = std::move(m_unchecked.back());
    m_unchecked.pop_back();
    m_check.start([run]() -> engine::Result<RunDamage> { return checkRun(run); },
                  [this, number = run.number](const engine::Result<RunDamage>& damage) {
                      checkNext(); // before emitting, as a slot may stop the check
                      if (damage)
                          keepDamage(number, *damage);
                  });
}

void RunLoader::stopChecking()
{
    m_unchecked.clear();
    m_check.forget();
}

void RunLoader::keepDamage(int number, const RunDamage& damage)
{
    m_damages[number] = damage;
    for (RunInfo& run : m_runs) {
        if (run.number == number)
            run.damage = damage;
    }
    Q_EMIT checked(number, damage);
}

void RunLoader::exportTo(const RunInfo& run, const QString& folder)
{
    enqueue([run, folder] { return exportRun(run, folder); },
            [this, run, folder](const engine::Result<QString>& files) {
                if (files)
                    Q_EMIT exported(run, folder, *files);
                else
                    Q_EMIT changeFailed(files.error());
            });
}

void RunLoader::remove(std::vector<RunInfo> runs)
{
    struct Removal {
        std::vector<RunInfo> deleted;
        std::optional<engine::Error> error; ///< error of the next run
    };
    enqueue(
        [runs = std::move(runs), runsFolder = m_runsFolder]() -> engine::Result<Removal> {
            Removal removal;
            for (const RunInfo& run : runs) {
                if (auto done = deleteRun(run, runsFolder); !done) {
                    removal.error = done.error();
                    break;
                }
                removal.deleted.push_back(run);
            }
            return removal;
        },
        [this](const engine::Result<Removal>& removal) {
            if (!removal)
                return Q_EMIT changeFailed(removal.error());
            for (const RunInfo& run : removal->deleted)
                m_damages.remove(run.number); // a new run may reuse the number
            if (!removal->deleted.empty())
                Q_EMIT deleted(removal->deleted);
            if (removal->error)
                Q_EMIT changeFailed(*removal->error);
            list();
        });
}

} // namespace core
