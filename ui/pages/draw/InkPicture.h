// A drawing in pixels: white ink on black, in a square. It grows with a stroke, point by point, to the very
// pixels that render() gives for the whole.
//
// Between two points the ink follows a parabola: from the middle of one pair of points to the middle of the
// next, bent towards the point between them.
#pragma once

#include "ui/models/Drawing.h"

namespace ui
{

class InkPicture
{
public:
    explicit InkPicture(int side = 0);

    int side() const { return m_image.width(); }
    /// RGB32, `side` pixels wide and high.
    const QImage& image() const { return m_image; }

    void render(const Drawing& drawing);
    /// Draws what the newest point of `stroke` adds, up to the middle between it and the one before. The
    /// pixels that may have changed.
    QRect extend(const InkStroke& stroke);
    /// Draws from there to the newest point: the end of the stroke, or what it would be now.
    void finish(const InkStroke& stroke);
    /// The pixels that finish() may change.
    QRect endOf(const InkStroke& stroke) const;

private:
    struct Piece {
        InkPoint from;
        InkPoint bend; ///< where the curve would like to pass
        InkPoint to;
    };

    static Piece lastPieceOf(const InkStroke& stroke);
    void renderPicture(const QImage& picture);
    void paint(const Piece& piece, bool isErasing);
    QRect pixelsOf(const Piece& piece) const;

    QImage m_image;
};

} // namespace ui
