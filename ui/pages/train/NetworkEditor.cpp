#include "ui/pages/train/NetworkEditor.h"

#include "engine/storage/NetworkFile.h"
#include "ui/models/NetworkDraft.h"
#include "ui/models/NetworkLayersModel.h"
#include "ui/pages/train/LayerFields.h"
#include "ui/style/TextRole.h"
#include "ui/widgets/Card.h"

#include <QFileDialog>
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

} // namespace

NetworkEditor::NetworkEditor(const engine::NetworkChoice& choice, const engine::ImageShape& input,
                             int classCount, QWidget* parent)
    : QDialog(parent),
      m_start(engine::networkFor(choice, input, classCount)),
      m_draft(new NetworkDraft(this)),
      m_table(new QTableView(this)),
      m_fields(new LayerFields(this)),
      m_fieldsTitle(new QLabel(this)),
      m_summary(new QLabel(this)),
      m_problem(makeProblem()),
      m_use(new QPushButton(tr("Use this network"), this))
{
    setObjectName(QStringLiteral("networkEditor"));
    setWindowTitle(tr("Edit network"));
    m_draft->setSpec(m_start);

    m_table->setObjectName(QStringLiteral("networkLayers"));
    m_table->setAccessibleName(tr("Layers"));
    m_table->setModel(new NetworkLayersModel(*m_draft, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(26);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsClickable(false);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(NetworkLayersModel::OptionsColumn, QHeaderView::Stretch);

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
    fields->setFixedWidth(290);

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
    connect(m_fields, &LayerFields::edited, this, [this](const engine::LayerSpec& layer) {
        if (const int row = selected(); row >= 0)
            m_draft->replace(row, layer);
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
    resize(980, 580);
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
    NetworkDraft start;
    start.setSpec(m_start);
    connect(m_draft, &NetworkDraft::changed, reset, [this, reset, layers = start.spec().layers] {
        reset->setEnabled(m_draft->spec().layers != layers);
    });
    connect(reset, &QToolButton::clicked, this,
            [this, layers = start.spec().layers] { m_draft->replaceAll(layers, tr("reset")); });
    return bar;
}

QWidget* NetworkEditor::makeProblem()
{
    auto* card = new QFrame(this);
    card->setObjectName(QStringLiteral("networkProblem"));
    card->setProperty("message", QLatin1String("error"));
    m_problemText = new QLabel(card);
    m_problemText->setObjectName(QStringLiteral("networkProblemText"));
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
    auto* open = new QPushButton(tr("Open…"), row);
    open->setObjectName(QStringLiteral("openNetwork"));
    open->setToolTip(tr("Load layers from a file (the format of train --network)"));
    auto* save = new QPushButton(tr("Save…"), row);
    save->setObjectName(QStringLiteral("saveNetwork"));
    save->setToolTip(tr("Save the layers to a file that train --network reads"));
    auto* cancel = new QPushButton(tr("Cancel"), row);
    cancel->setObjectName(QStringLiteral("cancelNetwork"));
    m_use->setObjectName(QStringLiteral("useNetwork"));
    m_use->setProperty("primary", true);
    for (QPushButton* button : {open, save, cancel, m_use}) {
        button->setAccessibleName(button->text());
        button->setAutoDefault(false); // the fields handle Enter
    }
    layout->addWidget(open);
    layout->addWidget(save);
    layout->addStretch();
    layout->addWidget(cancel);
    layout->addWidget(m_use);
    connect(open, &QPushButton::clicked, this, &NetworkEditor::openFile);
    connect(save, &QPushButton::clicked, this, &NetworkEditor::saveFile);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_use, &QPushButton::clicked, this, &QDialog::accept);
    return row;
}

engine::NetworkChoice NetworkEditor::choice() const
{
    return engine::choiceOfLayers(m_draft->result());
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

void NetworkEditor::openFile()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open a network"), {}, tr("Networks (*.json);;All files (*)"));
    if (path.isEmpty())
        return;
    const auto spec = engine::readNetworkFile(path.toStdString());
    if (!spec) {
        QMessageBox::warning(this, tr("Open a network"), QString::fromStdString(spec.error().message));
        return;
    }
    m_draft->replaceAll(spec->layers, tr("open a file"));
}

void NetworkEditor::saveFile()
{
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save the network"), QStringLiteral("network.json"), tr("Networks (*.json)"));
    if (path.isEmpty())
        return;
    if (const auto written = engine::writeNetworkFile(path.toStdString(), m_draft->result()); !written)
        QMessageBox::warning(this, tr("Save the network"), QString::fromStdString(written.error().message));
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
    const auto above = static_cast<std::size_t>(row);
    const int inputSize = row == 0 ? engine::inputShape(m_start).channels
                          : above <= m_draft->layers().size()
                              ? m_draft->layers()[above - 1].outputShape.channels
                              : 0;
    m_fields->setLayer(m_draft->layer(row), inputSize);
}

void NetworkEditor::showProblem()
{
    const engine::SpecError* error = m_draft->error();
    m_problem->setVisible(error != nullptr);
    if (error == nullptr)
        return;
    QString text = QString::fromStdString(error->message);
    if (error->layer >= 0) {
        text = tr("<b>Layer %1, %2:</b> %3")
                   .arg(error->layer + 1)
                   .arg(QLatin1String(engine::typeName(m_draft->layer(error->layer))), text.toHtmlEscaped());
    }
    m_problemText->setText(text);
    m_fix->setVisible(error->fix.has_value());
    if (error->fix) {
        m_fix->setText(QString::fromStdString(error->fix->label));
        m_fix->setAccessibleName(m_fix->text());
    }
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
