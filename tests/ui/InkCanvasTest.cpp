#include "ui/pages/draw/InkCanvas.h"

#include "DrawnDigits.h"
#include "PaintedRegion.h"

#include <QDropEvent>
#include <QMimeData>
#include <QPointingDevice>
#include <QSignalSpy>
#include <QTabletEvent>
#include <QTest>
#include <QUrl>
#include <gtest/gtest.h>
#include <memory>

using test::drawStroke;
using ui::InkCanvas;

namespace
{

constexpr int kSide = InkCanvas::kInkSide;

class InkCanvasTest : public testing::Test
{
protected:
    InkCanvasTest()
    {
        m_canvas.resize(400, 400);
        m_canvas.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&m_canvas));
    }

    int inkAt(qreal x, qreal y) const
    {
        return qGray(m_canvas.ink().pixel(qRound(x * kSide), qRound(y * kSide)));
    }
    qint64 inkSum() const
    {
        const QImage ink = m_canvas.ink();
        qint64 sum = 0;
        for (int y = 0; y < ink.height(); ++y) {
            for (int x = 0; x < ink.width(); ++x)
                sum += qGray(ink.pixel(x, y));
        }
        return sum;
    }
    /// How many pixels of ink there are on a vertical line.
    int widthAt(qreal x) const
    {
        const QImage ink = m_canvas.ink();
        int count = 0;
        for (int y = 0; y < kSide; ++y)
            count += qGray(ink.pixel(qRound(x * kSide), y)) > 127 ? 1 : 0;
        return count;
    }
    void sendTablet(QEvent::Type type, const QPointF& position, qreal pressure,
                    QPointingDevice::PointerType pointer = QPointingDevice::PointerType::Pen)
    {
        const QPointingDevice device(QStringLiteral("pen"), 1, QInputDevice::DeviceType::Stylus, pointer,
                                     QInputDevice::Capability::Pressure, 1, 1);
        const QPointF local = QPointF(m_canvas.square().topLeft()) + position * m_canvas.square().width();
        QTabletEvent event(type, &device, local, m_canvas.mapToGlobal(local), pressure, 0, 0, 0, 0, 0,
                           Qt::NoModifier, Qt::LeftButton, Qt::LeftButton);
        QApplication::sendEvent(&m_canvas, &event);
        EXPECT_TRUE(event.isAccepted()) << "or it comes again as a mouse";
    }

    const test::DrawnStroke m_line = {{0.2, 0.5}, {0.5, 0.5}, {0.8, 0.5}};
    InkCanvas m_canvas;
};

} // namespace

TEST_F(InkCanvasTest, drawsWhereTheMouseGoes)
{
    EXPECT_TRUE(m_canvas.isEmpty());
    EXPECT_EQ(inkSum(), 0);
    drawStroke(m_canvas, m_line);
    EXPECT_FALSE(m_canvas.isEmpty());
    EXPECT_EQ(inkAt(0.35, 0.5), 255);
    EXPECT_EQ(inkAt(0.8, 0.5), 255);
    EXPECT_EQ(inkAt(0.5, 0.3), 0);
    EXPECT_EQ(widthAt(0.5), qRound(m_canvas.penWidth() * kSide));
}

TEST_F(InkCanvasTest, showsTheStrokeWhileItIsDrawn)
{
    QSignalSpy changed(&m_canvas, &InkCanvas::inkChanged);
    test::sendMouse(m_canvas, QEvent::MouseButtonPress, {0.2, 0.5});
    EXPECT_EQ(inkAt(0.2, 0.5), 255) << "a press alone is a dot";
    test::sendMouse(m_canvas, QEvent::MouseMove, {0.8, 0.5});
    EXPECT_EQ(changed.count(), 2);
    EXPECT_EQ(inkAt(0.79, 0.5), 255) << "up to the pointer";
    EXPECT_EQ(m_canvas.grab().toImage().pixelColor(m_canvas.square().center()), QColor(Qt::white));
    test::sendMouse(m_canvas, QEvent::MouseButtonRelease, {0.8, 0.5});
}

TEST_F(InkCanvasTest, growsAStrokeToThePixelsOfTheWhole)
{
    test::drawDigit(m_canvas, 3);
    ui::InkPicture whole(kSide);
    whole.render(m_canvas.drawing());
    EXPECT_EQ(m_canvas.ink(), whole.image().convertToFormat(QImage::Format_Grayscale8));
}

TEST_F(InkCanvasTest, bendsAroundCornersOfThePointer)
{
    drawStroke(m_canvas, {{0.2, 0.8}, {0.5, 0.2}, {0.8, 0.8}});
    EXPECT_EQ(inkAt(0.5, 0.2), 0) << "the corner is cut";
    EXPECT_EQ(inkAt(0.5, 0.35), 255) << "where the parabola passes";
}

