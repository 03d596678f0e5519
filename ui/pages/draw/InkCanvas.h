// A square to draw on with mouse, pen or finger. It keeps strokes, not pixels: another size draws them anew.
//
//   1. a press begins a stroke, moves add points to it, the release ends it and makes it a state of the
//   history
//   2. every point goes into two pictures, one of the screen's pixels and one of kInkSide for whoever reads
//   the ink
//   3. only the pixels that a point may have changed are painted again; inkChanged() tells of it
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

    /// With the stroke that is being drawn.
    Drawing drawing() const;
    /// A new state of the history.
    void setDrawing(const Drawing& drawing);
    bool isEmpty() const { return !m_stroke && m_history.current().isEmpty(); }
    /// What the pen has drawn so far: Grayscale8, kInkSide pixels wide and high, 0 background … 255 ink; the
    /// same whatever the size of the widget.
    QImage ink() const;
    static constexpr int kInkSide = 280;

    /// As a share of the canvas' side, above 0.
    void setPenWidth(qreal width);
    qreal penWidth() const { return m_penWidth; }
    bool canUndo() const { return m_stroke || m_history.canUndo(); }
    bool canRedo() const { return !m_stroke && m_history.canRedo(); }
    void undo();
    void redo();
    /// Can be undone.
    void clear();

    /// The canvas itself, in the widget's coordinates: the largest square, in the middle.
    QRect square() const;
    /// Pictures or the names of files.
    static bool hasPicture(const QMimeData& data);

    QSize sizeHint() const override { return {360, 360}; }
    QSize minimumSizeHint() const override { return {180, 180}; }

Q_SIGNALS:
    /// What is drawn has changed.
    void inkChanged();
    /// canUndo() or canRedo() may be another.
    void historyChanged();
    /// Dropped on the canvas.
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
    std::optional<InkStroke> m_stroke; ///< under way
    std::optional<int> m_finger;       ///< that draws it
    InkPicture m_shown;                ///< in the screen's pixels; without the end of the stroke under way
    InkPicture m_ink{kInkSide};        ///< likewise
    QRect m_endPixels;                 ///< of m_shown, where that end was painted last
    qreal m_penWidth = 0.08;
    bool m_isDropWelcome = false;
};

} // namespace ui
