#include "ui/widgets/MessageBar.h"

#include "ui/style/Colors.h"
#include "ui/style/Icons.h"

#include <QAccessible>
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
      m_action(new QPushButton(this))
{
    setObjectName(QStringLiteral("messageBar"));
    m_text->setObjectName(QStringLiteral("messageText"));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_action->setObjectName(QStringLiteral("messageAction"));
    m_action->setAccessibleName(tr("What to do about the message"));
    auto* close = new QToolButton(this);
    close->setObjectName(QStringLiteral("messageClose"));
    close->setAccessibleName(tr("Close the message"));
    close->setToolTip(tr("Close"));
    close->setIcon(icon(QStringLiteral("close"), currentColors().secondary, 16));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->setSpacing(10);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    layout->addWidget(close);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
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
    const Colors colors = currentColors();
    const char* name = kind == Kind::Info ? "info" : kind == Kind::Success ? "success" : "error";
    const char* iconName = kind == Kind::Info ? "info" : kind == Kind::Success ? "check" : "warning";
    const QColor color = kind == Kind::Info      ? colors.accent
                         : kind == Kind::Success ? colors.right
                                                 : colors.wrong;
    setProperty("message", QLatin1String(name));
    style()->unpolish(this);
    style()->polish(this);
    m_icon->setPixmap(iconPixmap(QLatin1String(iconName), color, 20, devicePixelRatioF()));
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

QString MessageBar::text() const
{
    return m_text->text();
}

} // namespace ui
