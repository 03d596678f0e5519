#include "ui/render/TilePainter.h"

#include <QFontMetrics>
#include <QPainterPath>

namespace ui
{

void paintTile(QPainter& painter, const QRect& bounds, const Tile& tile)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(bounds).adjusted(1, 1, -1, -1);
    QPainterPath outline;
    outline.addRoundedRect(frame, 5, 5);
    painter.fillPath(outline, tile.background);

    const QRect inside = frame.toRect().adjusted(1, 1, -1, -1);
    const QRect imageArea = inside.adjusted(0, 0, 0, -kTileCaptionHeight);
    painter.save();
    painter.setClipPath(outline);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.fillRect(imageArea, Qt::black);
    const QSize size = tile.image.size().scaled(imageArea.size(), Qt::KeepAspectRatio);
    painter.drawImage(
        QRect(imageArea.center() - QPoint((size.width() - 1) / 2, (size.height() - 1) / 2), size),
        tile.image);
    painter.restore();

    QFont font = painter.font();
    font.setPixelSize(11);
    painter.setFont(font);
    const QFontMetrics metrics(font);
    const QRect captionArea(inside.left() + 2, imageArea.bottom() + 1, inside.width() - 4,
                            kTileCaptionHeight);
    const QString detail = tile.captionDetail.isEmpty() ? QString() : QLatin1Char(' ') + tile.captionDetail;
    const int detailWidth = metrics.horizontalAdvance(detail);
    const QString caption =
        metrics.elidedText(tile.caption, Qt::ElideRight, std::max(10, captionArea.width() - detailWidth));
    const int captionWidth = metrics.horizontalAdvance(caption);
    int x = captionArea.left() + std::max(0, (captionArea.width() - captionWidth - detailWidth) / 2);
    painter.setPen(tile.captionColor);
    painter.drawText(QRect(x, captionArea.top(), captionWidth + 1, captionArea.height()), Qt::AlignVCenter,
                     caption);
    x += captionWidth;
    painter.setPen(tile.detailColor);
    painter.drawText(QRect(x, captionArea.top(), captionArea.right() - x + 2, captionArea.height()),
                     Qt::AlignVCenter, detail);

    painter.setPen(QPen(tile.frame, tile.frameWidth));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(outline);
    painter.restore();
}

} // namespace ui
