// Inspection of a network for one image: feature maps of every layer, how each value is computed, what
// mattered for the prediction, and the top images of each unit.
//
//   1. ImageSource provides the image, ModelSource the model
//   2. ImageInspector computes the activations; they become an Inspection, which all parts of the page show
//   3. a layer, unit or class selected in one part is shown in all
#pragma once

#include "core/catalog/DatasetCatalog.h"
#include "core/evaluation/EvaluatedSplit.h"
#include "core/inspection/InspectionService.h"
#include "ui/Services.h"
#include "ui/models/Inspection.h"
#include "ui/pages/inspect/InspectBar.h"

#include <QWidget>

#include <cstdint>

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

    /// Source of the test images; null for none.
    void setDataset(const std::shared_ptr<const core::LoadedDataset>& dataset);
    /// Shows an image of an evaluation of the current model, by its index in the test or training images.
    /// Stops following a training, because its weights are different.
    void showSample(core::SplitKind kind, std::uint32_t index);
    /// The network input of the canvas; empty for none.
    void setDrawing(std::vector<std::uint8_t> pixels);
    void showDrawing();
    ImageSource* images() { return m_images; }

    /// In a layer as counted by engine::layerTable(); shows the layer enlarged.
    void chooseUnit(int layer, int unit);
    /// The current inspection; null for none yet.
    InspectionPtr inspection() const { return m_inspection; }
    int layer() const { return m_layer; }

Q_SIGNALS:
    /// There is no model: the user wants to train one.
    void trainWanted();
    /// A message for the user.
    void messageReported(const QString& message, bool isSuccess);

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
    core::InspectionService m_service; ///< an own instance: of two requests the latest wins
    InspectionPtr m_inspection;
    bool m_isStale = false; ///< changed while the page was hidden
    int m_layer = 0;
    bool m_isLayerOfNext = false; ///< m_layer belongs to a network that is not shown yet
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
