#include "ui/pages/evaluate/VerdictsCard.h"

#include "core/evaluation/VerdictStore.h"
#include "ui/style/TextRole.h"

#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

namespace ui
{

VerdictsCard::VerdictsCard(core::VerdictStore& store, QWidget* parent)
    : Card(tr("Model error or data error?"), parent),
      m_store(store),
      m_summary(new QLabel(this)),
      m_answer(new QLabel(this)),
      m_undo(new QToolButton(this)),
      m_redo(new QToolButton(this)),
      m_damage(new QLabel(this)),
      m_setAside(new QPushButton(tr("Set the file aside"), this))
{
    m_undo->setObjectName(QStringLiteral("undoVerdict"));
    m_undo->setText(tr("Undo"));
    m_undo->setAccessibleName(tr("Undo the last verdict or note"));
    m_undo->setToolTip(tr("Undo the last verdict or note (Ctrl+Z)"));
    m_redo->setObjectName(QStringLiteral("redoVerdict"));
    m_redo->setText(tr("Redo"));
    m_redo->setAccessibleName(tr("Redo the last undone change"));
    m_redo->setToolTip(tr("Redo the last undone change (Ctrl+Shift+Z)"));
    connect(m_undo, &QToolButton::clicked, &store, &core::VerdictStore::undo);
    connect(m_redo, &QToolButton::clicked, &store, &core::VerdictStore::redo);
    header()->addWidget(m_undo);
    header()->addWidget(m_redo);

    m_summary->setObjectName(QStringLiteral("verdictSummary"));
    m_summary->setWordWrap(true);
    body()->addWidget(m_summary);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    for (std::size_t i = 0; i < core::kVerdicts.size(); ++i) {
        auto* button = new QPushButton(this);
        button->setObjectName(QStringLiteral("verdictCount_%1").arg(i));
        button->setAccessibleName(core::nameOf(core::kVerdicts[i]));
        button->setToolTip(tr("Show these images"));
        connect(button, &QPushButton::clicked, this, [this, i] { choose(core::kVerdicts[i]); });
        m_counts[i] = button;
        row->addWidget(button);
    }
    row->addStretch();
    body()->addLayout(row);
    m_answer->setObjectName(QStringLiteral("verdictAnswer"));
    m_answer->setWordWrap(true);
    setTextRole(m_answer, TextRole::Small);
    body()->addWidget(m_answer);

    m_damage->setObjectName(QStringLiteral("verdictDamage"));
    m_damage->setWordWrap(true);
    m_damage->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_setAside->setObjectName(QStringLiteral("setVerdictsAside"));
    m_setAside->setAccessibleName(tr("Set the damaged verdict file aside"));
    m_setAside->setToolTip(tr("Rename the damaged file and start a new one"));
    connect(m_setAside, &QPushButton::clicked, &store, &core::VerdictStore::setDamagedFileAside);
    body()->addWidget(m_damage);
    body()->addWidget(m_setAside, 0, Qt::AlignLeft);
    body()->addStretch();

    connect(&store, &core::VerdictStore::opened, this, &VerdictsCard::showCounts);
    connect(&store, &core::VerdictStore::changed, this, &VerdictsCard::showCounts);
    connect(&store, &core::VerdictStore::failed, this, [this](const engine::Error& error) {
        m_damage->setText(QString::fromStdString(error.message));
        showCounts();
    });
    showCounts();
}

void VerdictsCard::setSplit(std::shared_ptr<const core::EvaluatedSplit> split)
{
    m_split = std::move(split);
    showCounts();
}

void VerdictsCard::showCounts()
{
    const bool isDamaged = m_store.isDamaged();
    m_damage->setVisible(isDamaged);
    m_setAside->setVisible(isDamaged);
    m_undo->setEnabled(m_store.canUndo());
    m_redo->setEnabled(m_store.canRedo());
    m_summary->setVisible(!isDamaged);
    m_answer->setVisible(!isDamaged);
    for (QPushButton* button : m_counts)
        button->setVisible(!isDamaged);
    if (!m_split || isDamaged)
        return;

    const core::VerdictCounts counts = core::countVerdicts(*m_split, m_store.verdicts());
    const std::size_t judged = counts.judgedErrors();
    m_summary->setText(tr("%L1 of %L2 errors judged.").arg(judged).arg(counts.errors));
    const std::array names = {tr("%L1 model"), tr("%L1 label"), tr("%L1 unreadable")};
    for (std::size_t i = 0; i < core::kVerdicts.size(); ++i) {
        const std::size_t ofBoth = counts.ofErrors[i] + counts.ofTheRight[i];
        m_counts[i]->setText(names[i].arg(counts.ofErrors[i]));
        m_counts[i]->setAccessibleName(
            tr("%1: %L2 errors").arg(core::nameOf(core::kVerdicts[i])).arg(counts.ofErrors[i]));
        m_counts[i]->setEnabled(ofBoth > 0);
    }
    QString answer;
    if (judged == 0) {
        answer = tr("Select an image in the gallery and press M for a model error, L for a wrong label or U "
                    "for unreadable. Arrow keys move to other images, N adds a note.");
    } else {
        const auto model = std::lround(100.0 * static_cast<double>(counts.ofErrors[0]) /
                                       static_cast<double>(judged)); // the rest is 100 − model
        answer = tr("Of the judged errors, %1 % are model errors and %2 % data errors (wrong labels or "
                    "unreadable images).")
                     .arg(model)
                     .arg(100 - model);
    }
    if (counts.judgedRight() > 0)
        answer += tr(" Correct predictions judged: %L1.").arg(counts.judgedRight());
    m_answer->setText(answer);
}

void VerdictsCard::choose(core::Verdict verdict)
{
    if (!m_split)
        return;
    Q_EMIT chosen({tr("Judged: %1").arg(core::nameOf(verdict)),
                   core::positionsWith(verdict, *m_split, m_store.verdicts()),
                   tr("No images with this verdict.")});
}

} // namespace ui
