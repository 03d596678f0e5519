// What the units of the network that is looked into like, and how many of them no test image wakes.
//
//   1. one search (FavouritesSearch) answers for all units of a model; it begins when FavouritesView or the
//   table
//      is looked at and has no answer yet
//   2. FavouritesView shows the answer for the chosen unit, the table the units that never fire
//   3. while a training is followed, the weights change faster than they can be searched: then the user says
//   when,
//      and the answer is shown as one of older weights
#pragma once

#include "ui/models/Inspection.h"
#include "ui/pages/inspect/FavouritesSearch.h"

#include <QObject>
#include <functional>

namespace ui
{

class FavouritesView;
class LayerTableCard;

class UnitLikes : public QObject
{
    Q_OBJECT
public:
    /// All outlive this. `threads` is asked for the number to search with.
    UnitLikes(core::InspectionService& service, FavouritesView& view, LayerTableCard& table,
              std::function<int()> threads, QObject* parent = nullptr);

    /// That are searched: the test images.
    void setImages(const engine::Dataset& images);
    /// With its chosen unit. `areWeightsMoving`: there will be others in a moment.
    void setInspection(InspectionPtr inspection, bool areWeightsMoving, int layer, int unit);
    void setUnit(int layer, int unit);
    /// Whether the user sees the one and the other.
    void setLikesShown(bool areShown);
    void setTableShown(bool isShown);

private:
    void show();
    void showLikes();
    void showTable();
    void search();
    bool canSearch() const;
    /// And shall, though nobody has asked for it.
    bool isSearchDue() const;
    bool isSearching() const;
    FavouritesSearch::Layers answer() const;
    void onEnded(const QString& message);

    FavouritesSearch m_search;
    FavouritesView& m_view;
    LayerTableCard& m_table;
    std::function<int()> m_threads;
    engine::Dataset m_images;
    InspectionPtr m_inspection;
    bool m_areWeightsMoving = false;
    core::ModelPointer m_older;   ///< weights of the training that is followed, which were searched
    core::ModelPointer m_givenUp; ///< the model whose search was cancelled or failed
    QString m_whyGivenUp;
    int m_layer = 0;
    int m_unit = 0;
    bool m_areLikesShown = false;
    bool m_isTableShown = false;
};

} // namespace ui
