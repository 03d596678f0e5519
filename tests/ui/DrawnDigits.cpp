#include "DrawnDigits.h"

#include <QApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMouseEvent>
#include <gtest/gtest.h>

namespace test
{

QList<DrawnStroke> drawnDigit(int digit)
{
    QFile file(QStringLiteral(FIXTURES_FOLDER "/drawing/digits.jsonl"));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    QList<DrawnStroke> strokes;
    while (!file.atEnd()) {
        const QJsonObject line = QJsonDocument::fromJson(file.readLine()).object();
        if (line[QStringLiteral("label")].toInt() != digit)
            continue;
        for (const QJsonValue& stroke : line[QStringLiteral("strokes")].toArray()) {
            DrawnStroke points;
            for (const QJsonValue& point : stroke.toArray())
                points << QPointF(point.toArray()[0].toDouble(), point.toArray()[1].toDouble());
            strokes << points;
        }
    }
    EXPECT_FALSE(strokes.isEmpty()) << digit;
    return strokes;
}

void sendMouse(ui::InkCanvas& canvas, QEvent::Type type, const QPointF& position, Qt::MouseButton button)
{
    const QRect square = canvas.square();
    const QPointF local = QPointF(square.topLeft()) + position * square.width();
    const bool isMove = type == QEvent::MouseMove;
    QMouseEvent event(type, local, canvas.mapToGlobal(local), isMove ? Qt::NoButton : button,
                      type == QEvent::MouseButtonRelease ? Qt::NoButton : button, Qt::NoModifier);
    QApplication::sendEvent(&canvas, &event);
}

void drawStroke(ui::InkCanvas& canvas, const DrawnStroke& stroke, Qt::MouseButton button)
{
    sendMouse(canvas, QEvent::MouseButtonPress, stroke.first(), button);
    for (const QPointF& point : stroke.mid(1))
        sendMouse(canvas, QEvent::MouseMove, point, button);
    sendMouse(canvas, QEvent::MouseButtonRelease, stroke.last(), button);
}

void drawDigit(ui::InkCanvas& canvas, int digit)
{
    for (const DrawnStroke& stroke : drawnDigit(digit))
        drawStroke(canvas, stroke);
}

} // namespace test
