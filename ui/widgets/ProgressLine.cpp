#include "ui/widgets/ProgressLine.h"

#include "ui/render/Colors.h"

#include <QPainter>
#include <QTimerEvent>
#include <algorithm>
#include <cmath>

namespace ui
{

ProgressLine::ProgressLine(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(4);
    setObjectName(QStringLiteral("progressLine"));
    setAccessibleName(tr("Progress"));
}

void ProgressLine::setProgress(double progress)
{
    m_progress = std::clamp(progress, 0.0, 1.0);
    setAccessibleDescription(tr("%1 percent").arg(std::lround(m_progress * 100)));
    update();
}

void ProgressLine::setBusy(bool busy)
{
    m_isBusy = busy;
    if (busy)
        m_timer.start(40, this);
    else
        m_timer.stop();
    update();
}

void ProgressLine::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_timer.timerId())
        return QWidget::timerEvent(event);
    m_phase = std::fmod(m_phase + .02, 1.0);
    update();
}

void ProgressLine::paintEvent(QPaintEvent*)
{
    const Colors colors = currentColors();
    QPainter painter(this);
    painter.fillRect(rect(), colors.border);
    if (m_isBusy) {
        const double piece = width() * .2;
        painter.fillRect(QRectF(m_phase * (width() + piece) - piece, 0, piece, height()), colors.accent);
    } else {
        painter.fillRect(QRectF(0, 0, width() * m_progress, height()), colors.accent);
    }
}

} // namespace ui
