#include "ui/window/RunChooser.h"

#include "core/catalog/DatasetCatalog.h"
#include "core/session/TrainingController.h"
#include "core/settings/Settings.h"
#include "ui/models/RunListModel.h"
#include "ui/widgets/Chip.h"
#include "ui/widgets/MessageBar.h"
#include "ui/window/DeviceChooser.h"
#include "ui/window/RunsDialog.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <QUrl>

namespace ui
{
namespace
{

constexpr std::size_t kMostRuns = 20;

QString entryText(const core::RunInfo& run)
{
    return RunChooser::tr("%1   %2 · %3 · %4")
        .arg(run.number)
        .arg(run.datasetTitle, runAccuracyText(run), runStateText(run));
}

bool canBeChosen(const core::RunInfo& run)
{
    return run.isFolderThere && run.damage.canBeOpened() && run.state != core::RunInfo::State::Running;
}

} // namespace

RunChooser::RunChooser(const Services& services, Chip& chip, MessageBar& messages, QWidget* window)
    : QObject(window),
      m_services(services),
      m_chip(chip),
      m_messages(messages),
      m_window(window),
      m_menu(new QMenu(window))
{
    m_menu->setObjectName(QStringLiteral("runMenu"));
    m_menu->setToolTipsVisible(true);
    m_chip.setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &RunChooser::fillMenu);
    connect(&services.runs, &core::RunLoader::listed, this, &RunChooser::onListed);
    connect(&services.runs, &core::RunLoader::checked, this, &RunChooser::markDamage);
    connect(&services.runs, &core::RunLoader::rebuilt, this, &RunChooser::showRebuilt);
    connect(&services.runs, &core::RunLoader::failed, this, [this](const engine::Error& error) {
        m_messages.showMessage(MessageBar::Kind::Error, QString::fromStdString(error.message));
    });
    connect(&services.training, &core::TrainingController::runChanged, this, [this] {
        m_services.runs.list(); // its metrics are new; the chip follows
        updateChip();
    });
    connect(&services.training, &core::TrainingController::stateChanged, this,
            [this] { setEnabled(!m_services.training.isActive()); });
    setEnabled(true);
    updateChip();
}

void RunChooser::setEnabled(bool enabled)
{
    m_chip.setEnabled(enabled);
    m_chip.setToolTip(enabled ? tr("Show or resume an earlier run")
                              : tr("Another run can be shown after training"));
}

void RunChooser::offerInterrupted()
{
    m_isOfferDue = true;
    m_services.runs.list();
}

void RunChooser::showRebuilt(const core::RebuiltList& list)
{
    const bool wasDamaged = !list.damagedFile.isEmpty();
    const QString made = tr("It has been rebuilt from the run folders, with %1.")
                             .arg(list.runCount == 1 ? tr("1 run") : tr("%L1 runs").arg(list.runCount));
    const QString text = wasDamaged ? tr("The list of runs was damaged. %1 The damaged file is kept as %2.")
                                          .arg(made, QDir::toNativeSeparators(list.damagedFile))
                                    : tr("The list of runs was missing. %1").arg(made);
    const QString folder =
        QFileInfo(wasDamaged ? list.damagedFile : m_services.catalog.folders().runs).path();
    m_messages.showMessage(MessageBar::Kind::Info, text, tr("Open folder"),
                           [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
}

void RunChooser::onListed()
{
    updateChip();
    if (std::exchange(m_isOfferDue, false) && !m_services.runs.runs().empty())
        offer(m_services.runs.runs().front());
}

void RunChooser::offer(const core::RunInfo& newest)
{
    using State = core::RunInfo::State;
    const bool canResume =
        newest.state == State::Interrupted || (newest.state == State::Failed && newest.epochsDone > 0);
    if (!canResume || !newest.isFolderThere)
        return;
    m_messages.showMessage(
        MessageBar::Kind::Info,
        tr("Run %1 was interrupted after %2 of %3 epochs. Everything up to its last checkpoint is saved.")
            .arg(newest.number)
            .arg(newest.epochsDone)
            .arg(newest.epochsPlanned),
        tr("Resume"), [this, newest] {
            const auto compute = DeviceChooser::request(m_services.settings);
            m_services.training.resume({newest.folder, std::nullopt, compute});
        });
}

void RunChooser::fillMenu()
{
    m_menu->clear();
    const std::vector<core::RunInfo>& runs = m_services.runs.runs();
    if (runs.empty()) {
        QAction* none = m_menu->addAction(tr("No runs yet: train one"));
        none->setObjectName(QStringLiteral("run_none"));
        none->setEnabled(false);
    }
    for (std::size_t i = 0; i < std::min(runs.size(), kMostRuns); ++i) {
        const core::RunInfo& run = runs[i];
        QAction* action = m_menu->addAction(entryText(run));
        action->setObjectName(QStringLiteral("run_%1").arg(run.number));
        action->setToolTip(runToolTip(run));
        action->setCheckable(true);
        action->setChecked(run.folder == m_services.training.run().folder);
        action->setEnabled(canBeChosen(run));
        connect(action, &QAction::triggered, this,
                [this, folder = run.folder] { m_services.training.openRun(folder); });
    }
    if (!runs.empty()) {
        m_menu->addSeparator();
        QAction* all = m_menu->addAction(tr("All runs…"));
        all->setObjectName(QStringLiteral("run_all"));
        all->setToolTip(tr("Find, export and delete runs"));
        connect(all, &QAction::triggered, this, &RunChooser::showAll);
    }
    m_services.runs.list(); // for the next time; another program may be training too
    m_services.runs.check();
}

void RunChooser::markDamage(int number)
{
    auto* entry = m_menu->findChild<QAction*>(QStringLiteral("run_%1").arg(number));
    const std::vector<core::RunInfo>& runs = m_services.runs.runs();
    const auto run = std::find_if(runs.begin(), runs.end(),
                                  [number](const core::RunInfo& listed) { return listed.number == number; });
    if (entry == nullptr || run == runs.end())
        return;
    entry->setText(entryText(*run));
    entry->setToolTip(runToolTip(*run));
    entry->setEnabled(canBeChosen(*run));
}

void RunChooser::showAll()
{
    auto* dialog = new RunsDialog(m_services.runs, m_services.training.run().folder, m_window);
    connect(dialog, &RunsDialog::openWanted, this,
            [this](const core::RunInfo& run) { m_services.training.openRun(run.folder); });
    dialog->open();
}

void RunChooser::updateChip()
{
    const QString& folder = m_services.training.run().folder;
    for (const core::RunInfo& run : m_services.runs.runs()) {
        if (!folder.isEmpty() && run.folder == folder)
            return m_chip.setValue(QString::number(run.number), run.state == core::RunInfo::State::Running
                                                                    ? tr("training")
                                                                    : runAccuracyText(run));
    }
    m_chip.setValue(folder.isEmpty() ? tr("none") : tr("new"));
}

} // namespace ui