TEST_F(InkCanvasTest, undoesAndRedoesStrokeByStroke)
{
    QSignalSpy history(&m_canvas, &InkCanvas::historyChanged);
    EXPECT_FALSE(m_canvas.canUndo());
    drawStroke(m_canvas, m_line);
    const QImage first = m_canvas.ink();
    drawStroke(m_canvas, {{0.5, 0.2}, {0.5, 0.8}});
    const QImage second = m_canvas.ink();
    EXPECT_GT(history.count(), 0);

    m_canvas.undo();
    EXPECT_EQ(m_canvas.ink(), first);
    m_canvas.undo();
    EXPECT_TRUE(m_canvas.isEmpty());
    EXPECT_FALSE(m_canvas.canUndo());
    m_canvas.undo(); // nothing
    m_canvas.redo();
    m_canvas.redo();
    EXPECT_EQ(m_canvas.ink(), second);
    EXPECT_FALSE(m_canvas.canRedo());
    m_canvas.undo();
    drawStroke(m_canvas, {{0.3, 0.3}, {0.4, 0.3}});
    EXPECT_FALSE(m_canvas.canRedo()) << "another future has begun";
}

TEST_F(InkCanvasTest, undoInTheMiddleOfAStrokeTakesIt)
{
    drawStroke(m_canvas, m_line);
    const QImage before = m_canvas.ink();
    test::sendMouse(m_canvas, QEvent::MouseButtonPress, {0.1, 0.1});
    test::sendMouse(m_canvas, QEvent::MouseMove, {0.3, 0.1});
    m_canvas.undo();
    EXPECT_EQ(m_canvas.ink(), before);
    test::sendMouse(m_canvas, QEvent::MouseMove, {0.3, 0.3});
    test::sendMouse(m_canvas, QEvent::MouseButtonRelease, {0.3, 0.3});
    EXPECT_EQ(m_canvas.ink(), before);
}

TEST_F(InkCanvasTest, clearsAndTakesThatBack)
{
    m_canvas.clear();
    EXPECT_FALSE(m_canvas.canUndo()) << "there was nothing to clear";
    drawStroke(m_canvas, m_line);
    const QImage before = m_canvas.ink();
    m_canvas.clear();
    EXPECT_TRUE(m_canvas.isEmpty());
    EXPECT_EQ(inkSum(), 0);
    m_canvas.undo();
    EXPECT_EQ(m_canvas.ink(), before);
}

TEST_F(InkCanvasTest, widensWithThePressureOfAPen)
{
    const auto draw = [&](qreal pressure) {
        m_canvas.clear();
        sendTablet(QEvent::TabletPress, {0.2, 0.5}, pressure);
        sendTablet(QEvent::TabletMove, {0.5, 0.5}, pressure);
        sendTablet(QEvent::TabletMove, {0.8, 0.5}, pressure);
        sendTablet(QEvent::TabletRelease, {0.8, 0.5}, 0);
        return widthAt(0.5);
    };
    const int light = draw(0.1);
    const int normal = draw(0.5);
    const int heavy = draw(1.0);
    EXPECT_LT(light, normal);
    EXPECT_LT(normal, heavy);
    EXPECT_EQ(normal, qRound(m_canvas.penWidth() * kSide)) << "as a mouse";
    EXPECT_EQ(m_canvas.drawing().strokes.size(), 1);
}

TEST_F(InkCanvasTest, changesWidthWithinAStroke)
{
    sendTablet(QEvent::TabletPress, {0.1, 0.5}, 0.1);
    sendTablet(QEvent::TabletMove, {0.5, 0.5}, 0.5);
    sendTablet(QEvent::TabletMove, {0.9, 0.5}, 1.0);
    sendTablet(QEvent::TabletRelease, {0.9, 0.5}, 0);
    EXPECT_LT(widthAt(0.15), widthAt(0.5));
    EXPECT_LT(widthAt(0.5), widthAt(0.88));
}

TEST_F(InkCanvasTest, erasesWithTheRightButtonAndWithThePensOtherEnd)
{
    drawStroke(m_canvas, m_line);
    drawStroke(m_canvas, {{0.5, 0.4}, {0.5, 0.6}}, Qt::RightButton);
    EXPECT_EQ(inkAt(0.5, 0.5), 0);
    EXPECT_EQ(inkAt(0.25, 0.5), 255);
    m_canvas.undo();
    EXPECT_EQ(inkAt(0.5, 0.5), 255);
    sendTablet(QEvent::TabletPress, {0.25, 0.5}, 0.5, QPointingDevice::PointerType::Eraser);
    sendTablet(QEvent::TabletRelease, {0.25, 0.5}, 0, QPointingDevice::PointerType::Eraser);
    EXPECT_EQ(inkAt(0.25, 0.5), 0);
}

