#include "ui/widgets/MessageBar.h"

#include "ui/style/Colors.h"
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
    m_action->setAccessibleName(tr("What to do about the message"));
    m_close->setObjectName(QStringLiteral("messageClose"));
    m_close->setAccessibleName(tr("Close the message"));
    m_close->setToolTip(tr("Close"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->setSpacing(10);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    layout->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_action, &QPushButton::clicked, this, [this] {
        hide();
        const auto run = m_run; // running it may show the next message, and replace m_run
        if (run)
            run();
    });
    hide();
}

void MessageBar::showMessage(Kind kind, const QString& text, const QString& actionText,
                             std::function<void()> action)
{
    m_kind = kind;
    const char* name = kind == Kind::Info ? "info" : kind == Kind::Success ? "success" : "error";
    setProperty("message", QLatin1String(name));
    style()->unpolish(this);
    style()->polish(this);
    updateIcons();
    m_text->setText(text);
    m_action->setText(actionText);
    m_action->setAccessibleName(actionText);
    m_action->setVisible(!actionText.isEmpty());
    m_run = std::move(action);
    setAccessibleName(text);
    show();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::updateIcons()
{
    const Colors colors = currentColors();
    const char* name = m_kind == Kind::Info ? "info" : m_kind == Kind::Success ? "check" : "warning";
    const QColor color = m_kind == Kind::Info      ? colors.accent
                         : m_kind == Kind::Success ? colors.right
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
