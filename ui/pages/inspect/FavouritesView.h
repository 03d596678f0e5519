// What a unit likes: the test images that excite it most, with the part of them that does. A click on one
// looks into that image.
#pragma once

#include "engine/inspection/UnitFavourites.h"
#include "ui/models/Inspection.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace ui
{

class FavouritesView : public QWidget
{
    Q_OBJECT
public:
    explicit FavouritesView(QWidget* parent = nullptr);

    /// In place of images; `actionText` names the button, which is there when it has a text.
    void showMessage(const QString& text, const QString& actionText = {});
    /// The search is under way.
    void showProgress(std::size_t done, std::size_t total);
    /// Of a unit of `layer`; `images` are those that its indices count.
    void showFavourites(const engine::UnitFavourites& unit, int layer, std::size_t imageCount,
                        const engine::Dataset& images, const QStringList& classNames);

Q_SIGNALS:
    /// The button beside the message, or the one that cancels the search.
    void searchWanted();
    void cancelWanted();
    /// By its index.
    void imageChosen(std::uint32_t index);

private:
    static constexpr int kImages = 9;

    QStackedWidget* m_states;
    QLabel* m_message;
    QPushButton* m_action;
    QProgressBar* m_progress;
    QPushButton* m_cancel;
    QLabel* m_facts;
    std::vector<QToolButton*> m_tiles;
    std::vector<std::uint32_t> m_indices;
};

} // namespace ui
