#include "ui/pages/draw/InkPicture.h"

#include <QLineF>
#include <QPainter>
#include <QPainterPath>
#include <cmath>

namespace ui
{
namespace
{

/// Smaller pictures are scaled without smoothing, to keep their pixels visible.
constexpr int kSmallestSmoothSide = 64;

InkPoint middle(const InkPoint& a, const InkPoint& b)
{
    return {(a.position + b.position) / 2, (a.width + b.width) / 2};
}

/// Start of the piece that the point at `index` adds.
InkPoint beginAt(const InkStroke& stroke, qsizetype index)
{
    return index < 2 ? stroke.points.first() : middle(stroke.points[index - 2], stroke.points[index - 1]);
}

} // namespace

InkPicture::InkPicture(int side) : m_image(side, side, QImage::Format_RGB32)
{
    m_image.fill(Qt::black);
}

void InkPicture::render(const Drawing& drawing)
{
    m_image.fill(Qt::black);
    if (!drawing.picture.isNull())
        renderPicture(drawing.picture);
    for (const InkStroke& stroke : drawing.strokes) {
        InkStroke drawn = {{}, stroke.isErasing};
        for (const InkPoint& point : stroke.points) {
            drawn.points.append(point);
            extend(drawn);
        }
        finish(drawn);
    }
}

void InkPicture::renderPicture(const QImage& picture)
{
    const bool isSmooth = picture.width() >= kSmallestSmoothSide;
    QPainter painter(&m_image);
    painter.drawImage(0, 0,
                      picture.scaled(m_image.size(), Qt::IgnoreAspectRatio,
                                     isSmooth ? Qt::SmoothTransformation : Qt::FastTransformation));
}

QRect InkPicture::extend(const InkStroke& stroke)
{
    const qsizetype newest = stroke.points.size() - 1;
    const Piece piece = {beginAt(stroke, newest), stroke.points[std::max<qsizetype>(0, newest - 1)],
                         beginAt(stroke, newest + 1)};
    paint(piece, stroke.isErasing);
    return pixelsOf(piece);
}

void InkPicture::finish(const InkStroke& stroke)
{
    paint(lastPieceOf(stroke), stroke.isErasing);
}

QRect InkPicture::endOf(const InkStroke& stroke) const
{
    return pixelsOf(lastPieceOf(stroke));
}

InkPicture::Piece InkPicture::lastPieceOf(const InkStroke& stroke)
{
    const InkPoint from = beginAt(stroke, stroke.points.size());
    const InkPoint& to = stroke.points.last();
    return {from, middle(from, to), to};
}

QRect InkPicture::pixelsOf(const Piece& piece) const
{
    const qreal margin = side() * std::max(piece.from.width, piece.to.width) / 2 + 1;
    return QPolygonF({piece.from.position * side(), piece.bend.position * side(), piece.to.position * side()})
        .boundingRect()
        .adjusted(-margin, -margin, margin, margin)
        .toAlignedRect();
}

void InkPicture::paint(const Piece& piece, bool isErasing)
{
    const auto& [from, bend, to] = piece;
    const qreal scale = side();
    const QPointF begin = from.position * scale;
    const QPointF control = bend.position * scale;
    const QPointF end = to.position * scale;
    QPen pen(isErasing ? Qt::black : Qt::white, scale * from.width, Qt::SolidLine, Qt::RoundCap,
             Qt::RoundJoin);
    QPainter painter(&m_image);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal length = QLineF(begin, control).length() + QLineF(control, end).length();
    if (length < 0.01) {
        painter.setPen(pen);
        painter.drawPoint(begin);
    } else if (std::abs(from.width - to.width) * scale < 0.1) {
        QPainterPath path(begin);
        path.quadTo(control, end);
        painter.strokePath(path, pen);
    } else { // variable width: short lines, each slightly wider or narrower than the previous
        const int count = std::max(2, static_cast<int>(std::ceil(length / 2)));
        QPointF last = begin;
        for (int i = 1; i <= count; ++i) {
            const qreal t = static_cast<qreal>(i) / count;
            const QPointF next = (1 - t) * (1 - t) * begin + 2 * t * (1 - t) * control + t * t * end;
            pen.setWidthF(scale * (from.width + t * (to.width - from.width)));
            painter.setPen(pen);
            painter.drawLine(last, next);
            last = next;
        }
    }
}

} // namespace ui
