#include "ui/RunChooser.h"

#include "ui/DatasetChooser.h"
#include "ui/RunsDialog.h"
#include "ui/models/RunListModel.h"
#include "ui/widgets/Chip.h"
#include "ui/widgets/MessageBar.h"

#include <QDir>
#include <QMenu>

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

QString toolTipOf(const core::RunInfo& run)
{
    const QString problem = runProblem(run);
    return problem.isEmpty() ? run.recipe + QLatin1Char('\n') + QDir::toNativeSeparators(run.folder)
                             : problem;
}

} // namespace

RunChooser::RunChooser(const Services& services, Chip& chip, DatasetChooser& datasets, MessageBar& messages,
                       QWidget* window)
    : QObject(window),
      m_services(services),
      m_chip(chip),
      m_datasets(datasets),
      m_messages(messages),
      m_window(window),
      m_menu(new QMenu(window))
{
    m_menu->setObjectName(QStringLiteral("runMenu"));
    m_menu->setToolTipsVisible(true);
    m_chip.setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &RunChooser::fillMenu);
    connect(&services.runs, &core::RunLoader::listed, this, &RunChooser::onListed);
    connect(&services.runs, &core::RunLoader::loaded, this, &RunChooser::onLoaded);
    connect(&services.runs, &core::RunLoader::failed, this, [this](const engine::Error& error) {
        m_isContinueWanted = false;
        if (!std::exchange(m_isPendingNewest, false)) // which nobody has asked for
            m_messages.showMessage(MessageBar::Kind::Error, QString::fromStdString(error.message));
    });
    connect(&services.runs, &core::RunLoader::checked, this, &RunChooser::markDamage);
    connect(&services.runs, &core::RunLoader::deleted, this, &RunChooser::onDeleted);
    // Queued: the pages get the data set first.
    connect(&datasets, &DatasetChooser::chosen, this, &RunChooser::deliver, Qt::QueuedConnection);
    setEnabled(true);
    updateChip();
}

void RunChooser::setEnabled(bool enabled)
{
    m_chip.setEnabled(enabled);
    m_chip.setToolTip(enabled ? tr("Show a training of the past, and go on with it")
                              : tr("Another run can be shown after training"));
}

void RunChooser::showRun(const QString& folder)
{
    m_folder = folder;
    m_isNewestDue = false;
    m_services.runs.list(); // its metrics are new; the chip follows
    updateChip();
}

void RunChooser::showNewestRun()
{
    showRun({});
    m_isNewestDue = true;
}

void RunChooser::offerInterrupted()
{
    m_isOfferDue = true;
    m_services.runs.list();
}

void RunChooser::onListed()
{
    updateChip();
    if (std::exchange(m_isNewestDue, false))
        chooseNewest();
    if (std::exchange(m_isOfferDue, false) && !m_services.runs.runs().empty())
        offer(m_services.runs.runs().front());
}

void RunChooser::chooseNewest()
{
    if (m_pending || !m_folder.isEmpty() || !m_datasets.current())
        return; // the user's own choice comes first
    const QString dataset = QString::fromStdString(m_datasets.current()->splits.id);
    const std::vector<core::RunInfo>& runs = m_services.runs.runs();
    const auto newest = std::find_if(runs.begin(), runs.end(), [&](const core::RunInfo& run) {
        return run.datasetId == dataset && run.isFolderThere && run.epochsDone > 0 &&
               run.state != core::RunInfo::State::Running;
    });
    if (newest == runs.end())
        return;
    m_services.runs.load(*newest);
    m_isPendingNewest = true;
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
        tr("Continue"), [this, newest] {
            m_isContinueWanted = true;
            choose(newest);
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
        action->setToolTip(toolTipOf(run));
        action->setCheckable(true);
        action->setChecked(run.folder == m_folder);
        action->setEnabled(canBeChosen(run));
        connect(action, &QAction::triggered, this, [this, run] { choose(run); });
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
    entry->setToolTip(toolTipOf(*run));
    entry->setEnabled(canBeChosen(*run));
}

void RunChooser::showAll()
{
    auto* dialog = new RunsDialog(m_services.runs, m_folder, m_window);
    connect(dialog, &RunsDialog::openWanted, this, &RunChooser::choose);
    dialog->open();
}

void RunChooser::onDeleted(const std::vector<core::RunInfo>& runs)
{
    const bool isShownGone = std::any_of(runs.begin(), runs.end(), [this](const core::RunInfo& run) {
        return !m_folder.isEmpty() && run.folder == m_folder;
    });
    if (isShownGone)
        Q_EMIT shownRunDeleted();
}

void RunChooser::choose(const core::RunInfo& run)
{
    m_isPendingNewest = false;
    m_services.runs.load(run);
}

void RunChooser::onLoaded(const core::RunInfo& run, std::shared_ptr<const engine::Checkpoint> training)
{
    const QString dataset = QString::fromStdString(training->origin.datasetId);
    const bool isOfShownData =
        m_datasets.current() && QString::fromStdString(m_datasets.current()->splits.id) == dataset;
    if (m_isPendingNewest && (!m_folder.isEmpty() || !m_chip.isEnabled() || !isOfShownData)) {
        m_isPendingNewest = false; // another run or data set has come meanwhile
        return;
    }
    m_pendingRun = run;
    m_pending = std::move(training);
    if (isOfShownData)
        deliver();
    else
        m_datasets.choose(dataset);
}

void RunChooser::deliver()
{
    if (!m_pending)
        return;
    const auto training = std::exchange(m_pending, nullptr);
    const bool isOfItsData = m_datasets.current()->splits.id == training->origin.datasetId;
    const bool isByUser = !std::exchange(m_isPendingNewest, false);
    const bool isToGoOn = std::exchange(m_isContinueWanted, false);
    if (!isOfItsData)
        return; // the user has chosen another data set meanwhile
    m_folder = m_pendingRun->folder;
    updateChip();
    Q_EMIT chosen(m_folder, training, isByUser);
    if (!training->canResume) {
        m_messages.showMessage(
            MessageBar::Kind::Error,
            tr("Run %1: the state of its training is damaged. Its weights are sound: it can be tested, "
               "drawn for, inspected and exported; its curves are lost, and it cannot go on.")
                .arg(m_pendingRun->number));
    }
    if (isToGoOn)
        Q_EMIT continueWanted();
}

void RunChooser::updateChip()
{
    for (const core::RunInfo& run : m_services.runs.runs()) {
        if (!m_folder.isEmpty() && run.folder == m_folder)
            return m_chip.setValue(QString::number(run.number), run.state == core::RunInfo::State::Running
                                                                    ? tr("training")
                                                                    : runAccuracyText(run));
    }
    m_chip.setValue(m_folder.isEmpty() ? tr("none") : tr("new"));
}

} // namespace ui
