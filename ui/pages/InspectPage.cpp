#include "ui/pages/InspectPage.h"

#include "core/settings/Settings.h"
#include "ui/models/LayerTableModel.h"
#include "ui/pages/inspect/AttributionCard.h"
#include "ui/pages/inspect/CellView.h"
#include "ui/pages/inspect/DigitPictures.h"
#include "ui/pages/inspect/Explainer.h"
#include "ui/pages/inspect/ImageInspector.h"
#include "ui/pages/inspect/ImageSource.h"
#include "ui/pages/inspect/InspectionExports.h"
#include "ui/pages/inspect/LayerTableCard.h"
#include "ui/pages/inspect/MapsCard.h"
#include "ui/pages/inspect/MessageCard.h"
#include "ui/pages/inspect/ModelSource.h"
#include "ui/pages/inspect/NetworkCard.h"
#include "ui/pages/inspect/TopImagesView.h"
#include "ui/pages/inspect/UnitCard.h"
#include "ui/pages/inspect/UnitTopImages.h"
#include "ui/widgets/ExportMenu.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QShortcut>
#include <QStackedWidget>
#include <algorithm>
#include <utility>

namespace ui
{
namespace
{

constexpr int kNetworkWidth = 228;

} // namespace

InspectPage::InspectPage(const Services& services, QWidget* parent)
    : QWidget(parent),
      m_services(services),
      m_bar(new InspectBar(this)),
      m_model(new ModelSource(services, this)),
      m_images(new ImageSource(services, *m_bar->images(), *m_model, this)),
      m_states(new QStackedWidget(this)),
      m_message(new MessageCard(this)),
      m_content(new QWidget(this)),
      m_layers(new LayerTableModel(this)),
      m_network(new NetworkCard(m_layers, this)),
      m_views(new QStackedWidget(this)),
      m_maps(new MapsCard(this)),
      m_unitCard(new UnitCard(this)),
      m_attribution(new AttributionCard(this)),
      m_table(new LayerTableCard(m_layers, this)),
      m_inspector(new ImageInspector(m_service, this)),
      m_explainer(new Explainer(m_service, this)),
      m_topImagesCard(new UnitTopImages(
          m_service, *m_unitCard->topImages(), *m_table,
          [this] { // do not slow down a training
              return m_model->isTraining() ? 1 : m_services.settings.trainingConfig().threads;
          },
          this))
{
    setObjectName(QStringLiteral("inspectPage"));
    setAcceptDrops(true);
    m_states->addWidget(m_message);
    m_states->addWidget(makeContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(m_bar);
    layout->addWidget(m_states, 1);
    addInspectionExports(*m_bar->exports(), *m_content);
    connect(m_bar->exports(), &ExportMenu::messageReported, this, &InspectPage::messageReported);
    connectSources();
    connectParts();
    connectExplanations();
    look();
}

QWidget* InspectPage::makeContent()
{
    auto* layers = new QWidget(this);
    auto* row = new QHBoxLayout(layers);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(m_maps, 1);
    row->addWidget(m_unitCard);
    for (QWidget* view : std::initializer_list<QWidget*>{layers, m_attribution, m_table})
        m_views->addWidget(view);
    m_network->setFixedWidth(kNetworkWidth);
    auto* layout = new QHBoxLayout(m_content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_network);
    layout->addWidget(m_views, 1);
    return m_content;
}

void InspectPage::connectSources()
{
    connect(m_images, &ImageSource::changed, this, &InspectPage::look);
    connect(m_images, &ImageSource::failed, this,
            [this](const QString& message) { Q_EMIT messageReported(message, false); });
    connect(new QShortcut(QKeySequence::Paste, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut),
            &QShortcut::activated, m_images, &ImageSource::paste);
    connect(m_model, &ModelSource::changed, this, &InspectPage::look);
    connect(m_model, &ModelSource::trainingChanged, m_bar, &InspectBar::setTraining);
    connect(m_bar, &InspectBar::followingChanged, m_model, &ModelSource::setFollowing);
    connect(m_inspector, &ImageInspector::inspected, this, &InspectPage::showInspection);
    connect(m_inspector, &ImageInspector::failed, this,
            [this](const engine::Error& error) { showMessage(QString::fromStdString(error.message)); });
}

void InspectPage::connectParts()
{
    connect(m_bar, &InspectBar::viewChosen, this, &InspectPage::chooseView);
    connect(m_network, &NetworkCard::layerChosen, this, [this](int layer) {
        m_maps->openLayer();
        select(layer, unitOf(layer));
    });
    connect(m_table, &LayerTableCard::layerChosen, this, [this](int layer) { select(layer, unitOf(layer)); });
    connect(m_maps, &MapsCard::selected, this, &InspectPage::select);
    connect(m_maps, &MapsCard::cellPointedAt, m_unitCard->cell(), &CellView::pointAt);
    connect(m_unitCard, &UnitCard::topImagesToggled, m_topImagesCard, &UnitTopImages::setTopImagesShown);
    connect(m_unitCard->topImages(), &TopImagesView::imageChosen, m_images, &ImageSource::showTestImage);
    connect(m_message, &MessageCard::actionWanted, this, [this] {
        if (m_model->isTraining())
            m_bar->setFollowing(true);
        else
            Q_EMIT trainWanted();
    });
}

void InspectPage::connectExplanations()
{
    connect(m_attribution, &AttributionCard::classChosen, this, [this](int index) {
        m_class = index;
        if (m_inspection && isOfClasses(m_inspection->spec(), m_layer))
            select(m_layer, index);
        explain();
    });
    connect(m_attribution, &AttributionCard::choiceChanged, this, [this](engine::AttributionKind kind) {
        if (!m_inspection)
            return;
        m_explainer->explainAgain(
            kind, {m_inspection->model, m_inspection->image.pixels, m_class, m_attribution->scores()});
    });
    connect(m_explainer, &Explainer::progressed, m_attribution, &AttributionCard::showProgress);
    connect(
        m_explainer, &Explainer::explained, this,
        [this](const std::shared_ptr<const engine::AttributionMap>& map) { m_attribution->setMap(*map); });
    connect(m_explainer, &Explainer::failed, this, [this](const engine::Error& error) {
        m_attribution->showError(QString::fromStdString(error.message));
    });
}

void InspectPage::setDataset(const std::shared_ptr<const core::LoadedDataset>& dataset)
{
    QStringList names;
    if (dataset) {
        for (const std::string& name : dataset->splits.classNames)
            names << QString::fromStdString(name);
    }
    m_model->setDatasetClasses(names);
    m_topImagesCard->setImages(dataset ? dataset->splits.test : engine::Dataset());
    m_images->setDataset(dataset, names);
}

void InspectPage::showSample(core::SplitKind kind, std::uint32_t index)
{
    m_bar->setFollowing(false);
    m_images->showSample(kind, index);
}

void InspectPage::setDrawing(std::vector<std::uint8_t> pixels)
{
    m_images->setDrawing(std::move(pixels));
}

void InspectPage::showDrawing()
{
    m_images->showDrawing();
}

void InspectPage::look()
{
    m_isStale = !isVisible();
    if (m_isStale)
        return;
    const core::ModelPointer model = m_model->model();
    if (!model) {
        m_inspection.reset();
        const ModelSource::Absence absence = m_model->absence();
        return showMessage(absence.text, absence.action);
    }
    const engine::NetworkSpec& spec = model->spec;
    const ChosenImage& image = m_images->image();
    if (image.pixels.empty())
        return showMessage(tr("No image to inspect yet.\nChoose a data set at the top."));
    if (image.shape != spec.input) {
        return showMessage(tr("The model expects images of %1 pixels, but this one has %2.\nChoose the data "
                              "set that it was trained on.")
                               .arg(QString::fromStdString(engine::text(spec.input)),
                                    QString::fromStdString(engine::text(image.shape))));
    }
    m_inspector->inspect(image, model, m_model->classNames(spec.classCount));
}

void InspectPage::showMessage(const QString& text, const QString& actionText)
{
    m_inspector->forget();
    m_explainer->stop();
    m_message->showMessage(text, actionText);
    m_bar->setInspected(false);
    m_states->setCurrentWidget(m_message);
}

void InspectPage::showInspection(InspectionPtr inspection)
{
    const bool isOtherImage = !m_inspection || m_inspection->image.pixels != inspection->image.pixels;
    const engine::NetworkSpec& spec = inspection->spec();
    const bool isLayerOfThis = std::exchange(m_isLayerOfNext, false);
    const bool isOfOtherNetwork = m_inspection && m_inspection->spec() != spec && !isLayerOfThis;
    if (isOfOtherNetwork && isOfClasses(m_inspection->spec(), m_layer))
        m_layer += softmaxLayer(spec) - softmaxLayer(m_inspection->spec()); // keep the classes selected
    m_layer = existingLayer(spec, m_layer);
    m_inspection = std::move(inspection);
    if (isOtherImage)
        m_class = m_inspection->activations->prediction;
    m_class = std::min(m_class, spec.classCount - 1);
    m_layers->setInspection(m_inspection);
    m_network->setInspection(m_inspection);
    m_maps->setInspection(m_inspection);
    m_unitCard->cell()->setInspection(m_inspection);
    m_attribution->setInspection(m_inspection);
    m_table->setSpec(m_inspection->spec());
    m_bar->setInspected(true);
    m_states->setCurrentWidget(m_content);
    showSelection();
    m_topImagesCard->setInspection(m_inspection, m_model->isMoving(), m_layer, unitOf(m_layer));
    if (m_views->currentWidget() == m_attribution)
        explain();
}

int InspectPage::unitOf(int layer) const
{
    if (!m_inspection)
        return m_unit;
    const engine::NetworkSpec& spec = m_inspection->spec();
    return isOfClasses(spec, layer) ? m_class : existingUnit(spec, layer, m_unit);
}

void InspectPage::chooseUnit(int layer, int unit)
{
    m_bar->setView(InspectBar::View::Network);
    chooseView(InspectBar::View::Network);
    m_maps->openLayer();
    const core::ModelPointer model = m_model->model();
    const bool isOnShow = m_inspection && model && model->spec == m_inspection->spec() &&
                          existingLayer(model->spec, layer) == layer &&
                          existingUnit(model->spec, layer, unit) == unit;
    if (isOnShow)
        return select(layer, unit);
    m_isLayerOfNext = true; // of a model that is not shown yet
    m_layer = layer;
    m_unit = unit;
    look();
}

void InspectPage::select(int layer, int unit)
{
    if (!m_inspection)
        return;
    m_layer = layer;
    if (isOfClasses(m_inspection->spec(), layer))
        m_class = unit;
    else if (hasUnits(m_inspection->spec(), layer))
        m_unit = unit;
    showSelection();
    m_topImagesCard->setUnit(layer, unit);
}

void InspectPage::showSelection()
{
    const int unit = unitOf(m_layer);
    m_network->setCurrentLayer(m_layer);
    m_maps->setSelection(m_layer, unit);
    m_unitCard->cell()->setSelection(m_layer, unit);
    m_table->setCurrentLayer(m_layer);
    m_attribution->setExplainedClass(m_class);
}

void InspectPage::chooseView(InspectBar::View view)
{
    m_views->setCurrentIndex(static_cast<int>(view));
    m_topImagesCard->setTableShown(view == InspectBar::View::Table);
    if (view == InspectBar::View::Mattered)
        explain();
    else
        m_explainer->stop(); // compute nothing while hidden
    if (view != InspectBar::View::Network)
        m_unitCard->cell()->stop();
}

void InspectPage::explain()
{
    if (!m_inspection)
        return;
    m_explainer->setSparing(m_model->isTraining());
    m_explainer->explain({m_inspection->model, m_inspection->image.pixels, m_class, m_attribution->scores()});
}

void InspectPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (DigitPictures::canRead(*event->mimeData()))
        event->acceptProposedAction();
}

void InspectPage::dropEvent(QDropEvent* event)
{
    if (m_images->pictures()->read(*event->mimeData()))
        event->acceptProposedAction();
}

void InspectPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_model->setSeen(true);
    if (m_isStale)
        look();
    if (m_views->currentWidget() == m_attribution)
        explain();
}

void InspectPage::hideEvent(QHideEvent* event)
{
    m_model->setSeen(false);
    m_explainer->stop();
    QWidget::hideEvent(event);
}

} // namespace ui
