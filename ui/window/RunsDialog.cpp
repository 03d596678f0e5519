#include "ui/window/RunsDialog.h"

#include "ui/models/RunListModel.h"
#include "ui/render/Colors.h"
#include "ui/style/Icons.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/MessageBar.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QUrl>
#include <QVBoxLayout>

namespace ui
{
namespace
{

constexpr int kRowHeight = 26;

bool isBeingTrained(const core::RunInfo& run)
{
    return run.state == core::RunInfo::State::Running;
}

/// Describes the runs and what will be lost.
QString lossOf(const std::vector<core::RunInfo>& runs, const QString& shownFolder)
{
    QString text;
    constexpr std::size_t kMostNamed = 5;
    for (std::size_t i = 0; i < std::min(runs.size(), kMostNamed); ++i) {
        const core::RunInfo& run = runs[i];
        text += RunsDialog::tr("Run %1: %2, %3, %4\n")
                    .arg(run.number)
                    .arg(run.datasetTitle, runAccuracyText(run), run.recipe);
    }
    if (runs.size() > kMostNamed)
        text += RunsDialog::tr("and %1 more\n").arg(runs.size() - kMostNamed);
    text += runs.size() == 1 ? RunsDialog::tr("\nIts weights, curves and predictions are deleted from this "
                                              "computer. That cannot be undone.")
                             : RunsDialog::tr("\nTheir weights, curves and predictions are deleted from this "
                                              "computer. That cannot be undone.");
    for (const core::RunInfo& run : runs) {
        if (run.folder == shownFolder)
            text += RunsDialog::tr(" Run %1 is currently shown in the window.").arg(run.number);
    }
    return text;
}

/// `left`: why folders were left alone.
QString deletedText(const std::vector<core::RunInfo>& runs, const QStringList& left)
{
    if (left.isEmpty()) {
        return runs.size() == 1 ? RunsDialog::tr("Run %1 deleted.").arg(runs.front().number)
                                : RunsDialog::tr("%1 runs deleted.").arg(runs.size());
    }
    const QString removed = runs.size() == 1
                                ? RunsDialog::tr("Run %1 removed from the list.").arg(runs.front().number)
                                : RunsDialog::tr("%1 runs removed from the list.").arg(runs.size());
    return removed + QLatin1Char(' ') + RunsDialog::tr("Not deleted: %1").arg(left.join(QLatin1Char(' ')));
}

} // namespace

RunsDialog::RunsDialog(core::RunLoader& runs, const QString& shownFolder, QWidget* parent)
    : QDialog(parent),
      m_loader(runs),
      m_shownFolder(shownFolder),
      m_model(new RunListModel(this)),
      m_sorted(new QSortFilterProxyModel(this)),
      m_messages(new MessageBar(this)),
      m_filter(new QLineEdit(this)),
      m_table(new QTableView(this)),
      m_count(new QLabel(this))
{
    setObjectName(QStringLiteral("runsDialog"));
    setWindowTitle(tr("All runs"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(980, 560);

    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(RunListModel::SortRole);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setFilterKeyColumn(-1);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);

    m_filter->setObjectName(QStringLiteral("runsFilter"));
    m_filter->setAccessibleName(tr("Filter the runs"));
    m_filter->setPlaceholderText(tr("Filter by data set, recipe, state …"));
    m_filter->setClearButtonEnabled(true);
    m_count->setObjectName(QStringLiteral("runsCount"));

    m_table->setObjectName(QStringLiteral("runsTable"));
    m_table->setAccessibleName(tr("All runs"));
    m_table->setModel(m_sorted);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(RunListModel::Number, Qt::DescendingOrder);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(kRowHeight);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(RunListModel::Recipe, QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);

    auto* card = new Card({}, this);
    card->body()->addWidget(m_table);
    auto* head = new QHBoxLayout;
    head->addWidget(m_filter, 1);
    head->addWidget(m_count);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 14, 14, 14);
    layout->setSpacing(10);
    layout->addWidget(m_messages);
    layout->addLayout(head);
    layout->addWidget(card, 1);
    layout->addWidget(makeButtons());

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_sorted->setFilterFixedString(text);
        updateButtons();
    });
    connect(m_table, &QTableView::doubleClicked, this, &RunsDialog::openRun);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &RunsDialog::updateButtons);
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, m_filter,
            qOverload<>(&QWidget::setFocus));
    connectLoader();
    m_model->setShownFolder(shownFolder);
    onListed();
    m_table->selectRow(0);
    m_table->setFocus();
    m_loader.list();
    m_loader.check();
}

QWidget* RunsDialog::makeButtons()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](const QString& text, const char* name, auto action) {
        auto* button = new QPushButton(text, row);
        button->setObjectName(QLatin1String(name));
        button->setAutoDefault(false); // the table handles Enter
        connect(button, &QPushButton::clicked, this, action);
        layout->addWidget(button);
        return button;
    };
    m_delete = add(tr("Delete …"), "runsDelete", &RunsDialog::askToDelete);
    layout->addStretch();
    m_openFolder = add(tr("Open folder"), "runsOpenFolder", &RunsDialog::openFolder);
    m_export = add(tr("Export …"), "runsExport", &RunsDialog::exportOne);
    m_export->setToolTip(tr("Copy the weights and export the metrics as tables"));
    add(tr("Close"), "runsClose", &QDialog::reject);
    m_open = add(tr("Open"), "runsOpen", &RunsDialog::openRun);
    m_open->setProperty("primary", true);
    return row;
}

