// The feature maps of all layers, those of the selected layer enlarged, or its kernels; for the last layers,
// the table from logits to probabilities. One zero-centered color scale per layer, or one for all.
#pragma once

#include "ui/models/Inspection.h"
#include "ui/widgets/Card.h"

class QStackedWidget;

namespace ui
{

class FeatureMapFlow;
class FeatureMapGrid;
class FeatureMapView;
class ScaleLegend;
class SegmentedButtons;
class SoftmaxTable;

class MapsCard : public Card
{
    Q_OBJECT
public:
    explicit MapsCard(QWidget* parent = nullptr);

    void setInspection(InspectionPtr inspection);
    /// The layer, which may be kInputImage or the softmax, and its unit (class, in the last layers).
    void setSelection(int layer, int unit);
    /// Shows the selected layer enlarged if all layers are shown.
    void openLayer();

    /// The same for every view, so that the layout does not move.
    QSize sizeHint() const override;

Q_SIGNALS:
    /// Emitted for user input only.
    void selected(int layer, int unit);
    /// The pointer is over a cell of the selected unit; negative after a selection by keyboard.
    void cellPointedAt(int row, int column);

private:
    enum class View { AllLayers, Layer, Kernels };

    void makeFoot();
    void showMaps();
    void showCurrent();
    void showLegend();
    View chosenView() const;
    bool areKernelsThere() const;
    bool areTemplatesShown() const;
    bool isLayerOfClasses() const;
    QWidget* shownView() const;
    float sharedLimit() const;
    QString factsOfLayer() const;
    QString factsOfKernels() const;
    void showKernels();
    /// Index of the map that contains the unit: 0 if all units are in one map.
    int mapOf(int unit) const;
    void onFlowChosen(int position, int unit, int row, int column);

    InspectionPtr m_inspection;
    int m_layer = 0;
    int m_unit = 0;
    SegmentedButtons* m_views;
    QStackedWidget* m_stack;
    FeatureMapFlow* m_flow;
    FeatureMapGrid* m_grid;
    FeatureMapGrid* m_kernels;
    SoftmaxTable* m_softmax;
    QWidget* m_foot;
    ScaleLegend* m_legend;
    SegmentedButtons* m_scale;
    QLabel* m_facts;
};

} // namespace ui
