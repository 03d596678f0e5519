#include "ui/pages/inspect/MessageCard.h"

#include "ui/style/TextRole.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui
{

MessageCard::MessageCard(QWidget* parent)
    : Card({}, parent),
      m_message(new QLabel(this)),
      m_action(new QPushButton(this))
{
    m_message->setObjectName(QStringLiteral("inspectMessage"));
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    setTextRole(m_message, TextRole::Secondary);
    m_action->setObjectName(QStringLiteral("inspectAction"));
    connect(m_action, &QPushButton::clicked, this, &MessageCard::actionWanted);
    body()->addStretch();
    body()->addWidget(m_message);
    body()->addWidget(m_action, 0, Qt::AlignHCenter);
    body()->addStretch();
    showMessage({});
}

void MessageCard::showMessage(const QString& text, const QString& actionText)
{
    m_message->setText(text);
    m_action->setText(actionText);
    m_action->setAccessibleName(actionText.isEmpty() ? tr("Get a model") : actionText);
    m_action->setVisible(!actionText.isEmpty());
}

} // namespace ui
