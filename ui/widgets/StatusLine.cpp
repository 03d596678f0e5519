#include "ui/widgets/StatusLine.h"

#include "ui/style/TextRole.h"

#include <QHBoxLayout>
#include <QLabel>

namespace ui
{

StatusLine::StatusLine(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_details(new QLabel(this)),
      m_facts(new QLabel(this))
{
    setObjectName(QStringLiteral("statusLine"));
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(28);
    setTextRole(m_title, TextRole::Title);
    m_title->setObjectName(QStringLiteral("statusTitle"));
    m_details->setObjectName(QStringLiteral("statusDetails"));
    m_facts->setObjectName(QStringLiteral("statusFacts"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 0, 16, 0);
    layout->setSpacing(22);
    layout->addWidget(m_title);
    layout->addWidget(m_details);
    layout->addStretch();
    layout->addWidget(m_facts);
}

void StatusLine::setActivity(const QString& title, const QStringList& details)
{
    m_title->setText(title);
    m_details->setText(details.join(QStringLiteral("      ")));
}

void StatusLine::setFacts(const QString& facts)
{
    m_facts->setText(facts);
}

QString StatusLine::activity() const
{
    return (m_title->text() + QLatin1Char(' ') + m_details->text()).trimmed();
}

} // namespace ui
