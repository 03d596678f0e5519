#include "ui/pages/evaluate/WaitingCard.h"

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
      m_cancel(new QPushButton(tr("Cancel"), this))
{
    m_message->setObjectName(QStringLiteral("evaluateMessage"));
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    setTextRole(m_message, TextRole::Secondary);
    m_progress->setFixedWidth(280);
    m_progress->setAccessibleName(tr("Progress of the evaluation"));
    m_progress->setObjectName(QStringLiteral("evaluationProgress"));
    m_cancel->setAccessibleName(tr("Cancel the evaluation"));
    m_cancel->setObjectName(QStringLiteral("cancelEvaluation"));
    connect(m_cancel, &QPushButton::clicked, this, &WaitingCard::cancelClicked);
    body()->addStretch();
    body()->addWidget(m_message);
    body()->addWidget(m_progress, 0, Qt::AlignHCenter);
    body()->addWidget(m_cancel, 0, Qt::AlignHCenter);
    body()->addStretch();
}

void WaitingCard::showMessage(const QString& text)
{
    showText(text, false);
}

void WaitingCard::showBusy(const QString& text)
{
    m_progress->setRange(0, 0);
    showText(text, true);
}

void WaitingCard::showText(const QString& text, bool isBusy)
{
    m_message->setText(text);
    m_progress->setVisible(isBusy);
    m_cancel->setVisible(isBusy);
}

void WaitingCard::showProgress(std::size_t done, std::size_t total)
{
    m_progress->setRange(0, static_cast<int>(total));
    m_progress->setValue(static_cast<int>(done));
}

} // namespace ui
