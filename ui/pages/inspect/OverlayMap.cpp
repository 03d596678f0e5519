#include "ui/pages/inspect/OverlayMap.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace ui
{

OverlayMap::OverlayMap(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void OverlayMap::setMap(const QImage& picture, std::vector<float> values)
{
    m_picture = picture.convertToFormat(QImage::Format_RGB32);
    m_values = std::move(values);
    m_limit = 0;
    for (const float value : m_values) {
        if (std::isfinite(value))
            m_limit = std::max(m_limit, std::abs(value));
    }
    update();
}

QRect OverlayMap::imageRect() const
{
    if (m_picture.isNull())
        return {};
    const int scale = std::min((width() - 2) / m_picture.width(), (height() - 2) / m_picture.height());
    const QSize size =
        scale > 0 ? m_picture.size() * scale : m_picture.size().scaled(this->size(), Qt::KeepAspectRatio);
    return {{(width() - size.width()) / 2, 1}, size};
}

void OverlayMap::paintEvent(QPaintEvent*)
{
    if (m_picture.isNull())
        return;
    const Colors colors = currentColors();
    QImage image = m_picture;
    if (m_values.size() == static_cast<std::size_t>(image.width() * image.height()) && m_limit > 0) {
        // The digit shines through, dark enough for the colors on its white to be seen. Its ground is black
        // in both themes, and so is the scale's zero.
        constexpr double kBrightness = 0.5;
        const DivergingScale scale(m_limit, darkColors());
        for (int y = 0; y < image.height(); ++y) {
            auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
            for (int x = 0; x < image.width(); ++x) {
                const QRgb hue = scale.colorOf(m_values[static_cast<std::size_t>(y * image.width() + x)]);
                const double gray = kBrightness * qGray(line[x]);
                const auto screened = [&](int channel) {
                    return static_cast<int>(std::lround(channel + gray * (255 - channel) / 255));
                };
                line[x] = qRgb(screened(qRed(hue)), screened(qGreen(hue)), screened(qBlue(hue)));
            }
        }
    }
    QPainter painter(this);
    painter.drawImage(imageRect(), image); // never smooth
    painter.setPen(colors.fieldBorder);
    painter.drawRect(imageRect().adjusted(-1, -1, 0, 0));
}

bool OverlayMap::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || m_values.empty())
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QRect image = imageRect();
    if (!image.contains(help->pos())) {
        QToolTip::hideText();
        return true;
    }
    const int x = (help->pos().x() - image.left()) * m_picture.width() / image.width();
    const int y = (help->pos().y() - image.top()) * m_picture.height() / image.height();
    QToolTip::showText(
        help->globalPos(),
        tr("row %1, column %2: %3")
            .arg(y)
            .arg(x)
            .arg(smallValueText(m_values[static_cast<std::size_t>(y * m_picture.width() + x)])),
        this);
    return true;
}

} // namespace ui
