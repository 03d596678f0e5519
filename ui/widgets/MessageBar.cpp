#include "ui/widgets/MessageBar.h"

#include "ui/render/Colors.h"
#include "ui/style/Icons.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace ui
{

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent),
      m_icon(new QLabel(this)),
      m_text(new QLabel(this)),
      m_action(new QPushButton(this)),
      m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("messageBar"));
    m_text->setObjectName(QStringLiteral("messageText"));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_action->setObjectName(QStringLiteral("messageAction"));
    m_action->setAccessibleName(tr("Suggested action"));
    m_close->setObjectName(QStringLiteral("messageClose"));
    m_close->setAccessibleName(tr("Close the message"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->setSpacing(10);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    layout->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::closeCurrent);
    connect(m_action, &QPushButton::clicked, this, [this] {
        const auto run = m_current.action; // it may show another message
        closeCurrent();
        if (run)
            run();
    });
    hide();
}

void MessageBar::showMessage(Kind kind, const QString& text, const QString& actionText,
                             std::function<void()> action)
{
    const bool isWorthKeeping =
        !isHidden() && m_current.kind != Kind::Error && m_current.action && m_current.text != text;
    if (isWorthKeeping)
        m_waiting.push_back(std::move(m_current));
    present({kind, text, actionText, std::move(action)});
}

void MessageBar::present(Message message)
{
    m_current = std::move(message);
    const Kind kind = m_current.kind;
    const char* name = kind == Kind::Info ? "info" : kind == Kind::Success ? "success" : "error";
    setProperty("message", QLatin1String(name));
    style()->unpolish(this);
    style()->polish(this);
    updateIcons();
    m_text->setText(m_current.text);
    m_action->setText(m_current.actionText);
    m_action->setAccessibleName(m_current.actionText);
    m_action->setVisible(!m_current.actionText.isEmpty());
    m_close->setToolTip(m_waiting.empty() ? tr("Close") : tr("Close and show the previous message"));
    setAccessibleName(m_current.text);
    show();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::closeCurrent()
{
    if (m_waiting.empty())
        return hide();
    Message before = std::move(m_waiting.back());
    m_waiting.pop_back();
    present(std::move(before));
}

void MessageBar::clear()
{
    m_waiting.clear();
    hide();
}

void MessageBar::updateIcons()
{
    const Colors colors = currentColors();
    const char* name = m_current.kind == Kind::Info      ? "info"
                       : m_current.kind == Kind::Success ? "check"
                                                         : "warning";
    const QColor color = m_current.kind == Kind::Info      ? colors.accent
                         : m_current.kind == Kind::Success ? colors.right
                                                           : colors.wrong;
    m_icon->setPixmap(iconPixmap(QLatin1String(name), color, 20, devicePixelRatioF()));
    m_close->setIcon(icon(QStringLiteral("close"), colors.secondary, 16));
}

void MessageBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        updateIcons();
}

QString MessageBar::text() const
{
    return m_text->text();
}

} // namespace ui
