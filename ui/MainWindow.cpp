#include "ui/MainWindow.h"

#include "core/session/DeviceProbe.h"
#include "core/session/TrainingController.h"
#include "core/settings/Settings.h"
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
#include "ui/window/DatasetChooser.h"
#include "ui/window/DeviceChooser.h"
#include "ui/window/ModelChip.h"
#include "ui/window/RunChooser.h"
#include "ui/window/TopBar.h"
#include "ui/window/TrainingCommands.h"
#include "ui/window/TrainingMessages.h"
#include "ui/window/TrainingStatus.h"

#include <QCloseEvent>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui
{

using core::TrainingController;

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
      m_commands(new TrainingCommands(services, *m_topBar, this)),
      m_datasetChooser(new DatasetChooser(services, *m_topBar->dataset(), *m_messages, this)),
      m_deviceChooser(new DeviceChooser(services, *m_topBar->device(), this)),
      m_runChooser(new RunChooser(services, *m_topBar->run(), *m_messages, this))
{
    setWindowTitle(tr("TinyVGG Studio"));
    setMinimumSize(960, 640);
    layOut();
    addPages();
    new ModelChip(services.training, *m_topBar->model(), this);
    new TrainingStatus(services, *m_topBar, *m_progressLine, *m_status, this);
    new TrainingMessages(services, *m_datasetChooser, *m_deviceChooser, *m_messages, this);
    connectCommands();
    connectTraining();
    connectPages();
    resize(1280, 800);
    restoreGeometry(services.settings.windowGeometry());
}

void MainWindow::layOut()
{
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
}

void MainWindow::addPages()
{
    addPage(m_dataPage, QStringLiteral("data"), tr("Data"), QKeySequence(Qt::CTRL | Qt::Key_1));
    addPage(m_trainPage, QStringLiteral("train"), tr("Train"), QKeySequence(Qt::CTRL | Qt::Key_2));
    addPage(m_evaluatePage, QStringLiteral("evaluate"), tr("Evaluate"), QKeySequence(Qt::CTRL | Qt::Key_3));
    addPage(m_drawPage, QStringLiteral("draw"), tr("Draw"), QKeySequence(Qt::CTRL | Qt::Key_4));
    addPage(m_inspectPage, QStringLiteral("inspect"), tr("Inspect"), QKeySequence(Qt::CTRL | Qt::Key_5));
    addPage(m_settingsPage, QStringLiteral("settings"), tr("Settings"),
            QKeySequence(Qt::CTRL | Qt::Key_Comma), true);
    connect(m_rail, &NavigationRail::pageChosen, this, &MainWindow::showPage);
    showPage(m_pages->indexOf(m_trainPage));
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
        m_datasetChooser->reloadOwnDigits();
}

void MainWindow::startUp()
{
    m_services.devices.start();
    m_datasetChooser->chooseAtStart();
    m_runChooser->offerInterrupted();
}

void MainWindow::connectCommands()
{
    connect(m_topBar, &TopBar::trainClicked, this, &MainWindow::train);
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_R), this), &QShortcut::activated, this,
            &MainWindow::train);
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q), this), &QShortcut::activated, this,
            &QWidget::close);
}

void MainWindow::train()
{
    if (const QString error = m_trainPage->configError(); !error.isEmpty())
        return m_messages->showMessage(MessageBar::Kind::Error, error);
    m_commands->train(m_trainPage->config());
}

void MainWindow::connectTraining()
{
    TrainingController& training = m_services.training;
    connect(&training, &TrainingController::datasetChanged, this, [this] {
        const auto& dataset = m_services.training.dataset();
        m_dataPage->setDataset(dataset);
        m_trainPage->setDataset(*dataset);
        m_inspectPage->setDataset(dataset);
        evaluateRun({});
    });
    connect(&training, &TrainingController::runOpened, this,
            [this](const std::shared_ptr<const core::StoredRun>& run) { evaluateRun(run->folder); });
    connect(&training, &TrainingController::finished, this,
            [this](const core::TrainingResult& result) { evaluateRun(result.runFolder); });
}

void MainWindow::connectPages()
{
    const auto showMessage = [this](const QString& message, bool isSuccess) {
        m_messages->showMessage(isSuccess ? MessageBar::Kind::Success : MessageBar::Kind::Error, message);
    };
    connect(m_trainPage, &TrainPage::exportFinished, this, showMessage);
    connect(m_evaluatePage, &EvaluatePage::messageReported, this, showMessage);
    connect(m_drawPage, &DrawPage::messageReported, this, showMessage);
    connect(m_inspectPage, &InspectPage::messageReported, this, showMessage);
    const auto showTrainPage = [this] { showPage(m_pages->indexOf(m_trainPage)); };
    connect(m_inspectPage, &InspectPage::trainWanted, this, showTrainPage);
    connect(m_evaluatePage, &EvaluatePage::trainWanted, this, showTrainPage);
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
    connect(m_drawPage, &DrawPage::fineTuneWanted, m_commands, &TrainingCommands::fineTune);
    connect(m_settingsPage, &SettingsPage::threadsChanged, m_deviceChooser, &DeviceChooser::showCurrent);
    connect(m_settingsPage, &SettingsPage::deviceChosen, m_deviceChooser, &DeviceChooser::choose);
    connect(m_deviceChooser, &DeviceChooser::chosen, m_settingsPage, &SettingsPage::showDevice);
}

void MainWindow::evaluateRun(const QString& folder)
{
    const auto device = m_deviceChooser->device();
    m_evaluatePage->setRun(folder, m_services.training.dataset(), device ? *device : engine::Device(),
                           m_services.settings.trainingConfig().threads);
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    // Not shortcuts: menus, dialogs, buttons and fields get Esc and Space first; only unhandled keys reach
    // the window.
    TrainingController& training = m_services.training;
    const bool isTaken = (event->key() == Qt::Key_Escape && training.stop()) ||
                         (event->key() == Qt::Key_Space && (training.unpause() || training.pause()));
    if (!isTaken)
        QMainWindow::keyPressEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_services.training.stop(); // the session waits for its thread when it is destroyed
    m_services.settings.setWindowGeometry(saveGeometry());
    event->accept();
}

} // namespace ui
