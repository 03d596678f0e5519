#include "ui/MainWindow.h"

#include "core/catalog/DatasetLoader.h"
#include "core/session/CurrentModel.h"
#include "core/session/DeviceProbe.h"
#include "core/session/FineTuning.h"
#include "core/session/KeptDigits.h"
#include "core/settings/Settings.h"
#include "engine/evaluation/Percent.h"
#include "ui/DatasetChooser.h"
#include "ui/DeviceChooser.h"
#include "ui/RunChooser.h"
#include "ui/pages/DataPage.h"
#include "ui/pages/DrawPage.h"
#include "ui/pages/EvaluatePage.h"
#include "ui/pages/InspectPage.h"
#include "ui/pages/SettingsPage.h"
#include "ui/pages/TrainPage.h"
#include "ui/widgets/Chip.h"
#include "ui/widgets/MessageBar.h"
#include "ui/widgets/NavigationRail.h"
#include "ui/widgets/ProgressLine.h"
#include "ui/widgets/StatusLine.h"
#include "ui/widgets/TopBar.h"

#include <QCloseEvent>
#include <QDesktopServices>
#include <QShortcut>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>
#include <functional>

namespace ui
{
namespace
{

QString accuracyText(const QLocale& locale, std::size_t correct, std::size_t total)
{
    return MainWindow::tr("%1 % (%2 of %3)")
        .arg(QString::number(engine::shownPercent(correct, total), 'f', 2),
             locale.toString(static_cast<qulonglong>(correct)),
             locale.toString(static_cast<qulonglong>(total)));
}

} // namespace

MainWindow::MainWindow(const Services& services, QWidget* parent)
    : QMainWindow(parent),
      m_services(services),
      m_rail(new NavigationRail(this)),
      m_topBar(new TopBar(this)),
      m_progressLine(new ProgressLine(this)),
      m_messages(new MessageBar(this)),
      m_pages(new QStackedWidget(this)),
      m_status(new StatusLine(this)),
      m_dataPage(new DataPage(this)),
      m_trainPage(new TrainPage(services, this)),
      m_evaluatePage(new EvaluatePage(services, this)),
      m_drawPage(new DrawPage(services, this)),
      m_inspectPage(new InspectPage(services, this)),
      m_settingsPage(new SettingsPage(services, this)),
      m_chooser(new DatasetChooser(services, *m_topBar->dataset(), *m_messages, this)),
      m_deviceChooser(new DeviceChooser(services, *m_topBar->device(), this)),
      m_runChooser(new RunChooser(services, *m_topBar->run(), *m_chooser, *m_messages, this))
{
    setWindowTitle(tr("TinyVGG Studio"));
    setMinimumSize(960, 640);

    auto* content = new QVBoxLayout;
    content->setContentsMargins(12, 12, 12, 12);
    content->setSpacing(12);
    content->addWidget(m_pages, 1);
    content->addWidget(m_messages); // below the page, so that its content does not move
    auto* column = new QVBoxLayout;
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_topBar);
    column->addWidget(m_progressLine);
    column->addLayout(content, 1);
    column->addWidget(m_status);
    auto* central = new QWidget(this);
    auto* layout = new QHBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_rail);
    layout->addLayout(column, 1);
    setCentralWidget(central);

    addPage(m_dataPage, QStringLiteral("data"), tr("Data"), QKeySequence(Qt::CTRL | Qt::Key_1));
    addPage(m_trainPage, QStringLiteral("train"), tr("Train"), QKeySequence(Qt::CTRL | Qt::Key_2));
    addPage(m_evaluatePage, QStringLiteral("evaluate"), tr("Evaluate"), QKeySequence(Qt::CTRL | Qt::Key_3));
    addPage(m_drawPage, QStringLiteral("draw"), tr("Draw"), QKeySequence(Qt::CTRL | Qt::Key_4));
    addPage(m_inspectPage, QStringLiteral("inspect"), tr("Inspect"), QKeySequence(Qt::CTRL | Qt::Key_5));
    addPage(m_settingsPage, QStringLiteral("settings"), tr("Settings"),
            QKeySequence(Qt::CTRL | Qt::Key_Comma), true);
    connect(m_rail, &NavigationRail::pageChosen, this, &MainWindow::showPage);
    showPage(m_pages->indexOf(m_trainPage));

    connect(m_topBar, &TopBar::trainClicked, this, &MainWindow::train);
    connect(m_topBar, &TopBar::goOnClicked, this, &MainWindow::goOn);
    connect(m_topBar, &TopBar::pauseClicked, &services.session, &core::TrainingSession::pause);
    connect(m_topBar, &TopBar::resumeClicked, &services.session, &core::TrainingSession::resume);
    connect(m_topBar, &TopBar::stepClicked, &services.session, &core::TrainingSession::step);
    connect(m_topBar, &TopBar::stopClicked, &services.session, &core::TrainingSession::stop);
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_R), this), &QShortcut::activated, this,
            &MainWindow::train);
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q), this), &QShortcut::activated, this,
            &QWidget::close);

    connect(m_chooser, &DatasetChooser::loading, this, [this](const QString& title) {
        m_progressLine->setBusy(true);
        m_status->setActivity(tr("Loading %1 …").arg(title));
        m_topBar->setTrainEnabled(false, tr("The data set is being loaded"));
        m_drawPage->setDataset(nullptr, true);
    });
    connect(m_chooser, &DatasetChooser::loadingEnded, this, [this] {
        m_progressLine->setBusy(false);
        m_status->setActivity(tr("Ready"));
        m_drawPage->setDataset(m_chooser->current(), false);
        if (m_chooser->current())
            m_topBar->setTrainEnabled(true);
        else
            m_topBar->setTrainEnabled(false, tr("There is no data set yet"));
    });
    connect(m_chooser, &DatasetChooser::chosen, this, &MainWindow::showDataset);
    connect(m_runChooser, &RunChooser::chosen, this,
            [this](const QString& folder, const std::shared_ptr<const engine::Checkpoint>& training,
                   bool isByUser) { showStoredRun(folder, *training, isByUser); });
    connect(m_runChooser, &RunChooser::continueWanted, this, &MainWindow::goOn);
    connect(m_runChooser, &RunChooser::shownRunDeleted, this, &MainWindow::showDataset);
    connect(m_trainPage, &TrainPage::configChanged, this, &MainWindow::showModel);
    const auto tellExport = [this](const QString& message, bool isSuccess) {
        m_messages->showMessage(isSuccess ? MessageBar::Kind::Success : MessageBar::Kind::Error, message);
    };
    connect(m_trainPage, &TrainPage::exportFinished, this, tellExport);
    connect(m_evaluatePage, &EvaluatePage::told, this, tellExport);
    connect(m_drawPage, &DrawPage::told, this, tellExport);
    connect(m_drawPage, &DrawPage::seenChanged, m_inspectPage, &InspectPage::setDrawing);
    connect(m_drawPage, &DrawPage::inspectWanted, this,
            [this](const std::vector<std::uint8_t>& pixels, int layer, int unit) {
                m_inspectPage->setDrawing(pixels);
                m_inspectPage->showDrawing();
                m_inspectPage->chooseUnit(layer, unit);
                showPage(m_pages->indexOf(m_inspectPage));
            });
    connect(m_evaluatePage, &EvaluatePage::inspectWanted, this,
            [this](core::SplitKind kind, std::uint32_t index) {
                m_inspectPage->showSample(kind, index);
                showPage(m_pages->indexOf(m_inspectPage));
            });
    connect(m_drawPage, &DrawPage::trainWanted, this, [this](engine::Preset preset) {
        m_trainPage->setPreset(preset);
        train();
    });
    connect(m_drawPage, &DrawPage::fineTuneWanted, this, &MainWindow::fineTune);
    connect(&services.datasets, &core::DatasetLoader::failed, this, [this] { m_toTrainOn.reset(); });
    connect(m_inspectPage, &InspectPage::told, this, tellExport);
    const auto showTrainPage = [this] { showPage(m_pages->indexOf(m_trainPage)); };
    connect(m_inspectPage, &InspectPage::trainWanted, this, showTrainPage);
    connect(m_evaluatePage, &EvaluatePage::trainWanted, this, showTrainPage);
    connect(m_settingsPage, &SettingsPage::threadsChanged, m_deviceChooser, &DeviceChooser::showCurrent);
    connect(m_settingsPage, &SettingsPage::deviceChosen, m_deviceChooser, &DeviceChooser::choose);
    connect(m_deviceChooser, &DeviceChooser::chosen, m_settingsPage, &SettingsPage::showDevice);
    connectSession();

    m_topBar->setTrainEnabled(false, tr("There is no data set yet"));
    m_status->setActivity(tr("Ready"));
    showModel();
    resize(1280, 800);
    restoreGeometry(services.settings.windowGeometry());
}

