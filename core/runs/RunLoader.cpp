#include "core/runs/RunLoader.h"

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
                Q_EMIT listed();
            },
            Qt::QueuedConnection);
    });
}

void RunLoader::load(const RunInfo& run)
{
    const quint64 request = ++m_latestLoad;
    m_pool.start([this, request, run] {
        auto read =
            engine::readTrainingState(run.folder.toStdString()).map([](engine::StoredTraining training) {
                return std::make_shared<const engine::StoredTraining>(std::move(training));
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

} // namespace core
