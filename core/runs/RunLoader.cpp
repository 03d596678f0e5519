#include "core/runs/RunLoader.h"

#include "core/runs/RunCheck.h"
#include "core/runs/RunDeletion.h"
#include "core/runs/RunFiles.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringList>
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
    struct Listing {
        std::vector<RunInfo> runs;
        std::optional<RebuiltList> rebuilt;
    };
    enqueue(
        [runsFolder = m_runsFolder]() -> engine::Result<Listing> {
            const auto store = RunStore::open(runsFolder);
            const auto runs = store ? (*store)->list() : tl::unexpected(store.error());
            return runs.map([&](const std::vector<RunInfo>& listed) {
                return Listing{listed, (*store)->takeRebuilt()};
            });
        },
        [this](const engine::Result<Listing>& listing) {
            if (!listing)
                return Q_EMIT failed(listing.error());
            if (listing->rebuilt)
                Q_EMIT rebuilt(*listing->rebuilt);
            m_runs = listing->runs;
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
        QStringList left;
        std::optional<engine::Error> error; ///< error of the next run
    };
    enqueue(
        [runs = std::move(runs), runsFolder = m_runsFolder]() -> engine::Result<Removal> {
            Removal removal;
            for (const RunInfo& run : runs) {
                const auto done = deleteRun(run, runsFolder);
                if (!done) {
                    removal.error = done.error();
                    break;
                }
                if (!done->leftBecause.isEmpty())
                    removal.left << done->leftBecause;
                removal.deleted.push_back(run);
            }
            return removal;
        },
        [this](const engine::Result<Removal>& removal) {
            if (!removal)
                return Q_EMIT changeFailed(removal.error());
            for (const RunInfo& run : removal->deleted)
                m_damages.remove(run.number);
            if (!removal->deleted.empty())
                Q_EMIT deleted(removal->deleted, removal->left);
            if (removal->error)
                Q_EMIT changeFailed(*removal->error);
            list();
        });
}

} // namespace core
