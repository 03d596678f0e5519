#include "ui/pages/data/ClassHistogram.h"

#include "ui/render/Colors.h"

#include <QFontMetrics>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace ui
{
namespace
{
constexpr int kRowHeight = 21;
constexpr int kCountWidth = 48;
} // namespace

ClassHistogram::ClassHistogram(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("classHistogram"));
    setAccessibleName(tr("Images per class"));
    setToolTip(tr("Click a class, or select it with the arrow keys and Space, to show only its images"));
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
}

void ClassHistogram::setCounts(const QStringList& classNames, const std::vector<std::size_t>& counts)
{
    m_classNames = classNames;
    m_counts = counts;
    QStringList spoken;
    for (std::size_t i = 0; i < counts.size(); ++i)
        spoken << QStringLiteral("%1: %2").arg(m_classNames.value(static_cast<int>(i))).arg(counts[i]);
    setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

void ClassHistogram::setChosen(const std::set<int>& classes)
{
    m_chosen = classes;
    update();
}

QSize ClassHistogram::sizeHint() const
{
    return {200, kRowHeight * static_cast<int>(m_counts.size())};
}

void ClassHistogram::paintEvent(QPaintEvent*)
{
    const Colors colors = currentColors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    const QFontMetrics metrics(bold);
    int nameWidth = 0;
    for (const QString& name : m_classNames)
        nameWidth = std::max(nameWidth, metrics.horizontalAdvance(name));
    nameWidth = std::min(nameWidth, width() / 3) + 12;
    const std::size_t most =
        m_counts.empty() ? 1 : std::max<std::size_t>(1, *std::max_element(m_counts.begin(), m_counts.end()));
    const int room = std::max(10, width() - nameWidth - kCountWidth);
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        const int row = static_cast<int>(i);
        const int y = row * kRowHeight;
        const bool isQuiet = !m_chosen.empty() && !m_chosen.contains(row);
        if (hasFocus() && row == m_current) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(colors.accent);
            painter.drawRoundedRect(QRectF(.5, y + 1.5, width() - 1, kRowHeight - 3), 4, 4);
        }
        painter.setFont(bold);
        painter.setPen(isQuiet ? colors.secondary : colors.text);
        painter.drawText(QRect(0, y, nameWidth - 6, kRowHeight), Qt::AlignVCenter,
                         metrics.elidedText(m_classNames.value(row), Qt::ElideRight, nameWidth - 8));
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_chosen.contains(row) ? colors.accent : isQuiet ? colors.border : colors.bar);
        const double length =
            std::max(2.0, room * static_cast<double>(m_counts[i]) / static_cast<double>(most));
        painter.drawRoundedRect(QRectF(nameWidth, y + 4.5, length, kRowHeight - 9), 3, 3);
        painter.setFont(font());
        painter.setPen(colors.secondary);
        painter.drawText(QRect(width() - kCountWidth, y, kCountWidth, kRowHeight),
                         Qt::AlignVCenter | Qt::AlignRight,
                         locale().toString(static_cast<qulonglong>(m_counts[i])));
    }
}

void ClassHistogram::keyPressEvent(QKeyEvent* event)
{
    const int last = static_cast<int>(m_counts.size()) - 1;
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) {
        m_current = std::clamp(m_current + (event->key() == Qt::Key_Up ? -1 : 1), 0, std::max(0, last));
        update();
    } else if (event->key() == Qt::Key_Space && m_current <= last) {
        Q_EMIT classClicked(m_current);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void ClassHistogram::mousePressEvent(QMouseEvent* event)
{
    const int row = event->position().toPoint().y() / kRowHeight;
    if (event->button() == Qt::LeftButton && row >= 0 && row < static_cast<int>(m_counts.size()))
        Q_EMIT classClicked(row);
}

} // namespace ui
