// The top images of a unit: the test images with the highest activation, and the part of them that causes it.
// A click inspects the image.
#pragma once

#include "engine/inspection/TopActivatingImages.h"
#include "ui/models/Inspection.h"

#include <QWidget>

#include <cstdint>

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
    /// `isOfMap`: the unit belongs to a layer of maps, not to a flat one. Indices refer to `images`.
    /// `areOlder`: searched with older weights than the current ones; offers a new search.
    void showTopImages(const engine::TopActivatingImages& unit, bool isOfMap, const engine::Dataset& images,
                       const QStringList& classNames, bool areOlder);

Q_SIGNALS:
    /// Search with the current weights.
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
