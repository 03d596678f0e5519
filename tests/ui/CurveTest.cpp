#include "ui/charts/Curve.h"
#include "PaintedRegion.h"

#include <QGraphicsScene>
#include <QGraphicsView>
#include <QPainter>
#include <cmath>
#include <gtest/gtest.h>

namespace
{

const QRectF kArea(0, 0, 400, 200);

QList<QPointF> wave(int count)
{
    QList<QPointF> points;
    for (int i = 0; i < count; ++i)
        points.append({2.0 * i, 100 + 80 * std::sin(i * .7)});
    return points;
}

class Curve : public testing::Test
{
protected:
    Curve()
    {
        scene.addItem(curve);
        curve->setPen(QPen(Qt::blue, 2));
        view.setFrameShape(QFrame::NoFrame);
        view.resize(kArea.size().toSize());
        view.show();
    }

    /// What is painted again for these points.
    QRect paintedFor(const QList<QPointF>& points, const QRectF& area = kArea)
    {
        (void)painted.take();
        curve->setPoints(points, area);
        return painted.take().boundingRect();
    }
    /// That piece of the picture, the rest of it white.
    QImage picture(const QRectF& piece)
    {
        QImage image(kArea.size().toSize(), QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        scene.render(&painter, piece, piece);
        return image;
    }

    QGraphicsScene scene{kArea};
    QGraphicsView view{&scene};
    test::PaintedRegion painted{*view.viewport()};
    ui::Curve* curve = new ui::Curve(nullptr);
};

} // namespace

TEST_F(Curve, paintsOnlyWhatIsNew)
{
    EXPECT_EQ(paintedFor(wave(100)), kArea.toRect());
    const QRectF piece = paintedFor(wave(103));
    EXPECT_LE(piece.left(), wave(100).last().x()) << "the line begins at the last point there was";
    EXPECT_GE(piece.left(), wave(90).last().x());
    EXPECT_GE(piece.right(), wave(103).last().x());
}

TEST_F(Curve, paintsNothingWhereNothingIsNew)
{
    paintedFor(wave(100));
    EXPECT_TRUE(paintedFor(wave(100)).isEmpty());
}

TEST_F(Curve, paintsWhatIsGone)
{
    paintedFor(wave(100));
    EXPECT_GE(paintedFor({}).width(), wave(100).last().x());
    EXPECT_EQ(curve->count(), 0);
}

TEST_F(Curve, paintsAllWhereItsAreaMoves)
{
    paintedFor(wave(100));
    EXPECT_EQ(paintedFor(wave(100), kArea.adjusted(0, 0, -10, 0)), kArea.toRect());
}

TEST_F(Curve, aPieceLooksAsItDoesInTheWhole)
{
    curve->setPoints(wave(150), kArea);
    const QImage whole = picture(kArea);
    const QRect piece(81, 40, 57, 90);
    EXPECT_EQ(picture(piece).copy(piece), whole.copy(piece));
}

TEST_F(Curve, drawsNothingOutsideItsArea)
{
    curve->setPoints({{-50, 100}, {600, 100}}, QRectF(100, 0, 100, 200));
    const QImage image = picture(kArea);
    EXPECT_EQ(image.pixelColor(50, 100), Qt::white);
    EXPECT_EQ(image.pixelColor(150, 100), Qt::blue);
    EXPECT_EQ(image.pixelColor(300, 100), Qt::white);
}