void MainWindow::addPage(QWidget* page, const QString& iconName, const QString& name,
                         const QKeySequence& shortcut, bool atFoot)
{
    const int index = m_pages->addWidget(page);
    m_rail->addPage(iconName, name, shortcut.toString(QKeySequence::NativeText), atFoot);
    connect(new QShortcut(shortcut, this), &QShortcut::activated, this, [this, index] { showPage(index); });
}

void MainWindow::showPage(int page)
{
    m_pages->setCurrentIndex(page);
    m_rail->setCurrentPage(page);
    if (m_pages->widget(page) == m_dataPage)
        reloadOwnDigits();
}

void MainWindow::reloadOwnDigits()
{
    const auto dataset = m_chooser->current();
    const core::KeptDigits& kept = m_services.kept;
    if (!dataset || dataset->splits.id != core::kOwnDigitsId || !kept.isUsable())
        return;
    if (m_services.session.isActive() || m_services.datasets.isLoading())
        return;
    if (!core::isMadeOf(dataset->splits, kept.digits()))
        m_chooser->choose(QLatin1String(core::kOwnDigitsId));
}

void MainWindow::startUp()
{
    m_services.devices.start();
    m_chooser->chooseAtStart();
    m_runChooser->offerInterrupted();
}

void MainWindow::showStoredRun(const QString& folder, const engine::Checkpoint& training, bool withRecipe)
{
    setLastRun(training.canResume ? folder : QString(), isEnded(training.state) ? TopBar::kMoreEpochs : 0);
    m_trainPage->showTraining(training.state, withRecipe);
    showEvaluation(folder);
    m_services.model.setRun(folder);
    m_status->setActivity(tr("Ready"), {tr("showing the run in %1").arg(folder)});
    showModel();
}

