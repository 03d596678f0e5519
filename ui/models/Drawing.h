// What is on the canvas, as data: it can be drawn at any size, taken back and drawn again.
#pragma once

#include <QImage>
#include <QList>
#include <QPointF>

namespace ui
{

struct InkPoint {
    QPointF position; ///< from the upper left corner, as shares of the canvas' side
    qreal width = 0;  ///< of the ink here, as a share of the canvas' side
};

struct InkStroke {
    QList<InkPoint> points;
    bool isErasing = false;
};

/// Strokes on a picture.
struct Drawing {
    QImage picture; ///< as wide as high, Grayscale8, 0 background … 255 ink; null for none
    QList<InkStroke> strokes;

    bool isEmpty() const { return picture.isNull() && strokes.isEmpty(); }
};

/// Every state of a drawing since it was begun, and which of them is shown.
class DrawingHistory
{
public:
    const Drawing& current() const { return m_states[m_current]; }
    /// Behind the current one; what had been undone is gone. The oldest is forgotten where there are more
    /// than kMostStates.
    void push(Drawing drawing);
    bool canUndo() const { return m_current > 0; }
    bool canRedo() const { return m_current + 1 < m_states.size(); }
    /// Nothing where there is nothing to undo or redo.
    void undo();
    void redo();

    static constexpr qsizetype kMostStates = 200;

private:
    QList<Drawing> m_states = {Drawing()};
    qsizetype m_current = 0;
};

} // namespace ui
