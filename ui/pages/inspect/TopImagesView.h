// A unit's top-activating images: the test images that excite it most, with the part of them that does. A
// click on one looks into that image.
#pragma once

#include "engine/inspection/TopActivatingImages.h"
#include "ui/models/Inspection.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace ui
{

class SearchState;

class TopImagesView : public QWidget
{
    Q_OBJECT
public:
    explicit TopImagesView(QWidget* parent = nullptr);

    /// Shows a message, or the search, instead of images.
    SearchState* search() { return m_search; }
    void showSearch();
    /// Of a unit, of a layer of maps or a flat one; `images` are those that its indices count. `areOlder`: of
    /// other weights than those on show, whose top images can be searched for.
    void showTopImages(const engine::TopActivatingImages& unit, bool isOfMap, const engine::Dataset& images,
                       const QStringList& classNames, bool areOlder);

Q_SIGNALS:
    /// Top images of the weights on show.
    void searchWanted();
    /// By its index.
    void imageChosen(std::uint32_t index);

private:
    static constexpr int kImages = 9;

    QWidget* makeFound();

    QStackedWidget* m_states;
    SearchState* m_search;
    QLabel* m_facts;
    QPushButton* m_again;
    std::vector<QToolButton*> m_tiles;
    std::vector<std::uint32_t> m_indices;
};

} // namespace ui
