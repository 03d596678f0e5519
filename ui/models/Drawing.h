// The drawing on the canvas as data. It can be rendered at any size, and its history supports undo and redo.
#pragma once

#include <QImage>
#include <QList>
#include <QPointF>

namespace ui
{

struct InkPoint {
    QPointF position; ///< from the upper left corner, as a fraction of the canvas side
    qreal width = 0;  ///< of the ink at this point, as a fraction of the canvas side
};

struct InkStroke {
    QList<InkPoint> points;
    bool isErasing = false;
};

/// Strokes on top of a picture.
struct Drawing {
    QImage picture; ///< square, Grayscale8, 0 background … 255 ink; null for none
    QList<InkStroke> strokes;

    bool isEmpty() const { return picture.isNull() && strokes.isEmpty(); }
};

/// Undo history of a drawing.
class DrawingHistory
{
public:
    const Drawing& current() const { return m_states[m_current]; }
    /// Appends a state and discards the undone ones. Keeps at most kMostStates; the oldest are dropped.
    void push(Drawing drawing);
    bool canUndo() const { return m_current > 0; }
    bool canRedo() const { return m_current + 1 < m_states.size(); }
    /// No effect when there is nothing to undo or redo.
    void undo();
    void redo();

    static constexpr qsizetype kMostStates = 200;

private:
    QList<Drawing> m_states = {Drawing()};
    qsizetype m_current = 0;
};

} // namespace ui
