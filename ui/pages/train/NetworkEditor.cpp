#include "ui/pages/train/NetworkEditor.h"

#include "ui/delegates/NetworkLayersDelegate.h"
#include "ui/models/NetworkDraft.h"
#include "ui/models/NetworkLayersModel.h"
#include "ui/pages/train/LayerFields.h"
#include "ui/pages/train/NetworkFiles.h"
#include "ui/style/TextRole.h"
#include "ui/widgets/Card.h"

#include <QAbstractSpinBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui
{
namespace
{

QToolButton* toolButton(const QString& text, const char* name, const QString& tip, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setObjectName(QLatin1String(name));
    button->setAccessibleName(tip);
    button->setToolTip(tip);
    return button;
}

NetworkDraft* draftOf(const engine::NetworkSpec& spec, QObject* parent)
{
    auto* draft = new NetworkDraft(parent);
    draft->setSpec(spec);
    return draft;
}

} // namespace

NetworkEditor::NetworkEditor(const engine::NetworkChoice& choice, const engine::ImageShape& input,
                             int classCount, QWidget* parent)
    : QDialog(parent),
      m_draft(draftOf(engine::networkFor(choice, input, classCount), this)),
      m_start(m_draft->spec()),
      m_table(new QTableView(this)),
      m_fields(new LayerFields(this)),
      m_fieldsTitle(new QLabel(this)),
      m_summary(new QLabel(this)),
      m_problem(makeProblem()),
      m_open(new QPushButton(tr("Open…"), this)),
      m_save(new QPushButton(tr("Save…"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_use(new QPushButton(tr("Use this network"), this))
{
    setObjectName(QStringLiteral("networkEditor"));
    setWindowTitle(tr("Edit network"));
    m_table->setObjectName(QStringLiteral("networkLayers"));
    m_table->setAccessibleName(tr("Layers"));
    m_table->setModel(new NetworkLayersModel(*m_draft, m_table));
    m_table->setItemDelegate(new NetworkLayersDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(26);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setMinimumSectionSize(20);
    header->setSectionsClickable(false);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(NetworkLayersModel::OptionsColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(NetworkLayersModel::NumberColumn, QHeaderView::Fixed);
    header->resizeSection(NetworkLayersModel::NumberColumn,
                          fontMetrics().horizontalAdvance(QStringLiteral("00")) + 8);

    auto* list = new Card({}, this);
    list->body()->addWidget(makeToolBar());
    list->body()->addWidget(m_table, 1);
    m_summary->setObjectName(QStringLiteral("networkSummary"));
    setTextRole(m_summary, TextRole::Secondary);
    list->body()->addWidget(m_summary);

    auto* fields = new Card({}, this);
    setTextRole(m_fieldsTitle, TextRole::Title);
    fields->body()->addWidget(m_fieldsTitle);
    fields->body()->addWidget(m_fields);
    fields->body()->addStretch();
    fields->setFixedWidth(276);

    auto* cards = new QHBoxLayout;
    cards->setSpacing(12);
    cards->addWidget(list, 1);
    cards->addWidget(fields);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 14, 14, 14);
    layout->setSpacing(12);
    layout->addLayout(cards, 1);
    layout->addWidget(m_problem);
    layout->addWidget(makeButtons());

    connect(m_draft, &NetworkDraft::changed, this, &NetworkEditor::showDraft);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &NetworkEditor::showFields);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &NetworkEditor::keepSelection);
    connect(m_fields, &LayerFields::edited, this, [this](const engine::LayerSpec& layer, int field) {
        if (const int row = selected(); row >= 0)
            m_draft->replace(row, layer, field);
    });
    connect(new QShortcut(QKeySequence::Undo, this), &QShortcut::activated, &m_draft->undoStack(),
            &QUndoStack::undo);
    connect(new QShortcut(QKeySequence::Redo, this), &QShortcut::activated, &m_draft->undoStack(),
            &QUndoStack::redo);
    connect(new QShortcut(QKeySequence(Qt::ALT | Qt::Key_Up), this), &QShortcut::activated, this,
            [this] { moveLayer(-1); });
    connect(new QShortcut(QKeySequence(Qt::ALT | Qt::Key_Down), this), &QShortcut::activated, this,
            [this] { moveLayer(1); });
    showDraft(0);
    m_table->setFocus();
    resize(1010, 580);
}

QWidget* NetworkEditor::makeToolBar()
{
    auto* bar = new QWidget(this);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* add = toolButton(tr("Add ▾"), "addLayer", tr("Add a layer below the selected one (Ins)"), bar);
    auto* menu = new QMenu(add);
    menu->setObjectName(QStringLiteral("addLayerMenu"));
    for (const QString& type : layerTypes())
        connect(menu->addAction(type), &QAction::triggered, this, [this, type] { addLayer(type); });
    add->setMenu(menu);
    add->setPopupMode(QToolButton::InstantPopup);
    connect(new QShortcut(QKeySequence(Qt::Key_Insert), this), &QShortcut::activated, add,
            &QToolButton::showMenu);
    m_remove = toolButton(tr("Remove"), "removeLayer", tr("Remove the selected layer (Del)"), bar);
    m_up = toolButton(tr("↑"), "moveLayerUp", tr("Move the selected layer up (Alt+Up)"), bar);
    m_down = toolButton(tr("↓"), "moveLayerDown", tr("Move the selected layer down (Alt+Down)"), bar);
    auto* undo = toolButton(tr("Undo"), "undoNetwork", tr("Undo (Ctrl+Z)"), bar);
    auto* redo = toolButton(tr("Redo"), "redoNetwork", tr("Redo"), bar);
    auto* reset = toolButton(tr("Reset"), "resetNetwork",
                             tr("Restore the network that the editor was opened with"), bar);
    for (QToolButton* button : {add, m_remove, m_up, m_down})
        layout->addWidget(button);
    layout->addStretch();
    for (QToolButton* button : {undo, redo, reset})
        layout->addWidget(button);
    connect(m_remove, &QToolButton::clicked, this, &NetworkEditor::removeLayer);
    connect(m_up, &QToolButton::clicked, this, [this] { moveLayer(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { moveLayer(1); });

    QUndoStack& stack = m_draft->undoStack();
    undo->setEnabled(false);
    redo->setEnabled(false);
    reset->setEnabled(false);
    connect(undo, &QToolButton::clicked, &stack, &QUndoStack::undo);
    connect(redo, &QToolButton::clicked, &stack, &QUndoStack::redo);
    connect(&stack, &QUndoStack::canUndoChanged, undo, &QToolButton::setEnabled);
    connect(&stack, &QUndoStack::canRedoChanged, redo, &QToolButton::setEnabled);
    connect(&stack, &QUndoStack::undoTextChanged, undo,
            [undo](const QString& what) { undo->setToolTip(tr("Undo %1 (Ctrl+Z)").arg(what)); });
    connect(&stack, &QUndoStack::redoTextChanged, redo,
            [redo](const QString& what) { redo->setToolTip(tr("Redo %1").arg(what)); });
    connect(m_draft, &NetworkDraft::changed, reset,
            [this, reset] { reset->setEnabled(m_draft->spec() != m_start); });
    connect(reset, &QToolButton::clicked, this, [this] { m_draft->replaceAll(m_start, tr("reset")); });
    m_tools = {add, m_remove, m_up, m_down, undo, redo, reset};
    return bar;
}

QWidget* NetworkEditor::makeProblem()
{
    auto* card = new QFrame(this);
    card->setObjectName(QStringLiteral("networkProblem"));
    card->setProperty("message", QLatin1String("error"));
    m_problemText = new QLabel(card);
    m_problemText->setObjectName(QStringLiteral("networkProblemText"));
    m_problemText->setTextFormat(Qt::RichText);
    m_problemText->setWordWrap(true);
    m_problemText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_fix = new QPushButton(card);
    m_fix->setObjectName(QStringLiteral("fixNetwork"));
    m_fix->setAutoDefault(false);
    auto* layout = new QHBoxLayout(card);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->setSpacing(14);
    layout->addWidget(m_problemText, 1);
    layout->addWidget(m_fix);
    connect(m_fix, &QPushButton::clicked, this, [this] { m_draft->applyFix(); });
    return card;
}

QWidget* NetworkEditor::makeButtons()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    m_open->setObjectName(QStringLiteral("openNetwork"));
    m_open->setToolTip(tr("Load layers from a file (the format of train --network)"));
    m_save->setObjectName(QStringLiteral("saveNetwork"));
    m_save->setToolTip(tr("Save the layers to a file that train --network reads"));
    m_cancel->setObjectName(QStringLiteral("cancelNetwork"));
    m_use->setObjectName(QStringLiteral("useNetwork"));
    m_use->setProperty("primary", true);
    for (QPushButton* button : {m_open, m_save, m_cancel, m_use}) {
        button->setAccessibleName(button->text());
        button->setAutoDefault(false); // the fields handle Enter
    }
    layout->addWidget(m_open);
    layout->addWidget(m_save);
    layout->addStretch();
    layout->addWidget(m_cancel);
    layout->addWidget(m_use);
    auto* files = new NetworkFiles(this);
    connect(m_open, &QPushButton::clicked, files,
            [this, files] { files->open(m_start.input, m_start.classCount); });
    connect(m_save, &QPushButton::clicked, files, [this, files] {
        // Input sizes that do not fit are what is wrong: they are kept.
        files->save(m_draft->error() == nullptr ? m_draft->result() : m_draft->spec());
    });
    connect(files, &NetworkFiles::opened, this,
            [this](const engine::NetworkSpec& spec) { m_draft->replaceAll(spec, tr("open a file")); });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_use, &QPushButton::clicked, this, &QDialog::accept);
    return row;
}

engine::NetworkChoice NetworkEditor::choice() const
{
    const engine::NetworkSpec spec = m_draft->result();
    return spec.names.empty() ? engine::choiceOfLayers(spec) : engine::choiceOf(spec);
}

int NetworkEditor::selected() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() && current.row() < m_draft->size() ? current.row() : -1;
}

void NetworkEditor::select(int row)
{
    if (row >= 0 && row < m_draft->size())
        m_table->setCurrentIndex(m_table->model()->index(row, 0));
}

/// A click below the last row deselects the current row, which the commands still refer to.
void NetworkEditor::keepSelection()
{
    QItemSelectionModel* selection = m_table->selectionModel();
    if (!selection->hasSelection() && selected() >= 0)
        selection->select(m_table->currentIndex(), QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

void NetworkEditor::setTabOrders()
{
    QList<QWidget*> order(m_tools.begin(), m_tools.end());
    order << m_table << m_fields->fields() << m_fix << m_open << m_save << m_cancel << m_use;
    for (qsizetype i = 1; i < order.size(); ++i)
        setTabOrder(order[i - 1], order[i]);
}

void NetworkEditor::addLayer(const QString& type)
{
    m_draft->insert(selected() + 1, newLayer(type));
}

void NetworkEditor::removeLayer()
{
    if (const int row = selected(); row >= 0)
        m_draft->remove(row);
}

void NetworkEditor::moveLayer(int by)
{
    if (const int row = selected(); row >= 0)
        m_draft->move(row, row + by);
}

void NetworkEditor::showDraft(int row)
{
    select(row);
    showFields();
    showProblem();
    const auto& layers = m_draft->layers();
    if (m_draft->error() == nullptr) {
        qint64 parameters = 0;
        qint64 macs = 0;
        for (const engine::LayerInfo& layer : layers) {
            parameters += layer.parameterCount;
            macs += layer.multiplyAccumulates;
        }
        m_summary->setText(tr("Images of %1 → %L2 parameters · %L3 MACs per image → %4 classes")
                               .arg(QString::fromStdString(engine::text(m_start.input)))
                               .arg(parameters)
                               .arg(macs)
                               .arg(m_start.classCount));
    } else {
        m_summary->setText(tr("Images of %1 → … → %2 classes")
                               .arg(QString::fromStdString(engine::text(m_start.input)))
                               .arg(m_start.classCount));
    }
    m_save->setEnabled(m_draft->size() > 0); // a file without layers could not be opened
    m_use->setEnabled(m_draft->error() == nullptr);
    m_use->setToolTip(m_draft->error() == nullptr ? tr("Use this network for the next training")
                                                  : tr("The layers do not fit together yet"));
}

void NetworkEditor::showFields()
{
    const int row = selected();
    m_remove->setEnabled(row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_draft->size());
    if (row < 0) {
        m_fieldsTitle->setText(m_draft->size() == 0 ? tr("No layers yet: add one") : tr("Select a layer"));
        return m_fields->clear();
    }
    m_fieldsTitle->setText(
        tr("Layer %1: %2").arg(row + 1).arg(QLatin1String(engine::typeName(m_draft->layer(row)))));
    m_fields->setLayer(m_draft->layer(row), m_draft->inputSize(row));
    setTabOrders();
}

void NetworkEditor::showProblem()
{
    const engine::SpecError* error = m_draft->error();
    m_problem->setVisible(error != nullptr);
    if (error == nullptr)
        return;
    QString text = QString::fromStdString(error->message).toHtmlEscaped();
    if (error->layer >= 0) {
        text = tr("<b>Layer %1, %2:</b> %3")
                   .arg(error->layer + 1)
                   .arg(QLatin1String(engine::typeName(m_draft->layer(error->layer))), text);
    }
    m_problemText->setText(text);
    m_fix->setVisible(error->fix.has_value());
    if (error->fix) {
        m_fix->setText(QString::fromStdString(error->fix->label));
        m_fix->setAccessibleName(m_fix->text());
    }
}

void NetworkEditor::reject()
{
    if (auto* number = qobject_cast<QAbstractSpinBox*>(focusWidget()))
        number->interpretText(); // what is being typed is an edit as well
    if (m_draft->spec() == m_start)
        return QDialog::reject();
    auto* question = new QMessageBox(QMessageBox::NoIcon, windowTitle(), tr("Discard the changes?"),
                                     QMessageBox::NoButton, this);
    question->setObjectName(QStringLiteral("discardNetworkQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    auto* discard = question->addButton(tr("Discard"), QMessageBox::DestructiveRole);
    discard->setObjectName(QStringLiteral("discardNetwork"));
    auto* keep = question->addButton(tr("Keep editing"), QMessageBox::RejectRole);
    keep->setObjectName(QStringLiteral("keepEditingNetwork"));
    question->setDefaultButton(keep);
    question->setEscapeButton(keep);
    connect(discard, &QPushButton::clicked, this, [this] { QDialog::reject(); });
    question->open();
}

void NetworkEditor::keyPressEvent(QKeyEvent* event)
{
    const bool isInTable = focusWidget() == m_table;
    if (isInTable && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace))
        removeLayer();
    else if (event->key() != Qt::Key_Enter && event->key() != Qt::Key_Return)
        QDialog::keyPressEvent(event);
}

} // namespace ui
