#include "ui/pages/inspect/UnitTopImages.h"

#include "ui/models/LayerTableModel.h"
#include "ui/pages/inspect/LayerTableCard.h"
#include "ui/pages/inspect/SearchState.h"
#include "ui/pages/inspect/TopImagesView.h"

#include <algorithm>

namespace ui
{
namespace
{

/// The layer under which the search stores the units of `layer`: softmax has the classes of the logits,
/// Dropout the units of the layer below. kInputImage for layers without units.
int searchedLayer(const engine::NetworkSpec& spec, int layer)
{
    layer = std::min(layer, engine::layerCount(spec) - 1);
    for (; layer >= 0; --layer) {
        const engine::LayerKind kind = engine::layerKind(spec, layer);
        const bool isPassedOn = kind == engine::LayerKind::Dropout ||
                                (kind == engine::LayerKind::Flatten &&
                                 engine::outputShape(spec, layer).size() ==
                                     engine::outputShape(spec, layer - 1).channels); // one cell per map
        if (!isPassedOn)
            return kind == engine::LayerKind::Flatten ? engine::kInputImage : layer;
    }
    return engine::kInputImage;
}

} // namespace

UnitTopImages::UnitTopImages(core::InspectionService& service, TopImagesView& view, LayerTableCard& table,
                             std::function<int()> threads, QObject* parent)
    : QObject(parent),
      m_search(service),
      m_view(view),
      m_table(table),
      m_threads(std::move(threads))
{
    connect(&m_search, &TopImagesSearch::progressed, this, &UnitTopImages::show);
    connect(&m_search, &TopImagesSearch::answered, this, &UnitTopImages::show);
    connect(&m_search, &TopImagesSearch::cancelled, this,
            [this] { onEnded(tr("The search was canceled.")); });
    connect(&m_search, &TopImagesSearch::failed, this, &UnitTopImages::onEnded);
    connect(&view, &TopImagesView::searchWanted, this, &UnitTopImages::search);
    connect(table.search(), &SearchState::searchWanted, this, &UnitTopImages::search);
    for (SearchState* state : {view.search(), table.search()})
        connect(state, &SearchState::cancelWanted, &m_search, &TopImagesSearch::cancel);
}

void UnitTopImages::setImages(const engine::Dataset& images)
{
    m_search.forget();
    m_givenUp.reset();
    m_images = images;
    m_inspection.reset(); // the classes may be different
}

void UnitTopImages::setInspection(InspectionPtr inspection, bool areWeightsMoving, int layer, int unit)
{
    m_inspection = std::move(inspection);
    m_areWeightsMoving = areWeightsMoving;
    if (!areWeightsMoving || (m_older && m_older->spec != m_inspection->spec()))
        m_older.reset();
    m_layer = layer;
    m_unit = unit;
    show();
}

void UnitTopImages::setUnit(int layer, int unit)
{
    if (layer == m_layer && unit == m_unit)
        return;
    m_layer = layer;
    m_unit = unit;
    if (m_areTopImagesShown)
        showTopImagesOfUnit();
}

void UnitTopImages::setTopImagesShown(bool areShown)
{
    m_areTopImagesShown = areShown;
    if (areShown)
        showTopImagesOfUnit();
}

void UnitTopImages::setTableShown(bool isShown)
{
    m_isTableShown = isShown;
    if (isShown)
        showTable();
}

void UnitTopImages::show()
{
    if (m_areTopImagesShown)
        showTopImagesOfUnit();
    if (m_isTableShown)
        showTable();
}

bool UnitTopImages::canSearch() const
{
    return !m_images.isEmpty() && m_images.shape() == m_inspection->spec().input;
}

bool UnitTopImages::isSearching() const
{
    const core::ModelPointer& searched = m_search.searched();
    return searched && (searched == m_inspection->model || searched == m_older);
}

bool UnitTopImages::isSearchDue() const
{
    return !m_areWeightsMoving && m_givenUp != m_inspection->model;
}

TopImagesSearch::Layers UnitTopImages::answer() const
{
    const TopImagesSearch::Layers found = m_search.found(m_inspection->model);
    return found || !m_older ? found : m_search.found(m_older);
}

void UnitTopImages::search()
{
    if (!m_inspection || !canSearch())
        return;
    m_givenUp.reset();
    m_older = m_areWeightsMoving ? m_inspection->model : nullptr;
    m_search.search(m_inspection->model, m_images, m_threads());
    show();
}

void UnitTopImages::onEnded(const QString& message)
{
    m_givenUp = m_inspection ? m_inspection->model : nullptr;
    m_whyGivenUp = message;
    show();
}

void UnitTopImages::showTopImagesOfUnit()
{
    if (!m_inspection)
        return;
    SearchState* state = m_view.search();
    const int layer = searchedLayer(m_inspection->spec(), m_layer);
    const auto showMessage = [&](const QString& text, const QString& actionText = {}) {
        state->showMessage(text, actionText);
        m_view.showSearch();
    };
    if (layer == engine::kInputImage)
        return showMessage(tr("This layer has no units of its own.\nChoose one that has."));
    if (!canSearch())
        return showMessage(tr("There are no test images of the model's size to search."));
    if (isSearching()) {
        state->showProgress(tr("Searching for the images with the highest activation of each unit"),
                            m_search.done(), m_search.total());
        return m_view.showSearch();
    }
    const TopImagesSearch::Layers layers = answer();
    if (!layers) {
        if (isSearchDue())
            return search();
        return m_areWeightsMoving ? showMessage(tr("The weights change while following a training."),
                                                tr("Search with these"))
                                  : showMessage(m_whyGivenUp, tr("Search again"));
    }
    const auto found = std::ranges::find(*layers, layer, &engine::LayerTopImages::layer);
    const engine::TopActivatingImages& unit =
        found->units[static_cast<std::size_t>(std::min(m_unit, static_cast<int>(found->units.size()) - 1))];
    if (!unit.images.empty()) {
        const bool areOlder = layers != m_search.found(m_inspection->model);
        return m_view.showTopImages(unit, !engine::outputShape(m_inspection->spec(), layer).isFlat, m_images,
                                    m_inspection->classNames, areOlder);
    }
    const bool hasNumbers = m_inspection->activations->layers[static_cast<std::size_t>(layer)].notFinite == 0;
    showMessage(hasNumbers
                    ? tr("None of the %L1 test images activates this unit: it is 0 everywhere, a dead unit.")
                          .arg(m_images.size())
                    : tr("The output of this layer is NaN: the training has diverged."));
}

void UnitTopImages::showTable()
{
    if (!m_inspection)
        return;
    SearchState* state = m_table.search();
    const bool isSearched = isSearching();
    TopImagesSearch::Layers layers = answer();
    if (!layers && !isSearched && canSearch() && isSearchDue())
        return search(); // shows the search
    const bool areOlder = layers && layers != m_search.found(m_inspection->model);
    m_table.layers()->setTopImages(isSearched ? nullptr : layers, isSearched);
    state->setVisible(isSearched || !layers || areOlder);
    if (layers && !isSearched && !areOlder)
        return;
    if (isSearched)
        state->showProgress(tr("Searching for units that never fire"), m_search.done(), m_search.total());
    else if (areOlder)
        state->showMessage(tr("Units that never fire: with older weights."), tr("Count again"));
    else if (!canSearch())
        state->showMessage(
            tr("There are no test images of the model's size to count units that never fire."));
    else if (m_areWeightsMoving)
        state->showMessage(tr("Units that never fire are not counted while following a training."),
                           tr("Count with these weights"));
    else
        state->showMessage(m_whyGivenUp, tr("Search again"));
}

} // namespace ui
