#include "ui/pages/draw/KeptDigitsDialog.h"

#include "core/session/KeptDigits.h"
#include "ui/delegates/SampleDelegate.h"
#include "ui/models/KeptDigitsText.h"
#include "ui/models/SampleListModel.h"
#include "ui/pages/draw/KeptDigitsDamage.h"
#include "ui/style/TextRole.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/SegmentedButtons.h"
#include "ui/widgets/TileGrid.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace ui
{
namespace
{

constexpr int kSide = 28;

engine::Dataset imagesOf(const std::vector<core::KeptDigit>& digits)
{
    std::vector<std::uint8_t> pixels;
    std::vector<std::uint8_t> labels;
    for (const core::KeptDigit& digit : digits) {
        pixels.insert(pixels.end(), digit.pixels.begin(), digit.pixels.end());
        labels.push_back(static_cast<std::uint8_t>(digit.label));
    }
    return engine::Dataset::create(kSide, kSide, std::move(pixels), std::move(labels), core::kOwnDigitClasses)
        .value_or(engine::Dataset());
}

QStringList digitNames()
{
    QStringList names;
    for (int label = 0; label < core::kOwnDigitClasses; ++label)
        names << QString::number(label);
    return names;
}

} // namespace

KeptDigitsDialog::KeptDigitsDialog(core::KeptDigits& kept, QWidget* parent)
    : QDialog(parent),
      m_kept(kept),
      m_model(new SampleListModel(this)),
      m_labels(new SegmentedButtons(SegmentedButtons::Mode::Any, this)),
      m_counts(new QLabel(this)),
      m_grid(new TileGrid(this)),
      m_empty(new QLabel(tr("No matching digits."), m_grid)),
      m_remove(new QPushButton(tr("Remove"), this)),
      m_undo(new QPushButton(tr("Undo"), this))
{
    setObjectName(QStringLiteral("keptDigitsDialog"));
    setWindowTitle(tr("My digits"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_labels->setObjectName(QStringLiteral("keptFilter"));
    m_labels->setAccessibleName(tr("Filter by digit"));
    m_labels->setSegments(digitNames());
    m_counts->setObjectName(QStringLiteral("keptCounts"));
    setTextRole(m_counts, TextRole::Secondary);
    auto* head = new QHBoxLayout;
    head->addWidget(m_labels);
    head->addStretch();
    head->addWidget(m_counts);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 14, 14, 14);
    layout->setSpacing(10);
    layout->addLayout(head);
    layout->addWidget(makeGrid(), 1);
    layout->addWidget(new KeptDigitsDamage(kept, this));
    layout->addWidget(makeButtons());

    connect(m_labels, &SegmentedButtons::toggled, this, &KeptDigitsDialog::filter);
    connect(m_grid->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &KeptDigitsDialog::updateButtons);
    connect(&kept, &core::KeptDigits::changed, this, &KeptDigitsDialog::showDigits);
    connect(new QShortcut(QKeySequence::Undo, this), &QShortcut::activated, &kept, &core::KeptDigits::undo);
    showDigits();
    m_grid->setFocus();
    resize(640, 480);
}

QWidget* KeptDigitsDialog::makeGrid()
{
    auto* card = new Card({}, this);
    m_grid->setObjectName(QStringLiteral("keptGrid"));
    m_grid->setAccessibleName(tr("Kept digits"));
    m_grid->setModel(m_model);
    m_grid->setItemDelegate(new SampleDelegate(this));
    m_grid->setMouseTracking(true);
    m_empty->setAlignment(Qt::AlignCenter);
    setTextRole(m_empty, TextRole::Secondary);
    auto* overlay = new QVBoxLayout(m_grid);
    overlay->addWidget(m_empty);
    card->body()->addWidget(m_grid);
    return card;
}

QWidget* KeptDigitsDialog::makeButtons()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* close = new QPushButton(tr("Close"), row);
    close->setObjectName(QStringLiteral("keptClose"));
    close->setAccessibleName(close->text());
    m_remove->setObjectName(QStringLiteral("keptRemove"));
    m_remove->setAccessibleName(tr("Remove the selected digit"));
    m_undo->setObjectName(QStringLiteral("keptUndo"));
    layout->addWidget(m_remove);
    layout->addWidget(m_undo);
    layout->addStretch();
    layout->addWidget(close);
    for (QPushButton* button : {m_remove, m_undo, close})
        button->setAutoDefault(false); // the grid handles Enter
    connect(m_remove, &QPushButton::clicked, this, &KeptDigitsDialog::removeSelected);
    connect(m_undo, &QPushButton::clicked, &m_kept, &core::KeptDigits::undo);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    return row;
}

void KeptDigitsDialog::showDigits()
{
    const int row = selected().row();
    const std::set<int> filter = m_model->classFilter();
    m_model->setDataset(imagesOf(m_kept.digits()), digitNames());
    m_model->setClassFilter(filter);
    if (row >= 0) // selects the digit after the removed one
        m_grid->setCurrentIndex(m_model->index(std::min(row, m_model->rowCount() - 1), 0));
    m_counts->setText(keptText(m_kept.digits()));
    updateButtons();
}

void KeptDigitsDialog::filter(int label, bool isChosen)
{
    std::set<int> labels = m_model->classFilter();
    if (isChosen)
        labels.insert(label);
    else
        labels.erase(label);
    m_model->setClassFilter(labels);
    updateButtons();
}

QModelIndex KeptDigitsDialog::selected() const
{
    return m_grid->selectionModel()->selectedIndexes().value(0); // the current index may not be selected
}

void KeptDigitsDialog::removeSelected()
{
    const QModelIndex index = selected();
    if (index.isValid())
        m_kept.remove(static_cast<std::size_t>(index.data(SampleListModel::IndexRole).toInt()));
}

void KeptDigitsDialog::updateButtons()
{
    const bool isAny = selected().isValid();
    m_remove->setEnabled(isAny);
    m_remove->setToolTip(isAny ? tr("Remove the selected digit (Del); can be undone")
                               : tr("Select a digit first"));
    const auto& last = m_kept.lastChange();
    m_undo->setEnabled(last.has_value());
    m_undo->setToolTip(undoText(last));
    m_undo->setAccessibleName(tr("Undo"));
    m_undo->setAccessibleDescription(m_undo->toolTip());
    m_empty->setVisible(m_model->rowCount() == 0);
}

void KeptDigitsDialog::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)
        removeSelected();
    else
        QDialog::keyPressEvent(event);
}

} // namespace ui
