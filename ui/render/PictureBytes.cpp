#include "ui/render/PictureBytes.h"

#include <QBuffer>
#include <QSvgGenerator>

namespace ui
{

QByteArray pngBytes(const QImage& image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "PNG");
    return bytes;
}

QByteArray svgBytes(const QSize& size, const QString& title, const std::function<void(QPainter&)>& paint)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    constexpr int kDotsPerInch = 96; // as in browsers, so that one point is one pixel there
    QSvgGenerator generator;
    generator.setResolution(kDotsPerInch);
    generator.setOutputDevice(&buffer);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(0, 0), size));
    generator.setTitle(title);
    QPainter painter(&generator);
    paint(painter);
    painter.end();
    return bytes;
}

} // namespace ui
