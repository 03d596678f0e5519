#include "ui/pages/evaluate/ConfusedPairs.h"

#include "engine/evaluation/ErrorRanking.h"
#include "ui/render/Colors.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace ui
{

ConfusedPairs::ConfusedPairs(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Most confused pairs of classes"));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setToolTip(tr("Click to show the images"));
}

void ConfusedPairs::setMatrix(const engine::ConfusionMatrix& matrix, const QStringList& classNames)
{
    m_rows.clear();
    m_classNames = classNames;
    for (const engine::ConfusedPair& pair : engine::mostConfusedPairs(matrix)) {
        const Direction there{pair.first, pair.second, pair.firstAsSecond};
        const Direction back{pair.second, pair.first, pair.secondAsFirst};
        const bool isThereLarger = there.count >= back.count;
        for (const Direction& direction : {isThereLarger ? there : back, isThereLarger ? back : there}) {
            if (direction.count > 0)
                m_rows.push_back(direction);
        }
    }
    m_current = 0;
    QString description;
    for (const Direction& row : m_rows) {
        description += tr("%1 → %2: %3; ")
                           .arg(classNames.value(row.trueClass), classNames.value(row.predictedClass))
                           .arg(row.count);
    }
    setAccessibleDescription(description);
    updateGeometry();
    update();
}

QSize ConfusedPairs::sizeHint() const
{
    return {260, kRowHeight * std::clamp(static_cast<int>(m_rows.size()), 3, 6)};
}

void ConfusedPairs::paintEvent(QPaintEvent*)
{
    const Colors colors = currentColors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_rows.empty()) {
        painter.setPen(colors.secondary);
        painter.drawText(rect(), Qt::AlignCenter, tr("No classes are confused."));
        return;
    }
    constexpr int kNameWidth = 150;
    constexpr int kCountWidth = 44;
    std::size_t largest = 1;
    for (const Direction& row : m_rows)
        largest = std::max(largest, row.count);
    for (int i = 0; i < shownRows(); ++i) {
        const Direction& row = m_rows[static_cast<std::size_t>(i)];
        const QRect line(0, i * kRowHeight, width(), kRowHeight);
        if (hasFocus() && i == m_current)
            painter.fillRect(line, colors.accentSoft);
        painter.setPen(colors.text);
        const QString name =
            tr("true %1 → %2").arg(m_classNames.value(row.trueClass), m_classNames.value(row.predictedClass));
        painter.drawText(line.adjusted(6, 0, 0, 0), Qt::AlignVCenter,
                         fontMetrics().elidedText(name, Qt::ElideRight, kNameWidth - 12));
        painter.drawText(line.adjusted(0, 0, -8, 0), Qt::AlignVCenter | Qt::AlignRight,
                         QString::number(row.count));
        const int room = width() - kNameWidth - kCountWidth;
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.wrong);
        painter.drawRoundedRect(QRectF(kNameWidth, line.top() + 8,
                                       room * static_cast<double>(row.count) / static_cast<double>(largest),
                                       8),
                                3, 3);
    }
}

int ConfusedPairs::shownRows() const
{
    return std::min(static_cast<int>(m_rows.size()), height() / kRowHeight);
}

void ConfusedPairs::choose(int row)
{
    if (row < 0 || row >= shownRows()) // not the row below, of which nothing is visible
        return;
    m_current = row;
    update();
    const Direction& direction = m_rows[static_cast<std::size_t>(row)];
    Q_EMIT chosen(direction.trueClass, direction.predictedClass);
}

void ConfusedPairs::mousePressEvent(QMouseEvent* event)
{
    choose(event->pos().y() / kRowHeight);
}

void ConfusedPairs::keyPressEvent(QKeyEvent* event)
{
    const int last = shownRows() - 1;
    if (event->key() == Qt::Key_Down)
        m_current = std::min(m_current + 1, last);
    else if (event->key() == Qt::Key_Up)
        m_current = std::max(m_current - 1, 0);
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        return choose(m_current);
    else
        return QWidget::keyPressEvent(event);
    update();
}

} // namespace ui