void MainWindow::connectSession()
{
    const core::TrainingSession& session = m_services.session;
    connect(&session, &core::TrainingSession::stateChanged, this, &MainWindow::onStateChanged);
    connect(&session, &core::TrainingSession::started, this, [this](const engine::TrainingPlan& plan) {
        m_progress.begin(plan);
        m_progressLine->setBusy(false);
        m_progressLine->setProgress(0);
    });
    connect(&session, &core::TrainingSession::historyLoaded, this,
            [this](const std::vector<engine::BatchReport>& batches) { m_progress.addBefore(batches); });
    connect(&session, &core::TrainingSession::batchesFinished, this,
            [this](const std::vector<engine::BatchReport>& reports) {
                m_progress.addBatches(reports);
                showProgress();
            });
    connect(&session, &core::TrainingSession::testPassStarted, this, [this](int epoch) {
        m_status->setActivity(tr("Epoch %1 of %2").arg(epoch).arg(m_progress.plan().config.epochs),
                              {tr("testing on %L1 images").arg(m_progress.plan().testSize)});
    });
    connect(&session, &core::TrainingSession::epochFinished, this, [this](const engine::EpochReport& report) {
        m_progress.addEpoch(report);
        m_services.model.setRun(m_trainingRun);
    });
    connect(&session, &core::TrainingSession::finished, this, &MainWindow::onFinished);
    connect(&session, &core::TrainingSession::failed, this, &MainWindow::onFailed);
    connect(&session, &core::TrainingSession::runOpened, this, [this](const QString& folder) {
        m_trainingRun = folder;
        m_runChooser->showRun(folder);
    });
}

