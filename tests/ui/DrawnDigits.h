// Digits as strokes (tests/fixtures/drawing), and a hand that draws them on the canvas with real events.
#pragma once

#include "ui/pages/draw/InkCanvas.h"

#include <QEvent>
#include <QList>
#include <QPointF>

namespace test
{

using DrawnStroke = QList<QPointF>; ///< in the unit square, y downwards

/// 0 … 9.
QList<DrawnStroke> drawnDigit(int digit);

void sendMouse(ui::InkCanvas& canvas, QEvent::Type type, const QPointF& position,
               Qt::MouseButton button = Qt::LeftButton);
/// Press at the first point, move along, release at the last.
void drawStroke(ui::InkCanvas& canvas, const DrawnStroke& stroke, Qt::MouseButton button = Qt::LeftButton);
void drawDigit(ui::InkCanvas& canvas, int digit);

} // namespace test
