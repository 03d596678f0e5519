#include "ui/window/TrainingStatus.h"

#include "core/catalog/DatasetLoader.h"
#include "core/session/DeviceProbe.h"
#include "ui/widgets/ProgressLine.h"
#include "ui/widgets/StatusLine.h"
#include "ui/window/TopBar.h"

namespace ui
{

using core::TrainingController;
using core::TrainingSession;

TrainingStatus::TrainingStatus(const Services& services, TopBar& topBar, ProgressLine& progressLine,
                               StatusLine& statusLine, QObject* parent)
    : QObject(parent),
      m_services(services),
      m_topBar(topBar),
      m_progressLine(progressLine),
      m_statusLine(statusLine),
      m_progress(services.training.reports())
{
    connectLoading();
    connectTraining();
    updateTrain();
    m_statusLine.setActivity(tr("Ready"));
}

void TrainingStatus::connectLoading()
{
    const core::DatasetLoader& datasets = m_services.datasets;
    connect(&datasets, &core::DatasetLoader::loadingStarted, this, [this](const QString& name) {
        m_progressLine.setBusy(true);
        m_statusLine.setActivity(tr("Loading %1 …").arg(m_services.catalog.titleOf(name)));
        updateTrain();
    });
    connect(&datasets, &core::DatasetLoader::failed, this, &TrainingStatus::onLoadingEnded);
    connect(&datasets, &core::DatasetLoader::cancelled, this, &TrainingStatus::onLoadingEnded);
    connect(&m_services.training, &TrainingController::datasetChanged, this, [this] {
        onLoadingEnded();
        showFacts();
    });
}

void TrainingStatus::connectTraining()
{
    const TrainingController& training = m_services.training;
    connect(&training, &TrainingController::stateChanged, this, &TrainingStatus::onState);
    connect(&training, &TrainingController::runChanged, this,
            [this] { m_topBar.setContinuation(m_services.training.run().continuation); });
    connect(&training, &TrainingController::runOpened, this,
            [this](const std::shared_ptr<const core::StoredRun>& run) {
                m_statusLine.setActivity(tr("Ready"), {tr("showing the run in %1").arg(run->folder)});
            });
    connect(&training, &TrainingController::runStarted, this, [this] {
        m_progressLine.setBusy(true);
        m_statusLine.setActivity(tr("Preparing …"));
    });
    connect(&training, &TrainingController::cancelled, this,
            [this] { m_statusLine.setActivity(tr("Ready")); });
    connect(&training, &TrainingController::failed, this,
            [this] { m_statusLine.setActivity(tr("Training failed")); });
    connect(&training, &TrainingController::finished, this, [this](const core::TrainingResult& result) {
        m_statusLine.setActivity(result.outcome.isStopped ? tr("Stopped") : tr("Finished"),
                                 {tr("saved in %1").arg(result.runFolder)});
    });
    connect(&m_services.session, &TrainingSession::started, this, [this] {
        m_progressLine.setBusy(false);
        m_progressLine.setProgress(0);
    });
    connect(&m_services.session, &TrainingSession::batchesFinished, this, &TrainingStatus::showProgress);
    connect(&m_services.session, &TrainingSession::testPassStarted, this, [this](int epoch) {
        m_statusLine.setActivity(tr("Epoch %1 of %2").arg(epoch).arg(m_progress.plan().config.epochs),
                                 {tr("testing on %L1 images").arg(m_progress.plan().testSize)});
    });
}

void TrainingStatus::updateTrain()
{
    const bool isLoading = m_services.datasets.isLoading();
    m_topBar.setTrainEnabled(m_services.training.dataset() && !isLoading,
                             isLoading ? tr("Loading the data set") : tr("No data set yet"));
}

void TrainingStatus::onLoadingEnded()
{
    m_progressLine.setBusy(false);
    m_statusLine.setActivity(tr("Ready"));
    updateTrain();
}

void TrainingStatus::onState(TrainingController::State state)
{
    using State = TrainingController::State;
    m_topBar.setState(state);
    switch (state) {
    case State::Idle:
        m_progressLine.setBusy(false);
        m_progressLine.setProgress(0);
        break;
    case State::Preparing:
        m_progressLine.setBusy(true);
        m_statusLine.setActivity(m_services.devices.isAsking() ? tr("Looking for GPUs …")
                                                               : tr("Preparing …"));
        break;
    case State::Paused:
        showPause();
        break;
    case State::Training:
    case State::Pausing:
    case State::Stopping:
        break;
    }
}

void TrainingStatus::showFacts()
{
    const core::LoadedDataset& dataset = *m_services.training.dataset();
    const engine::DatasetSplits& splits = dataset.splits;
    QString facts = tr("%1 %L2 + %L3")
                        .arg(QString::fromStdString(splits.title))
                        .arg(splits.train.size())
                        .arg(splits.test.size());
    if (dataset.verification == core::Verification::Verified)
        facts += tr(" · verified");
    m_statusLine.setFacts(facts);
}

void TrainingStatus::showPause()
{
    const engine::BatchReport latest = m_progress.latest();
    m_statusLine.setActivity(
        tr("Paused in epoch %1 of %2").arg(latest.epoch).arg(m_progress.plan().config.epochs),
        {tr("batch %L1 / %L2").arg(latest.batch).arg(m_progress.plan().batchesPerEpoch),
         tr("checkpoint saved")});
}

void TrainingStatus::showProgress()
{
    const engine::BatchReport latest = m_progress.latest();
    QStringList details = {tr("batch %L1 / %L2").arg(latest.batch).arg(m_progress.plan().batchesPerEpoch)};
    if (const auto speed = m_progress.imagesPerSecond())
        details << tr("%L1 images/s").arg(static_cast<qlonglong>(*speed));
    if (const auto left = m_progress.secondsLeft())
        details << tr("%1 left").arg(durationText(*left));
    m_statusLine.setActivity(tr("Epoch %1 of %2").arg(latest.epoch).arg(m_progress.plan().config.epochs),
                             details);
    m_progressLine.setProgress(m_progress.share());
}

} // namespace ui