void RunsDialog::connectLoader()
{
    connect(&m_loader, &core::RunLoader::listed, this, &RunsDialog::onListed);
    connect(&m_loader, &core::RunLoader::checked, this, [this](int number, const core::RunDamage& damage) {
        m_model->setDamage(number, damage);
        updateButtons();
    });
    connect(
        &m_loader, &core::RunLoader::exported, this,
        [this](const core::RunInfo& run, const QString& folder, const QString& files) {
            m_messages->showMessage(
                MessageBar::Kind::Success,
                tr("Run %1 exported to %2: %3").arg(run.number).arg(QDir::toNativeSeparators(folder), files),
                tr("Open folder"), [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
        });
    connect(&m_loader, &core::RunLoader::deleted, this,
            [this](const std::vector<core::RunInfo>& runs, const QStringList& left) {
                m_messages->showMessage(left.isEmpty() ? MessageBar::Kind::Success : MessageBar::Kind::Info,
                                        deletedText(runs, left));
            });
    connect(&m_loader, &core::RunLoader::changeFailed, this, [this](const engine::Error& error) {
        m_messages->showMessage(MessageBar::Kind::Error, QString::fromStdString(error.message));
    });
}

void RunsDialog::onListed()
{
    m_model->setRuns(m_loader.runs());
    updateButtons();
}

std::vector<core::RunInfo> RunsDialog::selected() const
{
    std::vector<core::RunInfo> runs;
    for (int row = 0; row < m_sorted->rowCount(); ++row) {
        if (m_table->selectionModel()->isRowSelected(row))
            runs.push_back(m_model->run(m_sorted->mapToSource(m_sorted->index(row, 0)).row()));
    }
    return runs;
}

int RunsDialog::rowInModel(const core::RunInfo& run) const
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->run(row).number == run.number)
            return row;
    }
    return -1;
}

void RunsDialog::updateButtons()
{
    const std::vector<core::RunInfo> runs = selected();
    const bool isOne = runs.size() == 1;
    const bool canBeOpened = isOne && m_model->canBeOpened(rowInModel(runs.front()));
    m_open->setEnabled(canBeOpened);
    m_open->setToolTip(!isOne || canBeOpened    ? QString()
                       : !runs.front().hasBegun ? tr("This run had not begun")
                                                : tr("This run is being trained, missing or damaged"));
    m_export->setEnabled(isOne && m_model->canBeExported(rowInModel(runs.front())));
    m_openFolder->setEnabled(isOne && QDir(runs.front().folder).exists());
    const bool isAnyTrained = std::any_of(runs.begin(), runs.end(), isBeingTrained);
    m_delete->setEnabled(!runs.empty() && !isAnyTrained);
    m_delete->setToolTip(isAnyTrained ? tr("Stop the training of this run first") : QString());

    const int all = m_model->rowCount();
    const int shown = m_sorted->rowCount();
    m_count->setText(shown < all ? tr("%L1 of %L2 runs").arg(shown).arg(all)
                     : all == 1  ? tr("1 run")
                                 : tr("%L1 runs").arg(all));
}

void RunsDialog::openRun()
{
    if (!m_open->isEnabled())
        return;
    const core::RunInfo run = selected().front();
    accept();
    Q_EMIT openWanted(run);
}

void RunsDialog::openFolder()
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(selected().front().folder));
}

void RunsDialog::exportOne()
{
    const core::RunInfo run = selected().front();
    const QString parent =
        QFileDialog::getExistingDirectory(this, tr("Folder for the export of run %1").arg(run.number));
    if (!parent.isEmpty())
        m_loader.exportTo(run, QDir(parent).filePath(QStringLiteral("tinyvgg-run-%1").arg(run.number)));
}

void RunsDialog::askToDelete()
{
    if (!m_delete->isEnabled())
        return;
    const std::vector<core::RunInfo> runs = selected();
    auto* question = new QMessageBox(QMessageBox::Warning, tr("Delete runs"),
                                     runs.size() == 1 ? tr("Delete run %1?").arg(runs.front().number)
                                                      : tr("Delete %1 runs?").arg(runs.size()),
                                     QMessageBox::Cancel, this);
    question->setObjectName(QStringLiteral("deleteRunsQuestion"));
    question->setInformativeText(lossOf(runs, m_shownFolder));
    question->setAttribute(Qt::WA_DeleteOnClose);
    auto* confirm = question->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    confirm->setObjectName(QStringLiteral("deleteRunsConfirm"));
    question->setDefaultButton(QMessageBox::Cancel);
    question->button(QMessageBox::Cancel)->setIcon({});
    question->setIconPixmap(
        iconPixmap(QStringLiteral("warning"), currentColors().wrong, 32, devicePixelRatioF()));
    connect(confirm, &QPushButton::clicked, this, [this, runs] { m_loader.remove(runs); });
    question->open();
}

void RunsDialog::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Delete)
        askToDelete();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        openRun();
    else
        QDialog::keyPressEvent(event);
}

void RunsDialog::hideEvent(QHideEvent* event)
{
    m_loader.stopChecking();
    QDialog::hideEvent(event);
}

} // namespace ui
