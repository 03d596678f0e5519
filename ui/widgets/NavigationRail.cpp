#include "ui/widgets/NavigationRail.h"

#include "ui/render/Colors.h"
#include "ui/style/Icons.h"

#include <QAbstractButton>
#include <QPainter>

namespace ui
{
namespace
{

class RailButton : public QAbstractButton
{
public:
    RailButton(QString iconName, const QString& name) : m_iconName(std::move(iconName))
    {
        setText(name);
        setAccessibleName(name);
        setObjectName(QStringLiteral("rail_") + m_iconName);
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setFixedSize(64, 56);
        setAttribute(Qt::WA_Hover);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Colors colors = currentColors();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (isChecked() || underMouse()) {
            QColor fill = colors.railActive;
            if (!isChecked())
                fill.setAlphaF(0.45f);
            painter.setBrush(fill);
            painter.setPen(Qt::NoPen);
            painter.drawRoundedRect(rect(), 8, 8);
        }
        if (hasFocus()) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(colors.accent, 1.5));
            painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);
        }
        const QColor ink = isChecked() ? QColor(Qt::white) : colors.railText;
        painter.drawPixmap(QPoint((width() - 20) / 2, 9),
                           iconPixmap(m_iconName, ink, 20, devicePixelRatioF()));
        QFont font = this->font();
        font.setPixelSize(11);
        painter.setFont(font);
        painter.setPen(ink);
        painter.drawText(QRect(0, 32, width(), 18), Qt::AlignCenter, text());
    }

private:
    QString m_iconName;
};

} // namespace

NavigationRail::NavigationRail(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("rail"));
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Pages"));
    setFixedWidth(76);
    m_layout->setContentsMargins(6, 10, 6, 10);
    m_layout->setSpacing(4);
    m_layout->addStretch();
    connect(&m_buttons, &QButtonGroup::idClicked, this, &NavigationRail::pageChosen);
}

void NavigationRail::addPage(const QString& iconName, const QString& name, const QString& shortcut,
                             bool atFoot)
{
    auto* button = new RailButton(iconName, name);
    button->setToolTip(tr("%1 (%2)").arg(name, shortcut));
    const int page = static_cast<int>(m_buttons.buttons().size());
    m_buttons.addButton(button, page);
    if (atFoot) {
        m_layout->addWidget(button);
        ++m_footCount;
    } else {
        m_layout->insertWidget(m_layout->count() - 1 - m_footCount, button);
    }
}

void NavigationRail::setCurrentPage(int page)
{
    if (auto* button = m_buttons.button(page))
        button->setChecked(true);
}

} // namespace ui