void MainWindow::train()
{
    begin(Begin::Anew, [this](const engine::Device& device) {
        engine::TrainingConfig config = m_trainPage->config();
        config.device = device;
        config.threads = m_services.settings.trainingConfig().threads;
        m_services.session.start(config, m_chooser->current()->splits);
    });
}

void MainWindow::goOn()
{
    if (m_lastRun.isEmpty())
        return;
    begin(Begin::WithRun, [this](const engine::Device& device) {
        m_services.session.continueRun(m_lastRun, m_moreEpochs, device,
                                       m_services.settings.trainingConfig().threads,
                                       m_chooser->current()->splits);
    });
}

void MainWindow::fineTune()
{
    if (m_services.session.isActive() || m_services.datasets.isLoading())
        return;
    m_toTrainOn = m_services.model.get();
    if (m_toTrainOn)
        m_chooser->choose(QLatin1String(core::kOwnDigitsId)); // anew: there may be more of them
}

void MainWindow::trainOn(const std::shared_ptr<const core::TrainedModel>& model)
{
    begin(Begin::Anew, [this, model](const engine::Device& device) {
        engine::TrainingConfig config = core::startingFrom(*model, engine::fineTuningRecipe({}));
        config.device = device;
        config.threads = m_services.settings.trainingConfig().threads;
        m_services.fineTuning.start(model, config, m_chooser->current()->splits);
    });
}

void MainWindow::begin(Begin how, std::function<void(const engine::Device&)> start)
{
    if (m_services.session.isActive() || m_services.datasets.isLoading() || !m_chooser->current())
        return;
    const auto device = chosenDevice([this, how, start] { begin(how, start); });
    if (!device)
        return;
    m_device = *device;
    m_begin = how;
    m_start = std::move(start);
    m_messages->clear();
    m_progressLine->setBusy(true);
    m_status->setActivity(tr("Preparing …"));
    m_start(*device);
}

std::optional<engine::Device> MainWindow::chosenDevice(const std::function<void()>& retry)
{
    const bool isCpuWanted = m_services.settings.deviceRequest() == QLatin1String("cpu");
    if (m_services.devices.isAsking() &&
        !isCpuWanted) { // else a GPU would be passed over for being slow to answer
        m_status->setActivity(tr("Looking for GPUs …"));
        connect(&m_services.devices, &core::DeviceProbe::listed, this, retry, Qt::SingleShotConnection);
        return std::nullopt;
    }
    const auto device = m_deviceChooser->device();
    if (device)
        return *device;
    m_messages->showMessage(MessageBar::Kind::Error, QString::fromStdString(device.error().message),
                            tr("Train on the CPU"), [this, retry] {
                                m_deviceChooser->choose(QStringLiteral("cpu"));
                                retry();
                            });
    return std::nullopt;
}

void MainWindow::onStateChanged(core::TrainingSession::State state)
{
    using State = core::TrainingSession::State;
    switch (state) {
    case State::Idle:
        m_topBar->setMode(TopBar::Mode::Idle);
        break;
    case State::Training:
        m_topBar->setMode(TopBar::Mode::Training);
        break;
    case State::Pausing:
        m_topBar->setMode(TopBar::Mode::Pausing);
        break;
    case State::Paused:
        m_topBar->setMode(TopBar::Mode::Paused);
        m_status->setActivity(
            tr("Paused in epoch %1 of %2")
                .arg(m_progress.latest().epoch)
                .arg(m_progress.plan().config.epochs),
            {tr("batch %L1 / %L2").arg(m_progress.latest().batch).arg(m_progress.plan().batchesPerEpoch),
             tr("everything is kept on disk")});
        break;
    case State::Stopping:
        m_topBar->setMode(TopBar::Mode::Stopping);
        break;
    }
    m_chooser->setEnabled(state == State::Idle);
    m_deviceChooser->setEnabled(state == State::Idle);
    m_runChooser->setEnabled(state == State::Idle);
    if (state == State::Idle) {
        m_progressLine->setBusy(false);
        m_progressLine->setProgress(0);
    }
}

