// Inside the network: every layer's maps for one image, how each number in them is computed, what mattered
// for the answer, and what each unit likes.
//
//   1. ImageSource says which image, ModelSource which model
//   2. ImageInspector has the activations computed; they become an Inspection, which all parts of the page
//   show
//   3. the layer, the unit and the class that one part chooses, all show
#pragma once

#include "core/catalog/DatasetCatalog.h"
#include "core/evaluation/EvaluatedSplit.h"
#include "core/inspection/InspectionService.h"
#include "ui/Services.h"
#include "ui/models/Inspection.h"
#include "ui/pages/inspect/InspectBar.h"

#include <QWidget>

class QStackedWidget;

namespace ui
{

class AttributionCard;
class Explainer;
class ImageInspector;
class ImageSource;
class LayerTableCard;
class LayerTableModel;
class MapsCard;
class MessageCard;
class ModelSource;
class NetworkCard;
class UnitCard;
class UnitTopImages;

class InspectPage : public QWidget
{
    Q_OBJECT
public:
    explicit InspectPage(const Services& services, QWidget* parent = nullptr);

    /// Where test images come from; null for none.
    void setDataset(const std::shared_ptr<const core::LoadedDataset>& dataset);
    /// An image of an evaluation of the current model, by its index in the test or training images. A
    /// training is followed no longer, as its weights are others.
    void showSample(core::SplitKind kind, std::uint32_t index);
    /// What the canvas holds, as the network sees it; empty for nothing.
    void setDrawing(std::vector<std::uint8_t> pixels);
    void showDrawing();
    ImageSource* images() { return m_images; }

    /// Of a layer as engine::layerTable() counts; the layer is shown large.
    void chooseUnit(int layer, int unit);
    /// What is shown; null for nothing yet.
    InspectionPtr inspection() const { return m_inspection; }
    int layer() const { return m_layer; }

Q_SIGNALS:
    /// There is no model, and the user wants one.
    void trainWanted();
    /// News for the window.
    void told(const QString& message, bool isSuccess);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* makeContent();
    void connectSources();
    void connectParts();
    void connectExplanations();
    void look();
    void showInspection(InspectionPtr inspection);
    void showMessage(const QString& text, const QString& actionText = {});
    void select(int layer, int unit);
    void showSelection();
    int unitOf(int layer) const;
    void chooseView(InspectBar::View view);
    void explain();

    Services m_services;
    core::InspectionService m_service; ///< of its own: of two requests the newer wins
    InspectionPtr m_inspection;
    bool m_isStale = false; ///< there is something new, but the page is not seen
    int m_layer = 0;
    bool m_isLayerOfNext = false; ///< chosen in a network that is not on show yet
    int m_unit = 0;
    int m_class = 0;

    InspectBar* m_bar;
    ModelSource* m_model;
    ImageSource* m_images;
    QStackedWidget* m_states;
    MessageCard* m_message;
    QWidget* m_content;
    LayerTableModel* m_layers;
    NetworkCard* m_network;
    QStackedWidget* m_views; ///< in the order of InspectBar::View
    MapsCard* m_maps;
    UnitCard* m_unitCard;
    AttributionCard* m_attribution;
    LayerTableCard* m_table;
    ImageInspector* m_inspector;
    Explainer* m_explainer;
    UnitTopImages* m_topImagesCard;
};

} // namespace ui
