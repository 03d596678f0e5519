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
    m_pool.setMaxThreadCount(1);
}

RunLoader::~RunLoader()
{
    stopChecking();
    m_pool.clear();
    m_pool.waitForDone();
}

void RunLoader::list()
{
    m_pool.start([this, runsFolder = m_runsFolder] {
        const auto store = RunStore::open(runsFolder);
        auto runs = store ? (*store)->list() : tl::unexpected(store.error());
        QMetaObject::invokeMethod(
            this,
            [this, runs = std::move(runs)] {
                if (!runs)
                    return Q_EMIT failed(runs.error());
                m_runs = *runs;
                for (RunInfo& run : m_runs) {
                    if (run.state == RunInfo::State::Running)
                        m_damages.remove(run.number); // its files are new
                    run.damage = m_damages.value(run.number);
                }
                Q_EMIT listed();
            },
            Qt::QueuedConnection);
    });
}

QString RunLoader::nameOf(const QString& folder) const
{
    const auto run = std::ranges::find(m_runs, folder, &RunInfo::folder);
    return run == m_runs.end() ? QFileInfo(folder).fileName()
                               : QCoreApplication::translate("core", "run %1").arg(run->number);
}

void RunLoader::load(const RunInfo& run)
{
    const quint64 request = ++m_latestLoad;
    m_pool.start([this, request, run] {
        auto read = readRun(run.folder).map([](engine::Checkpoint training) {
            return std::make_shared<const engine::Checkpoint>(std::move(training));
        });
        QMetaObject::invokeMethod(
            this,
            [this, request, run, read = std::move(read)] {
                if (request != m_latestLoad)
                    return;
                if (read)
                    Q_EMIT loaded(run, *read);
                else
                    Q_EMIT failed(read.error());
            },
            Qt::QueuedConnection);
    });
}

void RunLoader::check()
{
    const quint64 request = ++m_latestCheck;
    // One piece of work a run, so that a run that is to be loaded need not wait for all of them.
    for (const RunInfo& run : m_runs) {
        if (!run.isFolderThere)
            continue;
        constexpr int kAfterAllElse = -1;
        m_pool.start(
            [this, request, run] {
                if (request != m_latestCheck)
                    return;
                const RunDamage damage = checkRun(run);
                QMetaObject::invokeMethod(
                    this,
                    [this, request, number = run.number, damage] {
                        if (request == m_latestCheck)
                            keepDamage(number, damage);
                    },
                    Qt::QueuedConnection);
            },
            kAfterAllElse);
    }
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

void RunLoader::stopChecking()
{
    ++m_latestCheck;
}

void RunLoader::exportTo(const RunInfo& run, const QString& folder)
{
    m_pool.start([this, run, folder] {
        const auto done = exportRun(run, folder);
        QMetaObject::invokeMethod(
            this,
            [this, run, folder, done] {
                if (done)
                    Q_EMIT exported(run, folder, *done);
                else
                    Q_EMIT changeFailed(done.error());
            },
            Qt::QueuedConnection);
    });
}

void RunLoader::remove(std::vector<RunInfo> runs)
{
    m_pool.start([this, runs = std::move(runs), runsFolder = m_runsFolder] {
        std::vector<RunInfo> gone;
        engine::Result<void> done;
        for (auto run = runs.begin(); done && run != runs.end(); ++run) {
            done = deleteRun(*run, runsFolder);
            if (done)
                gone.push_back(*run);
        }
        QMetaObject::invokeMethod(
            this,
            [this, gone = std::move(gone), done] {
                for (const RunInfo& run : gone)
                    m_damages.remove(run.number); // a new run may get it
                if (!gone.empty())
                    Q_EMIT deleted(gone);
                if (!done)
                    Q_EMIT changeFailed(done.error());
                list();
            },
            Qt::QueuedConnection);
    });
}

} // namespace core
