// How an image with its caption looks wherever one is shown: in the grid, in the strip, in a gallery.
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
    QString captionDetail; ///< quieter, behind the caption
    QColor frame;
    QColor captionColor;
    QColor detailColor;
    QColor background;
    qreal frameWidth = 1.5;
};

inline constexpr int kTileCaptionHeight = 18;

/// The image takes `bounds` less the frame and the caption, square pixels kept sharp.
void paintTile(QPainter& painter, const QRect& bounds, const Tile& tile);

} // namespace ui
