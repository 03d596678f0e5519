// Paints an image with its caption, the same way in the grid, the strip and the gallery.
#pragma once

#include <QColor>
#include <QImage>
#include <QPainter>
#include <QString>

namespace ui
{

struct Tile {
    QImage image;
    QString caption;
    QString captionDetail; ///< in secondary color, after the caption
    QColor frame;
    QColor captionColor;
    QColor detailColor;
    QColor background;
    qreal frameWidth = 1.5;
};

inline constexpr int kTileCaptionHeight = 18;

/// The image fills `bounds` minus frame and caption, without smoothing.
void paintTile(QPainter& painter, const QRect& bounds, const Tile& tile);

} // namespace ui
