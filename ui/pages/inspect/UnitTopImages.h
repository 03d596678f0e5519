// The top images of all units of the inspected network, and the number of units that never fire.
//
//   1. one search (TopImagesSearch) covers all units of a model; it starts when TopImagesView or the table is
//      visible and has no result yet
//   2. TopImagesView shows the result for the selected unit, the table the units that never fire
//   3. while following a training, the weights change faster than the search: the user starts it, and its
//      result is marked as from older weights
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
    /// All must outlive this. `threads` returns the number of threads to search with.
    UnitTopImages(core::InspectionService& service, TopImagesView& view, LayerTableCard& table,
                  std::function<int()> threads, QObject* parent = nullptr);

    /// The images to search: the test images.
    void setImages(const engine::Dataset& images);
    /// With the selected unit. `areWeightsMoving`: the weights are about to change.
    void setInspection(InspectionPtr inspection, bool areWeightsMoving, int layer, int unit);
    void setUnit(int layer, int unit);
    /// Whether the view and the table are visible.
    void setTopImagesShown(bool areShown);
    void setTableShown(bool isShown);

private:
    void show();
    void showTopImagesOfUnit();
    void showTable();
    void search();
    bool canSearch() const;
    /// Whether to start the search without a request by the user.
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
    core::ModelPointer m_older;   ///< searched weights of the training that is being followed
    core::ModelPointer m_givenUp; ///< the model whose search was canceled or failed
    QString m_whyGivenUp;
    int m_layer = 0;
    int m_unit = 0;
    bool m_areTopImagesShown = false;
    bool m_isTableShown = false;
};

} // namespace ui
