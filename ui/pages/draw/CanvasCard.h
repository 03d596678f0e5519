// The canvas with its pen widths, undo and redo, and ways to import a picture: paste, open, drop.
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
    /// As a picture, and also as strokes if the drawing consists of strokes only.
    core::DrawnInk ink() const;

Q_SIGNALS:
    /// A message for the user: an error.
    void messageReported(const QString& message, bool isSuccess);

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
    QHash<QToolButton*, QString> m_icons; ///< of the buttons that have an icon
    QToolButton* m_undo = nullptr;
    QToolButton* m_redo = nullptr;
    QToolButton* m_clear = nullptr;
};

} // namespace ui
