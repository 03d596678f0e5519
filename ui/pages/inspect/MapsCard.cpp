#include "ui/pages/inspect/MapsCard.h"

#include "ui/pages/inspect/FeatureMapFlow.h"
#include "ui/pages/inspect/FeatureMapGrid.h"
#include "ui/pages/inspect/ScaleLegend.h"
#include "ui/pages/inspect/SoftmaxTable.h"
#include "ui/style/TextRole.h"
#include "ui/widgets/SegmentedButtons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <algorithm>

namespace ui
{

MapsCard::MapsCard(QWidget* parent)
    : Card({}, parent),
      m_views(new SegmentedButtons(SegmentedButtons::Mode::One, this)),
      m_stack(new QStackedWidget(this)),
      m_flow(new FeatureMapFlow(this)),
      m_grid(new FeatureMapGrid(this)),
      m_kernels(new FeatureMapGrid(this)),
      m_softmax(new SoftmaxTable(this)),
      m_foot(new QWidget(this)),
      m_legend(new ScaleLegend(this)),
      m_scale(new SegmentedButtons(SegmentedButtons::Mode::One, this)),
      m_facts(new QLabel(this))
{
    setMinimumWidth(330); // for the longest title beside the views, and the columns of the softmax table
    m_views->setObjectName(QStringLiteral("mapsView"));
    m_views->setSegments({tr("All"), tr("Layer"), tr("Kernels")},
                         {tr("Feature maps of all layers, from the image to the classes"),
                          tr("Feature maps of the selected layer, enlarged"),
                          tr("Weights of the selected unit, one picture per input channel")});
    header()->addWidget(m_views);
    m_kernels->setObjectName(QStringLiteral("kernelGrid"));
    m_kernels->setAccessibleName(tr("Kernels of the selected unit"));
    m_kernels->setNumbersShown(true);
    m_facts->setObjectName(QStringLiteral("layerFacts"));
    setTextRole(m_facts, TextRole::Small);
    m_facts->setWordWrap(true);
    for (QWidget* view : std::initializer_list<QWidget*>{m_flow, m_grid, m_kernels, m_softmax})
        m_stack->addWidget(view);
    body()->addWidget(m_facts);
    body()->addWidget(m_stack, 1);
    makeFoot();

    connect(m_views, &SegmentedButtons::toggled, this, &MapsCard::showCurrent);
    connect(m_flow, &FeatureMapView::chosen, this, &MapsCard::onFlowChosen);
    connect(m_grid, &FeatureMapView::chosen, this, [this](int, int unit, int row, int column) {
        Q_EMIT selected(m_layer, unit);
        Q_EMIT cellPointedAt(row, column);
    });
    connect(m_softmax, &SoftmaxTable::classChosen, this,
            [this](int index) { Q_EMIT selected(m_layer, index); });
    for (FeatureMapView* view : std::initializer_list<FeatureMapView*>{m_flow, m_grid}) {
        connect(view, &FeatureMapView::hovered, this, [this, view](int layer, int unit, int row, int column) {
            if (layer >= 0 && view->current() == FeatureMapView::Index{layer, unit} && !isOfClasses())
                Q_EMIT cellPointedAt(row, column);
        });
    }
    connect(m_scale, &SegmentedButtons::toggled, this, [this] {
        const bool isShared = m_scale->isChecked(1);
        m_flow->setScale(isShared ? FeatureMapView::Scale::Shared : FeatureMapView::Scale::PerLayer);
        showMaps();
    });
}

void MapsCard::makeFoot()
{
    m_scale->setObjectName(QStringLiteral("mapScale"));
    m_scale->setSegments({tr("Own scale"), tr("Shared")},
                         {tr("Each layer has its own color scale"), tr("All layers share one color scale")});
    auto* row = new QHBoxLayout(m_foot);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_legend);
    row->addStretch();
    row->addWidget(m_scale);
    body()->addWidget(m_foot);
}

MapsCard::View MapsCard::chosenView() const
{
    if (m_views->isChecked(0))
        return View::AllLayers;
    return m_views->isChecked(2) ? View::Kernels : View::Layer;
}

bool MapsCard::hasKernels() const
{
    return m_layer >= 0 && m_layer < kSoftmax &&
           (engine::layerKind(m_layer) == engine::LayerKind::Convolution ||
            engine::layerKind(m_layer) == engine::LayerKind::Linear);
}

bool MapsCard::isOfClasses() const
{
    return m_layer >= engine::kLinear;
}

void MapsCard::setInspection(InspectionPtr inspection)
{
    m_inspection = std::move(inspection);
    if (m_inspection)
        m_unit = existingUnit(m_inspection->options(), m_layer, m_unit);
    showMaps();
    showCurrent();
}

void MapsCard::setSelection(int layer, int unit)
{
    const bool isOtherLayer = layer != m_layer;
    m_layer = layer;
    m_unit = unit;
    if (isOtherLayer) {
        if (chosenView() == View::Kernels && !hasKernels())
            m_views->setChecked(1);
        showMaps();
    }
    showCurrent();
}

void MapsCard::openLayer()
{
    if (chosenView() != View::AllLayers)
        return;
    m_views->setChecked(static_cast<int>(View::Layer));
    showCurrent();
}

QSize MapsCard::sizeHint() const
{
    return {420, Card::sizeHint().height()};
}

