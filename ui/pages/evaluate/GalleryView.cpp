#include "ui/pages/evaluate/GalleryView.h"

#include "ui/pages/evaluate/VerdictBar.h"

#include <QKeyEvent>

namespace ui
{

GalleryView::GalleryView(QWidget* parent) : TileGrid(parent) {}

void GalleryView::keyPressEvent(QKeyEvent* event)
{
    const bool isPlain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (!isPlain || !currentIndex().isValid())
        return TileGrid::keyPressEvent(event);
    const QModelIndex image = currentIndex();
    if (const auto verdict = VerdictBar::verdictOf(event->key())) {
        Q_EMIT judged(image, verdict);
        const QModelIndex next = image.siblingAtRow(image.row() + 1);
        if (next.isValid())
            setCurrentIndex(next);
    } else if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) {
        Q_EMIT judged(image, std::nullopt);
    } else if (event->key() == Qt::Key_N) {
        Q_EMIT noteWanted();
    } else {
        TileGrid::keyPressEvent(event);
    }
}

void GalleryView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    TileGrid::currentChanged(current, previous);
    Q_EMIT currentImageChanged(current);
}

void GalleryView::reset()
{
    TileGrid::reset();
    Q_EMIT currentImageChanged({});
}

} // namespace ui
