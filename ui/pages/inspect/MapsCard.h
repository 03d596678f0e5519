// The maps of all layers below each other, of the chosen one large, or its kernels; of the last layers the
// table from logits to probabilities. One zero-centerd scale a layer, or one for all.
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
    /// The layer, kInputImage and the softmax among them, and the unit (class, in the last layers) in it.
    void setSelection(int layer, int unit);
    /// The chosen layer large, where all layers are shown.
    void openLayer();

    /// The same for every view, so that nothing moves between them.
    QSize sizeHint() const override;

Q_SIGNALS:
    /// By the user.
    void selected(int layer, int unit);
    /// The pointer is over a cell of the chosen unit; negative where it was chosen by the keyboard.
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
    /// The unit, as the maps of a layer count: 0 where all units are in one map.
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