float MapsCard::sharedLimit() const
{
    float limit = 0;
    for (const FeatureMaps& maps : m_flow->layers())
        limit = std::max(limit, maps.largestMagnitude());
    return limit;
}

void MapsCard::showMaps()
{
    if (!m_inspection) {
        m_flow->setLayers({});
        m_grid->setLayers({});
        m_kernels->setLayers({});
        return;
    }
    std::vector<FeatureMaps> layers;
    for (int layer = engine::kInputImage; layer <= kSoftmax; ++layer)
        layers.push_back(mapsOf(*m_inspection, layer));
    m_flow->setLayers(std::move(layers));
    m_grid->setMaps(mapsOf(*m_inspection, m_layer));
    m_grid->setLimit(m_scale->isChecked(1) ? std::optional(sharedLimit()) : std::nullopt);
    m_softmax->setLogits(m_inspection->activations->logits, m_inspection->activations->probabilities,
                         m_inspection->classNames);
}

QString MapsCard::factsOfLayer() const
{
    if (m_layer == kSoftmax)
        return tr("p = e^z / Σ e^z: the logits as probabilities");
    if (m_layer == engine::kLinear)
        return tr("One logit per class: the larger, the more probable");
    if (m_layer == engine::kFlatten)
        return tr("All maps in one row of numbers; here a row a map");
    FeatureMaps maps = mapsOf(*m_inspection, m_layer);
    const QString sizes = maps.count == 1 ? tr("1 map of %1").arg(maps.sizeText())
                                          : tr("%1 maps of %2").arg(maps.count).arg(maps.sizeText());
    maps.height *= maps.count; // the range of all
    maps.count = 1;
    const ValueRange range = maps.rangeOf(0);
    QString facts = tr("%1 · min %2 · mean %3 · max %4")
                        .arg(sizes, valueText(range.min), valueText(range.mean), valueText(range.max));
    if (m_layer == engine::kInputImage)
        return facts;
    const auto& activation = m_inspection->activations->layers[static_cast<std::size_t>(m_layer)];
    if (engine::layerKind(m_layer) == engine::LayerKind::Relu)
        facts += tr(" · %1 of %2 dead").arg(activation.deadUnits).arg(activation.shape.channels);
    if (activation.notFinite > 0)
        facts += tr(" · %L1 of %L2 are not finite").arg(activation.notFinite).arg(activation.values.size());
    return facts;
}

QWidget* MapsCard::shownView() const
{
    switch (chosenView()) {
    case View::AllLayers:
        return m_flow;
    case View::Kernels:
        return m_kernels;
    case View::Layer:
        break;
    }
    if (isOfClasses())
        return m_softmax;
    return m_grid;
}

void MapsCard::showCurrent()
{
    if (!m_inspection)
        return;
    m_views->setSegmentEnabled(2, hasKernels());
    const bool isOneMap = m_layer == engine::kFlatten || m_layer == engine::kInputImage || isOfClasses();
    m_grid->setCurrent({0, isOneMap ? 0 : m_unit});
    m_flow->setCurrent({m_layer + 1, isOneMap ? 0 : m_unit});
    m_softmax->setCurrentClass(m_unit);
    if (hasKernels())
        m_kernels->setMaps(kernelsOf(*m_inspection->model, m_layer, m_unit));
    m_stack->setCurrentWidget(shownView());
    QString name = layerName(m_inspection->options(), m_layer);
    if (m_layer != kSoftmax) // which says it all
        name += QLatin1Char(' ') + layerKindName(m_inspection->options(), m_layer);
    const QString unit = m_layer == engine::kLinear
                             ? tr("class %1").arg(m_inspection->classNames.value(m_unit))
                             : tr("unit %1").arg(m_unit);
    switch (chosenView()) {
    case View::AllLayers:
        setTitle(tr("All layers"));
        m_facts->setText(tr("From the image to the prediction. Click a map to see how it is computed."));
        break;
    case View::Layer:
        setTitle(name);
        m_facts->setText(factsOfLayer());
        break;
    case View::Kernels:
        setTitle(tr("Kernels of %1").arg(unit));
        m_facts->setText(
            tr("%1: the weights over each of the %2 channels below, learnt by training. Bias %3.")
                .arg(name)
                .arg(m_kernels->layers().front().count)
                .arg(valueText(engine::biasOf(*m_inspection->model, m_layer, m_unit))));
        break;
    }
    showLegend();
}

void MapsCard::showLegend()
{
    const View view = chosenView();
    const bool hasLegend = view == View::Kernels || (view == View::Layer && !isOfClasses()) ||
                           (view == View::AllLayers && m_scale->isChecked(1));
    m_legend->setVisible(hasLegend);
    m_scale->setVisible(view == View::AllLayers || (view == View::Layer && !isOfClasses()));
    m_foot->setVisible(!m_legend->isHidden() || !m_scale->isHidden());
    if (hasLegend)
        m_legend->setLimit(view == View::Kernels     ? m_kernels->limitOf(0)
                           : view == View::AllLayers ? m_flow->limitOf(0)
                                                     : m_grid->limitOf(0));
}

void MapsCard::onFlowChosen(int position, int unit, int row, int column)
{
    const int layer = position - 1; // the image is the first
    if (layer < engine::kLinear) {
        Q_EMIT selected(layer, unit);
        Q_EMIT cellPointedAt(row, column);
    } else { // its cells are classes
        Q_EMIT selected(layer, column < 0 ? m_inspection->activations->prediction : column);
    }
}

} // namespace ui
