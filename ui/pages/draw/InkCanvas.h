// A square canvas for mouse, pen or finger. It stores strokes, not pixels, and redraws them when resized.
//
//   1. a press starts a stroke, moves add points, the release ends it and pushes an undo state
//   2. every point is drawn into two pictures: one at screen resolution, one of kInkSide pixels for
//      recognition
//   3. only the pixels that a point may have changed are repainted, then inkChanged() is emitted
#pragma once

#include "ui/models/Drawing.h"
#include "ui/pages/draw/InkPicture.h"

#include <QWidget>
#include <optional>

class QMimeData;
class QTouchEvent;

namespace ui
{

class InkCanvas : public QWidget
{
    Q_OBJECT
public:
    explicit InkCanvas(QWidget* parent = nullptr);

    /// Including the stroke in progress.
    Drawing drawing() const;
    /// Pushes a new undo state.
    void setDrawing(const Drawing& drawing);
    bool isEmpty() const { return !m_stroke && m_history.current().isEmpty(); }
    /// What has been drawn so far: Grayscale8, kInkSide pixels wide and high, 0 background … 255 ink. Does
    /// not depend on the size of the widget.
    QImage ink() const;
    static constexpr int kInkSide = 280;

    /// As a fraction of the canvas side, above 0.
    void setPenWidth(qreal width);
    qreal penWidth() const { return m_penWidth; }
    bool canUndo() const { return m_stroke || m_history.canUndo(); }
    bool canRedo() const { return !m_stroke && m_history.canRedo(); }
    void undo();
    void redo();
    /// Undoable.
    void clear();

    /// The canvas in widget coordinates: the largest centered square.
    QRect square() const;
    /// Pictures or file names.
    static bool hasPicture(const QMimeData& data);

    QSize sizeHint() const override { return {360, 360}; }
    QSize minimumSizeHint() const override { return {180, 180}; }

Q_SIGNALS:
    /// The drawing has changed.
    void inkChanged();
    /// canUndo() or canRedo() may have changed.
    void historyChanged();
    /// Something was dropped on the canvas.
    void pictureDropped(const QMimeData& data);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void tabletEvent(QTabletEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void touchEvent(const QTouchEvent& event);
    void begin(const QPointF& position, qreal pressure, bool isErasing);
    void extend(const QPointF& position, qreal pressure);
    void end();
    InkPoint pointAt(const QPointF& position, qreal pressure) const;
    void showState();
    void render();
    void updatePixels(const QRect& pixels);
    void paintHint(QPainter& painter) const;
    void updateCursor();

    DrawingHistory m_history;
    std::optional<InkStroke> m_stroke; ///< in progress
    std::optional<int> m_finger;       ///< the finger that draws it
    InkPicture m_shown;                ///< at screen resolution; without the end of the stroke in progress
    InkPicture m_ink{kInkSide};        ///< likewise
    QRect m_endPixels;                 ///< where that end was last painted in m_shown
    qreal m_penWidth = 0.08;
    bool m_isDropWelcome = false;
};

} // namespace ui
