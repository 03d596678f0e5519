// Gallery that supports verdicts by keyboard: arrows move, M, L and U set a verdict and move to the next
// image, Delete removes the verdict, N edits the note.
#pragma once

#include "core/evaluation/Verdicts.h"
#include "ui/widgets/TileGrid.h"

namespace ui
{

class GalleryView : public TileGrid
{
    Q_OBJECT
public:
    explicit GalleryView(QWidget* parent = nullptr);

Q_SIGNALS:
    /// By the user, for this image; nullopt removes the verdict.
    void judged(const QModelIndex& image, std::optional<core::Verdict> verdict);
    void currentImageChanged(const QModelIndex& image);
    void noteWanted();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void reset() override;
};

} // namespace ui
