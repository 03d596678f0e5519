// Inside the network: every layer's maps for one image, how each number in them is computed, what mattered
// for the answer, and what each unit likes.
//
//   1. ImageBar, another page or a file says which image; CurrentModel, or the training that is followed,
//   which
//      model
//   2. InspectionService computes the activations; they become an Inspection, which all parts of the page
//   show
//   3. the layer and the unit that one part chooses, all show
#pragma once

#include "core/catalog/DatasetCatalog.h"
#include "core/evaluation/EvaluatedSplit.h"
#include "core/inspection/InspectionService.h"
#include "ui/Services.h"
#include "ui/models/Inspection.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace ui
{

class AttributionCard;
class Explainer;
class FavouritesSearch;
class ImageBar;
class LayerTableModel;
class MapsCard;
class NetworkCard;
class PictureReader;
class SegmentedButtons;
class UnitCard;

class InspectPage : public QWidget
{
    Q_OBJECT
public:
    explicit InspectPage(const Services& services, QWidget* parent = nullptr);

    /// Where test images come from; null for none.
    void setDataset(const std::shared_ptr<const core::LoadedDataset>& dataset);
    /// By its index.
    void showTestImage(std::uint32_t index);
    /// An image of an evaluation: by its index in the test or training images.
    void showSample(core::SplitKind kind, std::uint32_t index);
    /// An image of the model's input size, 0 … 255, row by row.
    void showImage(std::vector<std::uint8_t> pixels, const QString& title);
    /// What the canvas holds, as the network sees it; empty for nothing.
    void setDrawing(std::vector<std::uint8_t> pixels);

    /// Of a layer as engine::layerTable() counts.
    void chooseUnit(int layer, int unit) { select(layer, unit); }
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

private:
    QWidget* makeBar();
    QWidget* makeMessage();
    QWidget* makeContent();
    QWidget* makeTable();
    void makeExports();
    void connectServices();
    core::ModelPointer model() const;
    bool isFollowing() const;
    void look();
    void lookAt(ChosenImage image);
    void onActivated(const std::shared_ptr<const core::InspectedImage>& result);
    void showInspection(InspectionPtr inspection);
    void showMessage(const QString& text, const QString& actionText = {});
    void showNoModel();
    void select(int layer, int unit);
    int unitOf(int layer) const;
    void chooseView(int view);
    void explain();
    void showFavourites();
    void showDeadUnits();
    bool areTestImagesOfModelsSize() const;
    void searchFavourites();
    void openFile();
    void onPictureRead(const QImage& square);
    QImage picture() const;

    Services m_services;
    core::InspectionService m_service; ///< of its own: of two requests the newer wins
    std::shared_ptr<const core::LoadedDataset> m_dataset;
    core::ModelPointer m_live; ///< of the training that is followed
    ChosenImage m_image;
    std::vector<std::uint8_t> m_drawingPixels;
    InspectionPtr m_inspection;
    bool m_isStale = false; ///< there is something new, but the page is not seen
    int m_layer = 0;
    int m_unit = 0;
    int m_class = 0;

    ImageBar* m_bar;
    SegmentedButtons* m_viewChoice;
    QCheckBox* m_follow;
    QToolButton* m_export;
    QStackedWidget* m_states;
    QLabel* m_message;
    QPushButton* m_action;
    QWidget* m_content = nullptr;
    LayerTableModel* m_layers;
    NetworkCard* m_network;
    QStackedWidget* m_views;
    MapsCard* m_maps;
    UnitCard* m_unitCard;
    AttributionCard* m_attribution;
    QTableView* m_table;
    Explainer* m_explainer;
    FavouritesSearch* m_favourites;
    PictureReader* m_pictures;
};

} // namespace ui
