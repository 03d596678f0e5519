#include "ui/pages/evaluate/LargeImage.h"

#include "ui/render/Colors.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace ui
{

LargeImage::LargeImage(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void LargeImage::setImage(const QImage& image)
{
    m_image = image.copy();
    update();
}

QRect LargeImage::imageRect() const
{
    if (m_image.isNull())
        return {};
    const int factor = std::max(1, std::min(width() / m_image.width(), height() / m_image.height()));
    QRect area(QPoint(0, 0), m_image.size() * factor);
    area.moveCenter(rect().center());
    return area;
}

void LargeImage::paintEvent(QPaintEvent*)
{
    if (m_image.isNull())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(imageRect(), m_image);
    painter.setPen(currentColors().fieldBorder);
    painter.drawRect(imageRect().adjusted(0, 0, -1, -1));
}

bool LargeImage::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QRect area = imageRect();
    if (!area.contains(help->pos())) {
        QToolTip::hideText();
        return true;
    }
    const int factor = area.width() / m_image.width();
    const int column = (help->pos().x() - area.left()) / factor;
    const int row = (help->pos().y() - area.top()) / factor;
    QToolTip::showText(
        help->globalPos(),
        tr("row %1, column %2: %3 of 255").arg(row).arg(column).arg(qGray(m_image.pixel(column, row))), this,
        QRect(area.left() + column * factor, area.top() + row * factor, factor, factor));
    return true;
}

} // namespace ui
