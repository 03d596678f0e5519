#include "ui/charts/ReliabilityDiagram.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <algorithm>

namespace ui
{

ReliabilityDiagram::ReliabilityDiagram(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Reliability diagram: accuracy by confidence"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    m_picture.area = rect();
}

void ReliabilityDiagram::setBins(std::vector<engine::ReliabilityBin> bins)
{
    m_picture.bins = std::move(bins);
    m_picture.emphasized = -1;
    QStringList spoken;
    for (const engine::ReliabilityBin& bin : m_picture.bins) {
        if (bin.count > 0)
            spoken << binText(bin);
    }
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    update();
}

QString ReliabilityDiagram::describe(int bin) const
{
    return binText(m_picture.bins[static_cast<std::size_t>(bin)]);
}

void ReliabilityDiagram::paintEvent(QPaintEvent*)
{
    const Colors colors = currentColors();
    QPainter painter(this);
    m_picture.paint(painter, font(), colors);
    if (hasFocus()) {
        painter.setPen(colors.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), 5, 5);
    }
}

void ReliabilityDiagram::resizeEvent(QResizeEvent* event)
{
    m_picture.area = rect();
    QWidget::resizeEvent(event);
}

void ReliabilityDiagram::choose(int bin)
{
    if (bin == m_picture.emphasized)
        return;
    m_picture.emphasized = bin;
    update();
    Q_EMIT binChosen(bin);
}

void ReliabilityDiagram::mouseMoveEvent(QMouseEvent* event)
{
    choose(m_picture.binAt(event->pos().x()));
}

void ReliabilityDiagram::keyPressEvent(QKeyEvent* event)
{
    if (m_picture.bins.empty() || (event->key() != Qt::Key_Left && event->key() != Qt::Key_Right))
        return QWidget::keyPressEvent(event);
    const bool isLeft = event->key() == Qt::Key_Left;
    const int start = currentBin() < 0 && isLeft ? binCount() : currentBin();
    choose(std::clamp(start + (isLeft ? -1 : 1), 0, binCount() - 1));
}

bool ReliabilityDiagram::event(QEvent* event)
{
    if (event->type() == QEvent::Leave)
        choose(-1);
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int bin = m_picture.binAt(help->pos().x());
    if (bin >= 0)
        QToolTip::showText(help->globalPos(), describe(bin), this);
    else
        QToolTip::hideText();
    return true;
}

} // namespace ui
