#include "ui/widgets/KeepCard.h"

#include "engine/evaluation/Percent.h"
#include "ui/style/TextRole.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace ui
{
namespace
{

constexpr int kColumns = 5;

QString share(std::size_t right, std::size_t total)
{
    return KeepCard::tr("%L1 of %L2").arg(right).arg(total);
}

} // namespace

KeepCard::KeepCard(QWidget* parent)
    : Card(tr("My digits"), parent),
      m_undo(new QPushButton(tr("Undo last"), this)),
      m_evaluate(new QPushButton(tr("Evaluate"), this)),
      m_result(new QLabel(this))
{
    auto* grid = new QGridLayout;
    grid->setSpacing(6);
    for (int label = 0; label < core::kOwnDigitClasses; ++label) {
        auto* button = new QToolButton(this);
        button->setObjectName(QStringLiteral("keepAs_%1").arg(label));
        button->setProperty("keep", true);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setShortcut(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_0 + label)));
        button->setToolTip(tr("Keep the drawing as a %1 (Alt+%1)").arg(label));
        connect(button, &QToolButton::clicked, this, [this, label] { Q_EMIT keepWanted(label); });
        grid->addWidget(button, label / kColumns, label % kColumns);
        m_labels[static_cast<std::size_t>(label)] = button;
    }
    m_undo->setObjectName(QStringLiteral("undoKept"));
    m_undo->setToolTip(tr("Take the digit back that was kept last"));
    m_undo->setAccessibleName(tr("Take back the digit that was kept last"));
    m_evaluate->setAccessibleName(tr("Evaluate the model on my digits"));
    m_evaluate->setObjectName(QStringLiteral("evaluateKept"));
    m_evaluate->setToolTip(tr("How many of your digits that are held for testing the model gets right"));
    m_result->setObjectName(QStringLiteral("keptResult"));
    m_result->setWordWrap(true);
    setTextRole(m_result, TextRole::Small);

    auto* actions = new QHBoxLayout;
    actions->setSpacing(8);
    for (QPushButton* button : {m_undo, m_evaluate})
        actions->addWidget(button);
    actions->addStretch();
    body()->addLayout(grid);
    body()->addLayout(actions);
    body()->addWidget(m_result, 1);
    m_result->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    connect(m_undo, &QPushButton::clicked, this, &KeepCard::undoWanted);
    connect(m_evaluate, &QPushButton::clicked, this, &KeepCard::evaluateWanted);
    setKept({}, false);
    showText(tr("Draw, then click on what it is: your digits become a data set of your own."));
}

void KeepCard::setKept(const std::array<int, core::kOwnDigitClasses>& counts, bool isUsable)
{
    m_count = 0;
    m_isUsable = isUsable;
    for (std::size_t label = 0; label < counts.size(); ++label) {
        m_count += counts[label];
        m_labels[label]->setText(counts[label] == 0 ? QString::number(label)
                                                    : tr("%1 · %L2").arg(label).arg(counts[label]));
        m_labels[label]->setAccessibleName(tr("Keep as %1; %L2 are kept").arg(label).arg(counts[label]));
    }
    setSubtitle(m_count == 0 ? tr("keep the drawing as") : tr("%L1 kept · keep the drawing as").arg(m_count));
    updateButtons();
}

void KeepCard::setDrawn(bool isDrawn)
{
    m_isDrawn = isDrawn;
    updateButtons();
}

void KeepCard::setModelReady(bool isReady)
{
    m_isModelReady = isReady;
    updateButtons();
}

void KeepCard::updateButtons()
{
    for (QToolButton* button : m_labels)
        button->setEnabled(m_isDrawn);
    m_undo->setEnabled(m_count > 0);
    m_evaluate->setEnabled(m_isUsable && m_isModelReady);
}

void KeepCard::showBusy(const QString& text)
{
    m_result->setText(text);
}

void KeepCard::showResult(const std::vector<core::ComparedSet>& sets)
{
    QStringList lines;
    for (const core::ComparedSet& set : sets) {
        lines << tr("%1: %2 held for testing right (%3 %)")
                     .arg(set.title, share(set.rightBefore, set.total))
                     .arg(engine::shownPercent(set.rightBefore, set.total), 0, 'f', 1);
    }
    m_result->setText(lines.join(QLatin1Char('\n')));
}

void KeepCard::showText(const QString& text)
{
    m_result->setText(text);
}

} // namespace ui