void MainWindow::showProgress()
{
    const engine::BatchReport& latest = m_progress.latest();
    QStringList details = {tr("batch %L1 / %L2").arg(latest.batch).arg(m_progress.plan().batchesPerEpoch)};
    if (const auto speed = m_progress.imagesPerSecond())
        details << tr("%L1 images/s").arg(static_cast<qlonglong>(*speed));
    if (const auto left = m_progress.secondsLeft())
        details << tr("%1 left").arg(durationText(*left));
    m_status->setActivity(tr("Epoch %1 of %2").arg(latest.epoch).arg(m_progress.plan().config.epochs),
                          details);
    m_progressLine->setProgress(m_progress.share());
}

void MainWindow::onFinished(const core::TrainingResult& result)
{
    const std::vector<engine::EpochReport>& epochs = result.outcome.epochs;
    double seconds = 0;
    for (const engine::EpochReport& epoch : epochs)
        seconds += epoch.trainSeconds + epoch.testSeconds;
    const auto& evaluation = result.outcome.evaluation; // of the weights that are kept
    const QString last = evaluation ? accuracyText(locale(), evaluation->correctCount(), evaluation->size())
                         : epochs.empty()
                             ? QString()
                             : accuracyText(locale(), epochs.back().testCorrect, epochs.back().testTotal);
    QString text;
    if (!result.outcome.isStopped) {
        text = tr("Training finished: %1 of the test images are recognized, after %2 in %3.")
                   .arg(last, epochs.size() == 1 ? tr("1 epoch") : tr("%1 epochs").arg(epochs.size()),
                        durationText(seconds));
    } else if (epochs.empty()) {
        text = tr("Training stopped during epoch 1, before its first test.");
    } else {
        const int epoch = epochs.back().epoch;
        text =
            result.outcome.evaluation
                ? tr("Training stopped after epoch %1: %2 of the test images are recognized.")
                      .arg(epoch)
                      .arg(last)
                : tr("Training stopped in epoch %1. After epoch %2, %3 of the test images were recognized.")
                      .arg(epoch + 1)
                      .arg(epoch)
                      .arg(last);
    }
    if (result.outcome.isEndedEarly) {
        text = tr("Training ended early after epoch %1, as the validation loss fell no more: %2 of the test "
                  "images are "
                  "recognized%3.")
                   .arg(epochs.back().epoch)
                   .arg(accuracyText(locale(), result.outcome.evaluation->correctCount(),
                                     result.outcome.evaluation->size()),
                        result.outcome.restoredEpoch ? tr(" with the weights of epoch %1, which are restored")
                                                           .arg(*result.outcome.restoredEpoch)
                                                     : QString());
    }
    setLastRun(result.runFolder, result.outcome.isStopped ? 0 : TopBar::kMoreEpochs);
    m_runChooser->showRun(result.runFolder);
    m_services.model.setRun(result.runFolder);
    showEvaluation(result.runFolder);
    m_status->setActivity(result.outcome.isStopped ? tr("Stopped") : tr("Finished"),
                          {tr("saved in %1").arg(result.runFolder)});
    m_messages->showMessage(
        result.outcome.isStopped ? MessageBar::Kind::Info : MessageBar::Kind::Success,
        text + QLatin1Char(' ') + tr("The weights are saved."), tr("Open the folder"),
        [folder = result.runFolder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
}

void MainWindow::onFailed(const engine::Error& error, const QString& resumableRun)
{
    m_status->setActivity(tr("Training failed"));
    const bool isNew = m_begin == Begin::Anew;
    if (!resumableRun.isEmpty()) {
        setLastRun(resumableRun, 0);
    } else if (isNew) {
        setLastRun({}, 0);
        m_runChooser->showNewestRun();
    }
    const QString text = QString::fromStdString(error.message);
    const bool canBeTheGpu =
        error.code == engine::ErrorCode::OutOfMemory || error.code == engine::ErrorCode::Internal;
    const auto retry = [this, isTrainingLost = resumableRun.isEmpty() && isNew] {
        isTrainingLost ? begin(Begin::Anew, m_start) : goOn();
    };
    if (m_device.kind != engine::DeviceKind::Cpu && canBeTheGpu) {
        m_messages->showMessage(MessageBar::Kind::Error, text,
                                resumableRun.isEmpty() && isNew ? tr("Train on the CPU")
                                                                : tr("Continue on the CPU"),
                                [this, retry] {
                                    m_deviceChooser->choose(QStringLiteral("cpu"));
                                    retry();
                                });
    } else {
        m_messages->showMessage(MessageBar::Kind::Error, text,
                                resumableRun.isEmpty() ? tr("Try again") : tr("Continue"), retry);
    }
}

void MainWindow::showEvaluation(const QString& folder)
{
    const auto device = m_deviceChooser->device();
    m_evaluatePage->setRun(folder, m_chooser->current(), device ? *device : engine::Device(),
                           m_services.settings.trainingConfig().threads);
}

void MainWindow::setLastRun(const QString& folder, int moreEpochs)
{
    m_lastRun = folder;
    m_moreEpochs = moreEpochs;
    m_topBar->setGoOn(folder.isEmpty() ? TopBar::GoOn::No
                      : moreEpochs > 0 ? TopBar::GoOn::MoreEpochs
                                       : TopBar::GoOn::Continue);
}

void MainWindow::showDataset()
{
    const auto dataset = m_chooser->current();
    const engine::DatasetSplits& splits = dataset->splits;
    QString facts = tr("%1 %L2 + %L3")
                        .arg(QString::fromStdString(splits.title))
                        .arg(splits.train.size())
                        .arg(splits.test.size());
    if (dataset->verification == core::Verification::Verified)
        facts += tr(" · verified");
    m_status->setFacts(facts);
    setLastRun({}, 0); // it was trained on other images
    const auto toTrainOn = std::exchange(m_toTrainOn, nullptr);
    const bool isToTrainOn = toTrainOn && splits.id == core::kOwnDigitsId;
    if (!isToTrainOn) // else it stays until the training has an epoch of its own
        m_services.model.clear();
    m_runChooser->showNewestRun();
    m_dataPage->setDataset(dataset);
    m_trainPage->setDataset(dataset);
    m_inspectPage->setDataset(dataset);
    showEvaluation({});
    showModel();
    if (isToTrainOn)
        trainOn(toTrainOn);
}

void MainWindow::showModel()
{
    const engine::TrainingConfig config = m_trainPage->config();
    const auto dataset = m_chooser->current();
    const engine::Dataset images = dataset ? dataset->splits.train : engine::Dataset();
    const auto network = engine::checkedNetwork(config.network, images.shape(), images.classCount());
    m_topBar->model()->setValue(QString::fromStdString(engine::describe(config.network)),
                                network ? tr("%L1 params").arg(engine::parameterCount(*network))
                                        : tr("does not fit"));
    m_topBar->model()->setToolTip(tr("The network that Train makes"));
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    // Not shortcuts: menus, dialogs, buttons and fields get Esc and Space first; only unhandled keys reach
    // the window.
    core::TrainingSession& session = m_services.session;
    if (event->key() == Qt::Key_Escape && session.isActive())
        session.stop();
    else if (event->key() == Qt::Key_Space && session.isActive())
        session.isPaused() ? session.resume() : session.pause();
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_services.session.stop(); // the session waits for its thread when it is destroyed
    m_services.settings.setWindowGeometry(saveGeometry());
    event->accept();
}

} // namespace ui
