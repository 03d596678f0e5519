#include "ui/charts/ChartExport.h"

#include "ui/charts/MetricChart.h"
#include "ui/style/Colors.h"

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>
#include <algorithm>

namespace ui
{
namespace
{

QSize sizeOf(const std::vector<const MetricChart*>& charts)
{
    QSize size(0, 0);
    for (const MetricChart* chart : charts)
        size = QSize(std::max(size.width(), chart->width()), size.height() + chart->height());
    return size;
}

void paint(QPainter& painter, const std::vector<const MetricChart*>& charts)
{
    painter.fillRect(QRect(QPoint(0, 0), sizeOf(charts)), currentColors().card);
    for (const MetricChart* chart : charts) {
        chart->paintOn(painter);
        painter.translate(0, chart->height());
    }
}

} // namespace

QImage chartsAsImage(const std::vector<const MetricChart*>& charts, qreal scale)
{
    QImage image(sizeOf(charts) * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    paint(painter, charts);
    return image;
}

QByteArray chartsAsSvg(const std::vector<const MetricChart*>& charts)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    constexpr int kDotsPerInch = 96; // as browsers have it: a point of ours is a pixel there
    QSvgGenerator generator;
    generator.setResolution(kDotsPerInch);
    generator.setOutputDevice(&buffer);
    generator.setSize(sizeOf(charts));
    generator.setViewBox(QRect(QPoint(0, 0), sizeOf(charts)));
    generator.setTitle(QStringLiteral("TinyVGG Studio"));
    QPainter painter(&generator);
    paint(painter, charts);
    painter.end();
    return bytes;
}

} // namespace ui
