#include "ui/widgets/Card.h"

#include "ui/style/TextRole.h"
#include "ui/widgets/ElidedLabel.h"

#include <QVBoxLayout>

namespace ui
{

Card::Card(const QString& title, QWidget* parent)
    : QFrame(parent),
      m_title(new ElidedLabel(this)),
      m_subtitle(new ElidedLabel(this)),
      m_header(new QHBoxLayout),
      m_body(new QVBoxLayout(this))
{
    setProperty("card", true);
    setTextRole(m_title, TextRole::Title);
    setTextRole(m_subtitle, TextRole::Secondary);
    m_header->setSpacing(8);
    m_header->addWidget(m_title);
    m_header->addWidget(m_subtitle);
    m_header->addStretch();
    m_body->setContentsMargins(14, 12, 14, 12);
    m_body->setSpacing(8);
    m_body->addLayout(m_header);
    setTitle(title);
    setSubtitle({});
}

void Card::setTitle(const QString& title)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
}

void Card::letHeadingShrink()
{
    constexpr int kLeastWidth = 60;
    m_title->setLeastWidth(kLeastWidth);
    m_subtitle->setLeastWidth(kLeastWidth);
}

QString Card::heading() const
{
    return QStringLiteral("%1 %2").arg(m_title->text(), m_subtitle->text()).trimmed();
}

void Card::setSubtitle(const QString& subtitle)
{
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
}

} // namespace ui
