#include "ui/pages/evaluate/WaitingCard.h"

#include "core/Format.h"
#include "ui/style/TextRole.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui
{

WaitingCard::WaitingCard(QWidget* parent)
    : Card({}, parent),
      m_message(new QLabel(this)),
      m_progress(new QProgressBar(this)),
      m_left(new QLabel(this)),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_action(new QPushButton(this))
{
    m_message->setObjectName(QStringLiteral("evaluateMessage"));
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    setTextRole(m_message, TextRole::Secondary);
    m_progress->setFixedWidth(280);
    m_progress->setAccessibleName(tr("Evaluation progress"));
    m_progress->setObjectName(QStringLiteral("evaluationProgress"));
    m_left->setObjectName(QStringLiteral("evaluationLeft"));
    m_left->setAlignment(Qt::AlignCenter);
    setTextRole(m_left, TextRole::Small);
    m_cancel->setAccessibleName(tr("Cancel the evaluation"));
    m_cancel->setObjectName(QStringLiteral("cancelEvaluation"));
    connect(m_cancel, &QPushButton::clicked, this, &WaitingCard::cancelClicked);
    m_action->setAccessibleName(tr("Suggested action"));
    m_action->setObjectName(QStringLiteral("evaluateAction"));
    connect(m_action, &QPushButton::clicked, this, &WaitingCard::actionWanted);
    body()->addStretch();
    body()->addWidget(m_message);
    body()->addWidget(m_progress, 0, Qt::AlignHCenter);
    body()->addWidget(m_left);
    body()->addWidget(m_cancel, 0, Qt::AlignHCenter);
    body()->addWidget(m_action, 0, Qt::AlignHCenter);
    body()->addStretch();
}

void WaitingCard::showMessage(const QString& text, const QString& actionText)
{
    showText(text, false);
    m_action->setText(actionText);
    m_action->setVisible(!actionText.isEmpty());
}

void WaitingCard::showBusy(const QString& text)
{
    m_progress->setRange(0, 0);
    m_left->clear();
    m_sinceBegin.start();
    showText(text, true);
}

void WaitingCard::showText(const QString& text, bool isBusy)
{
    m_message->setText(text);
    m_progress->setVisible(isBusy);
    m_left->setVisible(isBusy);
    m_cancel->setVisible(isBusy);
    m_action->hide();
}

void WaitingCard::showProgress(std::size_t done, std::size_t total)
{
    m_progress->setRange(0, static_cast<int>(total));
    m_progress->setValue(static_cast<int>(done));
    if (done == 0)
        return;
    const double seconds = static_cast<double>(m_sinceBegin.elapsed()) / 1000;
    const double left = seconds * static_cast<double>(total - done) / static_cast<double>(done);
    m_left->setText(tr("%L1 of %L2 images · %3 left").arg(done).arg(total).arg(core::durationText(left)));
}

} // namespace ui
