// The top-activating images of the units of the network that is looked into, and how many of them no test
// image wakes.
//
//   1. one search (TopImagesSearch) answers for all units of a model; it begins when TopImagesView or the
//   table
//      is looked at and has no answer yet
//   2. TopImagesView shows the answer for the chosen unit, the table the units that never fire
//   3. while a training is followed, the weights change faster than they can be searched: then the user says
//   when,
//      and the answer is shown as one of older weights
#pragma once

#include "ui/models/Inspection.h"
#include "ui/pages/inspect/TopImagesSearch.h"

#include <QObject>
#include <functional>

namespace ui
{

class TopImagesView;
class LayerTableCard;

class UnitTopImages : public QObject
{
    Q_OBJECT
public:
    /// All outlive this. `threads` is asked for the number to search with.
    UnitTopImages(core::InspectionService& service, TopImagesView& view, LayerTableCard& table,
                  std::function<int()> threads, QObject* parent = nullptr);

    /// That are searched: the test images.
    void setImages(const engine::Dataset& images);
    /// With its chosen unit. `areWeightsMoving`: there will be others in a moment.
    void setInspection(InspectionPtr inspection, bool areWeightsMoving, int layer, int unit);
    void setUnit(int layer, int unit);
    /// Whether the user sees the one and the other.
    void setTopImagesShown(bool areShown);
    void setTableShown(bool isShown);

private:
    void show();
    void showTopImagesOfUnit();
    void showTable();
    void search();
    bool canSearch() const;
    /// And shall, though nobody has asked for it.
    bool isSearchDue() const;
    bool isSearching() const;
    TopImagesSearch::Layers answer() const;
    void onEnded(const QString& message);

    TopImagesSearch m_search;
    TopImagesView& m_view;
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
    bool m_areTopImagesShown = false;
    bool m_isTableShown = false;
};

} // namespace ui
