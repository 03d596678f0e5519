// The canvas to draw on, with its pens and its history, and the ways to bring a picture onto it: paste, open,
// drop.
#pragma once

#include "core/session/DrawingService.h"
#include "ui/widgets/Card.h"

#include <QHash>
#include <functional>

class QKeySequence;
class QToolButton;

namespace ui
{

class InkCanvas;
class PictureReader;
class SegmentedButtons;

class CanvasCard : public Card
{
    Q_OBJECT
public:
    explicit CanvasCard(QWidget* parent = nullptr);

    InkCanvas& canvas() { return *m_canvas; }
    /// As a picture, and as strokes too where there is nothing but strokes.
    core::DrawnInk ink() const;

Q_SIGNALS:
    /// News for the window: what went wrong.
    void told(const QString& message, bool isSuccess);

protected:
    void changeEvent(QEvent* event) override;

private:
    void addHistory();
    QWidget* makeFoot();
    QToolButton* addAction(const char* name, const QString& iconName, const QString& text, const QString& tip,
                           const QList<QKeySequence>& shortcuts, const std::function<void()>& run);
    void openImage();
    void paste();
    void updateActions();
    void updateIcons();

    InkCanvas* m_canvas;
    PictureReader* m_pictures;
    SegmentedButtons* m_pens;
    QHash<QToolButton*, QString> m_icons; ///< of the buttons that have one
    QToolButton* m_undo = nullptr;
    QToolButton* m_redo = nullptr;
    QToolButton* m_clear = nullptr;
};

} // namespace ui