TEST_F(InkCanvasTest, drawsWithOneFingerAndNotWithTwo)
{
    const std::unique_ptr<QPointingDevice> screen(QTest::createTouchDevice());
    const auto at = [&](qreal x, qreal y) {
        return m_canvas.square().topLeft() + QPoint(qRound(x * 400), qRound(y * 400));
    };
    QTest::touchEvent(&m_canvas, screen.get()).press(0, at(0.2, 0.5));
    QTest::touchEvent(&m_canvas, screen.get()).move(0, at(0.5, 0.5)).press(1, at(0.5, 0.9));
    QTest::touchEvent(&m_canvas, screen.get()).move(0, at(0.8, 0.5)).move(1, at(0.8, 0.9));
    QTest::touchEvent(&m_canvas, screen.get()).release(1, at(0.8, 0.9)).release(0, at(0.8, 0.5));
    EXPECT_EQ(inkAt(0.5, 0.5), 255);
    EXPECT_EQ(inkAt(0.6, 0.9), 0);
    EXPECT_EQ(m_canvas.drawing().strokes.size(), 1) << "and not again as a mouse";
}

TEST_F(InkCanvasTest, staysSquareAndTheSameInAnySize)
{
    test::drawDigit(m_canvas, 8);
    const QImage before = m_canvas.ink();
    m_canvas.resize(640, 300);
    EXPECT_EQ(m_canvas.square(), QRect(170, 0, 300, 300));
    EXPECT_EQ(m_canvas.ink(), before);
    ui::InkPicture drawn(300);
    drawn.render(m_canvas.drawing());
    const QImage shown = m_canvas.grab(m_canvas.square()).toImage();
    for (const QPoint& pixel : {QPoint(150, 108), QPoint(150, 69), QPoint(20, 20), QPoint(150, 237)})
        EXPECT_EQ(shown.pixelColor(pixel), drawn.image().pixelColor(pixel)) << pixel.x() << ' ' << pixel.y();
}

TEST_F(InkCanvasTest, paintsOnlyWhatAPointHasChanged)
{
    test::sendMouse(m_canvas, QEvent::MouseButtonPress, {0.2, 0.2});
    test::sendMouse(m_canvas, QEvent::MouseMove, {0.25, 0.2});
    QApplication::processEvents();
    test::PaintedRegion painted(m_canvas);
    painted.take();
    test::sendMouse(m_canvas, QEvent::MouseMove, {0.3, 0.2});
    const QRect bounds = painted.take().boundingRect();
    EXPECT_TRUE(bounds.contains(QPoint(110, 80))) << "where the ink came";
    EXPECT_LT(bounds.width() * bounds.height(), 100 * 60);
    test::sendMouse(m_canvas, QEvent::MouseButtonRelease, {0.3, 0.2});
}

TEST_F(InkCanvasTest, invitesToDrawWhileItIsEmpty)
{
    const QImage invitation = m_canvas.grab().toImage();
    drawStroke(m_canvas, {{0.05, 0.05}, {0.06, 0.05}});
    const QImage drawn = m_canvas.grab().toImage();
    const QRect middle(80, 160, 240, 80);
    EXPECT_NE(invitation.copy(middle), drawn.copy(middle)) << "the hint has gone";
    m_canvas.undo();
    EXPECT_EQ(m_canvas.grab().toImage().copy(middle), invitation.copy(middle));
}

TEST_F(InkCanvasTest, takesPicturesAndFilesThatAreDropped)
{
    int dropped = 0;
    QObject::connect(&m_canvas, &InkCanvas::pictureDropped, &m_canvas, [&] { ++dropped; });
    const auto offer = [&](const QMimeData& data) {
        QDragEnterEvent enter({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&m_canvas, &enter);
        if (!enter.isAccepted())
            return false;
        QDropEvent drop({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&m_canvas, &drop);
        return true;
    };
    QMimeData text;
    text.setText(QStringLiteral("seven"));
    EXPECT_FALSE(offer(text));
    QMimeData far;
    far.setUrls({QUrl(QStringLiteral("https://example.org/7.png"))});
    EXPECT_FALSE(offer(far));
    EXPECT_EQ(dropped, 0);
    QMimeData picture;
    picture.setImageData(QImage(10, 10, QImage::Format_RGB32));
    EXPECT_TRUE(offer(picture));
    QMimeData file;
    file.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/7.png"))});
    EXPECT_TRUE(offer(file));
    EXPECT_EQ(dropped, 2);
}

TEST_F(InkCanvasTest, drawsOnAPicture)
{
    QImage picture(28, 28, QImage::Format_Grayscale8);
    picture.fill(0);
    picture.setPixel(14, 14, qRgb(200, 200, 200));
    m_canvas.setDrawing({picture, {}});
    EXPECT_NEAR(inkAt(0.518, 0.518), 200, 2) << "pixels stay pixels";
    EXPECT_EQ(inkAt(0.49, 0.49), 0);
    drawStroke(m_canvas, m_line);
    EXPECT_EQ(inkAt(0.3, 0.5), 255);
    m_canvas.undo();
    m_canvas.undo();
    EXPECT_TRUE(m_canvas.isEmpty());
}
