#include "ui/widgets/Chip.h"

#include "ui/render/Colors.h"
#include "ui/style/Icons.h"

#include <QCursor>
#include <QFontMetrics>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace ui
{
namespace
{
constexpr int kPadding = 8;
constexpr int kGap = 6;
constexpr int kArrow = 14;
constexpr int kLeastText = 56; // of the value in a narrow window
} // namespace

Chip::Chip(const QString& caption, QWidget* parent) : QToolButton(parent), m_caption(caption)
{
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

QFont Chip::captionFont() const
{
    QFont font = this->font();
    font.setPixelSize(11);
    return font;
}

QFont Chip::valueFont() const
{
    QFont font = this->font();
    font.setWeight(QFont::DemiBold);
    return font;
}

void Chip::setValue(const QString& value, const QString& detail)
{
    m_value = value;
    m_detail = detail;
    setAccessibleName(QStringLiteral("%1: %2 %3").arg(m_caption, m_value, m_detail).trimmed());
    updateGeometry();
    update();
}

/// Including padding, caption and arrow.
int Chip::widthWith(int textWidth) const
{
    return 2 * kPadding + QFontMetrics(captionFont()).horizontalAdvance(m_caption) + kGap + textWidth +
           (menu() != nullptr ? kGap + kArrow : 0);
}

QSize Chip::sizeHint() const
{
    int width = QFontMetrics(valueFont()).horizontalAdvance(m_value);
    if (!m_detail.isEmpty())
        width += kGap + QFontMetrics(font()).horizontalAdvance(m_detail);
    return {widthWith(width), 30};
}

QSize Chip::minimumSizeHint() const
{
    return {widthWith(std::min(kLeastText, QFontMetrics(valueFont()).horizontalAdvance(m_value))), 30};
}

bool Chip::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || width() >= sizeHint().width())
        return QToolButton::event(event);
    const QString text = QStringLiteral("%1 %2").arg(m_value, m_detail).trimmed();
    QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(),
                       toolTip().isEmpty() ? text : text + QLatin1Char('\n') + toolTip(), this);
    return true;
}

void Chip::paintEvent(QPaintEvent*)
{
    const Colors colors = currentColors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isLive = menu() != nullptr && isEnabled();
    // Not underMouse() alone: it stays true after a menu that grabbed the pointer has closed.
    const bool isHovered = underMouse() && rect().contains(mapFromGlobal(QCursor::pos()));
    painter.setBrush(isLive && (isHovered || isDown()) ? colors.accentSoft : colors.card);
    painter.setPen(hasFocus() ? colors.accent : colors.fieldBorder);
    painter.drawRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), 6, 6);

    int x = kPadding;
    const int detailWidth = m_detail.isEmpty() ? 0 : kGap + QFontMetrics(font()).horizontalAdvance(m_detail);
    const auto draw = [&](const QString& text, const QFont& textFont, const QColor& color, int reserved) {
        painter.setFont(textFont);
        painter.setPen(color);
        const QFontMetrics metrics(textFont);
        const int room = width() - x - kPadding - (menu() != nullptr ? kGap + kArrow : 0);
        // In a narrow window a long name is elided before the numbers behind it.
        const int ownRoom = std::max(room - reserved, std::min(room, kLeastText));
        const QString shown = metrics.elidedText(text, Qt::ElideRight, ownRoom + 1);
        const int advance = metrics.horizontalAdvance(shown);
        painter.drawText(QRect(x, 0, advance + 2, height()), Qt::AlignVCenter, shown);
        x += advance + kGap;
    };
    draw(m_caption, captionFont(), colors.secondary, 0);
    draw(m_value, valueFont(), colors.text, detailWidth);
    if (!m_detail.isEmpty())
        draw(m_detail, font(), colors.text, 0);
    if (menu() != nullptr) {
        painter.setOpacity(isLive ? 1 : .4);
        painter.drawPixmap(
            QPoint(x, (height() - kArrow) / 2),
            iconPixmap(QStringLiteral("chevron"), colors.secondary, kArrow, devicePixelRatioF()));
    }
}

} // namespace ui
