#include "core/runs/RunOpener.h"

#include <algorithm>
#include <utility>

namespace core
{

RunOpener::RunOpener(RunLoader& runs, DatasetLoader& datasets, QObject* parent)
    : QObject(parent),
      m_runs(runs),
      m_datasets(datasets)
{
    connect(&runs, &RunLoader::listed, this, &RunOpener::onListed);
    connect(&runs, &RunLoader::loaded, this, &RunOpener::onLoaded);
    connect(&runs, &RunLoader::loadFailed, this, [this](const engine::Error& error) { fail(error); });
    connect(&runs, &RunLoader::failed, this, [this] {
        if (m_step == Step::List)
            m_step = Step::None;
    });
}

void RunOpener::open(const QString& folder, const QString& dataset)
{
    cancel();
    m_step = Step::Read;
    m_reason = Reason::Requested;
    m_dataset = dataset;
    m_runs.load(folder);
}

void RunOpener::openNewest(const QString& dataset)
{
    cancel();
    m_step = Step::List;
    m_reason = Reason::Newest;
    m_dataset = dataset;
    m_runs.list();
}

void RunOpener::cancel()
{
    if (m_step == Step::Read)
        m_runs.forgetLoad();
    m_step = Step::None;
    m_run.reset();
}

void RunOpener::onListed()
{
    if (m_step != Step::List)
        return;
    const auto newest = std::ranges::find_if(m_runs.runs(), [this](const RunInfo& run) {
        return run.datasetId == m_dataset && run.isFolderThere && run.epochsDone > 0 &&
               run.state != RunInfo::State::Running;
    });
    m_step = newest == m_runs.runs().end() ? Step::None : Step::Read;
    if (m_step == Step::Read)
        m_runs.load(newest->folder);
}

void RunOpener::onLoaded(std::shared_ptr<const StoredRun> run)
{
    if (m_step != Step::Read)
        return;
    const QString dataset = QString::fromStdString(run->training.origin.datasetId);
    m_run = std::move(run);
    if (dataset == m_dataset)
        return deliver();
    if (m_reason == Reason::Newest)
        return cancel(); // the list and the run's files do not agree
    m_step = Step::LoadDataset;
    m_datasets.load(dataset);
}

bool RunOpener::takeDataset(const QString& id)
{
    if (m_step == Step::Read && m_reason == Reason::Requested) {
        m_dataset = id; // compared with the run's when that is read
        return true;
    }
    if (m_step != Step::LoadDataset || id.toStdString() != m_run->training.origin.datasetId)
        return false;
    deliver();
    return true;
}

bool RunOpener::takeDatasetFailure(const engine::Error& error)
{
    if (m_step != Step::LoadDataset)
        return false;
    fail(error, QString::fromStdString(m_run->training.origin.datasetId));
    return true;
}

void RunOpener::fail(const engine::Error& error, const QString& dataset)
{
    if (m_step != Step::Read && m_step != Step::LoadDataset)
        return;
    cancel();
    if (m_reason == Reason::Requested)
        Q_EMIT failed(error, dataset);
}

void RunOpener::deliver()
{
    m_step = Step::None;
    Q_EMIT opened(std::exchange(m_run, nullptr), m_reason);
}

} // namespace core
