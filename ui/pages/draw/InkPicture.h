// A drawing rasterized to a square: white ink on black. Extending it point by point gives exactly the same
// pixels as render() for the whole drawing.
//
// The ink follows quadratic Bézier curves: from the midpoint of one pair of points to the midpoint of the
// next, with the point between them as control point.
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
    /// Draws what the newest point of `stroke` adds, up to the midpoint between it and the previous point.
    /// Returns the region that may have changed.
    QRect extend(const InkStroke& stroke);
    /// Draws from there to the newest point: the end of the stroke, for now or for good.
    void finish(const InkStroke& stroke);
    /// The region that finish() may change.
    QRect endOf(const InkStroke& stroke) const;

private:
    struct Piece {
        InkPoint from;
        InkPoint bend; ///< control point
        InkPoint to;
    };

    static Piece lastPieceOf(const InkStroke& stroke);
    void renderPicture(const QImage& picture);
    void paint(const Piece& piece, bool isErasing);
    QRect pixelsOf(const Piece& piece) const;

    QImage m_image;
};

} // namespace ui
