#include "ui/pages/inspect/MapsCard.h"

#include "ui/models/KernelMaps.h"
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
    letHeadingShrink(); // a long name and kind, before the views
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
    connect(m_kernels, &FeatureMapView::chosen, this, [this](int, int unit) {
        if (areTemplatesShown()) // otherwise each picture is an input channel
            Q_EMIT selected(m_layer, unit);
    });
    connect(m_softmax, &SoftmaxTable::classChosen, this,
            [this](int index) { Q_EMIT selected(m_layer, index); });
    for (FeatureMapView* view : std::initializer_list<FeatureMapView*>{m_flow, m_grid}) {
        connect(view, &FeatureMapView::hovered, this, [this, view](int layer, int unit, int row, int column) {
            if (layer >= 0 && view->current() == FeatureMapView::Index{layer, unit} && !isLayerOfClasses())
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

bool MapsCard::areKernelsThere() const
{
    return hasKernels(m_inspection->spec(), m_layer);
}

bool MapsCard::areTemplatesShown() const
{
    return hasTemplates(m_inspection->spec(), m_layer);
}

bool MapsCard::isLayerOfClasses() const
{
    return m_inspection && isOfClasses(m_inspection->spec(), m_layer);
}

int MapsCard::mapOf(int unit) const
{
    return hasUnits(m_inspection->spec(), m_layer) && !isLayerOfClasses() ? unit : 0;
}

void MapsCard::setInspection(InspectionPtr inspection)
{
    m_inspection = std::move(inspection);
    if (m_inspection) {
        m_layer = existingLayer(m_inspection->spec(), m_layer);
        m_unit = existingUnit(m_inspection->spec(), m_layer, m_unit);
        if (chosenView() == View::Kernels && !areKernelsThere())
            m_views->setChecked(static_cast<int>(View::Layer));
    }
    showMaps();
    showCurrent();
}

void MapsCard::setSelection(int layer, int unit)
{
    const bool isOtherLayer = layer != m_layer;
    m_layer = layer;
    m_unit = unit;
    if (isOtherLayer) {
        if (m_inspection && chosenView() == View::Kernels && !areKernelsThere())
            m_views->setChecked(static_cast<int>(View::Layer));
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
    for (int layer = engine::kInputImage; layer <= softmaxLayer(m_inspection->spec()); ++layer)
        layers.push_back(mapsOf(*m_inspection, layer));
    m_flow->setLayers(std::move(layers));
    FeatureMaps maps = mapsOf(*m_inspection, m_layer);
    m_grid->setNumbersShown(maps.isFlat);
    m_grid->setMaps(std::move(maps));
    m_grid->setLimit(m_scale->isChecked(1) ? std::optional(sharedLimit()) : std::nullopt);
    m_softmax->setLogits(m_inspection->activations->logits, m_inspection->activations->probabilities,
                         m_inspection->classNames);
}

QString MapsCard::factsOfLayer() const
{
    const engine::NetworkSpec& spec = m_inspection->spec();
    if (m_layer == softmaxLayer(spec))
        return tr("p = e^z / Σ e^z: the logits as probabilities");
    if (isLayerOfClasses())
        return tr("One logit per class: the larger, the more probable");
    const FeatureMaps maps = mapsOf(*m_inspection, m_layer);
    const MapForm form = mapForm(spec, m_layer);
    QString sizes;
    if (form == MapForm::Units)
        sizes = tr("%1 values, one per unit").arg(maps.count);
    else if (maps.isRowAMap)
        sizes = tr("%L1 values in one row; shown as one row per map").arg(maps.values.size());
    else if (form == MapForm::Features)
        sizes = tr("%L1 values in one row; shown as maps").arg(maps.values.size());
    else
        sizes = maps.count == 1 ? tr("1 map of %1").arg(maps.sizeText())
                                : tr("%1 maps of %2").arg(maps.count).arg(maps.sizeText());
    const ValueRange range = maps.range();
    QString facts = tr("%1 · min %2 · mean %3 · max %4")
                        .arg(sizes, valueText(range.min), valueText(range.mean), valueText(range.max));
    if (m_layer == engine::kInputImage)
        return facts;
    const auto& activation = m_inspection->activations->layers[static_cast<std::size_t>(m_layer)];
    if (engine::layerKind(spec, m_layer) == engine::LayerKind::Relu)
        facts += tr(" · %1 of %2 dead").arg(activation.deadUnits).arg(activation.shape.channels);
    if (engine::layerKind(spec, m_layer) == engine::LayerKind::Dropout)
        facts += tr(" · dropout has no effect outside training");
    if (activation.notFinite > 0)
        facts += tr(" · %L1 of %L2 are not finite").arg(activation.notFinite).arg(activation.values.size());
    return facts;
}

QString MapsCard::factsOfKernels() const
{
    const engine::NetworkSpec& spec = m_inspection->spec();
    const QString name = m_layer == softmaxLayer(spec) || spec.names.empty()
                             ? layerTitle(spec, m_layer)
                             : layerName(spec, m_layer) + QLatin1Char(' ') + layerKindName(spec, m_layer);
    if (areTemplatesShown()) {
        const QString what = spec.input.channels == 1
                                 ? tr("blue where a bright pixel raises it, orange where it lowers it")
                                 : tr("gray is 0, brighter raises it, darker lowers it, in each color");
        return tr("%1: each output is a weighted sum of the pixels with these weights: %2.").arg(name, what);
    }
    const QString below = m_kernels->layers().front().isFlat ? tr("features") : tr("channels");
    QString text = tr("%1: learned weights for each of the %2 %3 below.")
                       .arg(name)
                       .arg(m_kernels->layers().front().count)
                       .arg(below);
    if (!hasBias(spec, m_layer))
        return text;
    return text + tr(" Bias %1.").arg(valueText(engine::biasOf(*m_inspection->model, m_layer, m_unit)));
}

void MapsCard::showKernels()
{
    if (areTemplatesShown()) {
        FeatureMaps templates = templatesOf(*m_inspection->model, m_layer);
        if (isLayerOfClasses())
            templates.unitNames = m_inspection->classNames;
        m_kernels->setMaps(std::move(templates));
        m_kernels->setCurrent({0, m_unit});
    } else {
        m_kernels->setMaps(kernelsOf(*m_inspection->model, m_layer, m_unit));
    }
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
    if (isLayerOfClasses())
        return m_softmax;
    return m_grid;
}

void MapsCard::showCurrent()
{
    if (!m_inspection)
        return;
    m_views->setSegmentEnabled(2, areKernelsThere());
    m_grid->setCurrent({0, mapOf(m_unit)});
    m_flow->setCurrent({m_layer + 1, mapOf(m_unit)});
    m_softmax->setCurrentClass(m_unit);
    if (areKernelsThere() && chosenView() == View::Kernels)
        showKernels();
    m_stack->setCurrentWidget(shownView());
    const engine::NetworkSpec& spec = m_inspection->spec();
    QString name = layerName(spec, m_layer);
    if (m_layer != softmaxLayer(spec)) // its name says it all
        name += QLatin1Char(' ') + layerKindName(spec, m_layer);
    const QString unit = isLayerOfClasses() ? tr("class %1").arg(m_inspection->classNames.value(m_unit))
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
        setTitle(areTemplatesShown() ? tr("Weights") : tr("Kernels of %1").arg(unit));
        m_facts->setText(factsOfKernels());
        break;
    }
    showLegend();
}

void MapsCard::showLegend()
{
    const View view = chosenView();
    const bool isInColor =
        view == View::Kernels && m_kernels->layers().front().planes > 1; // color pictures have no scale
    const bool hasLegend = (view == View::Kernels && !isInColor) ||
                           (view == View::Layer && !isLayerOfClasses()) ||
                           (view == View::AllLayers && m_scale->isChecked(1));
    m_legend->setVisible(hasLegend);
    m_scale->setVisible(view == View::AllLayers || (view == View::Layer && !isLayerOfClasses()));
    m_foot->setVisible(!m_legend->isHidden() || !m_scale->isHidden());
    if (hasLegend)
        m_legend->setLimit(view == View::Kernels     ? m_kernels->limitOf(0)
                           : view == View::AllLayers ? m_flow->limitOf(0)
                                                     : m_grid->limitOf(0));
}

void MapsCard::onFlowChosen(int position, int unit, int row, int column)
{
    const int layer = position - 1; // the image is the first
    if (!isOfClasses(m_inspection->spec(), layer)) {
        Q_EMIT selected(layer, unit);
        Q_EMIT cellPointedAt(row, column);
    } else { // its cells are classes
        Q_EMIT selected(layer, column < 0 ? m_inspection->activations->prediction : column);
    }
}

} // namespace ui
