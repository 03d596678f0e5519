#include "ui/pages/InspectPage.h"

#include "core/evaluation/EvaluationService.h"
#include "core/session/CurrentModel.h"
#include "core/session/TrainingSession.h"
#include "core/settings/Settings.h"
#include "engine/ink/InkNormalizer.h"
#include "ui/models/LayerTableModel.h"
#include "ui/models/PictureReader.h"
#include "ui/pages/inspect/AttributionCard.h"
#include "ui/pages/inspect/CellView.h"
#include "ui/pages/inspect/Explainer.h"
#include "ui/pages/inspect/FavouritesSearch.h"
#include "ui/pages/inspect/FavouritesView.h"
#include "ui/pages/inspect/ImageBar.h"
#include "ui/pages/inspect/MapsCard.h"
#include "ui/pages/inspect/NetworkCard.h"
#include "ui/pages/inspect/UnitCard.h"
#include "ui/style/TextRole.h"
#include "ui/widgets/ExportMenu.h"
#include "ui/widgets/FlowLayout.h"
#include "ui/widgets/SegmentedButtons.h"

#include <QBuffer>
#include <QCheckBox>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

namespace ui
{
namespace
{

constexpr int kMessageState = 0;
constexpr int kContentState = 1;
constexpr int kNetworkView = 0;
constexpr int kMatteredView = 1;
constexpr int kTableView = 2;
constexpr int kNetworkWidth = 228;

} // namespace

InspectPage::InspectPage(const Services& services, QWidget* parent)
    : QWidget(parent),
      m_services(services),
      m_bar(new ImageBar(this)),
      m_viewChoice(new SegmentedButtons(SegmentedButtons::Mode::One, this)),
      m_follow(new QCheckBox(tr("Follow the training"), this)),
      m_export(new QToolButton(this)),
      m_states(new QStackedWidget(this)),
      m_message(new QLabel(this)),
      m_action(new QPushButton(this)),
      m_layers(new LayerTableModel(this)),
      m_network(new NetworkCard(m_layers, this)),
      m_views(new QStackedWidget(this)),
      m_maps(new MapsCard(this)),
      m_unitCard(new UnitCard(this)),
      m_attribution(new AttributionCard(this)),
      m_table(new QTableView(this)),
      m_explainer(new Explainer(m_service, this)),
      m_favourites(new FavouritesSearch(m_service, this)),
      m_pictures(new PictureReader(this))
{
    setObjectName(QStringLiteral("inspectPage"));
    m_states->addWidget(makeMessage());
    m_states->addWidget(makeContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(makeBar());
    layout->addWidget(m_states, 1);
    makeExports();
    connectServices();

    connect(m_bar, &ImageBar::testImageChosen, this, &InspectPage::showTestImage);
    connect(m_bar, &ImageBar::drawingWanted, this,
            [this] { showImage(m_drawingPixels, tr("your drawing")); });
    connect(m_bar, &ImageBar::fileWanted, this, &InspectPage::openFile);
    connect(m_pictures, &PictureReader::haveRead, this, &InspectPage::onPictureRead);
    connect(m_pictures, &PictureReader::failed, this, [this](const engine::Error& error) {
        Q_EMIT told(QString::fromStdString(error.message), false);
    });
    connect(m_network, &NetworkCard::layerChosen, this, [this](int layer) {
        m_maps->openLayer();
        select(layer, unitOf(layer));
    });
    connect(m_maps, &MapsCard::selected, this, &InspectPage::select);
    connect(m_maps, &MapsCard::cellPointedAt, m_unitCard->cell(), &CellView::pointAt);
    connect(m_unitCard, &UnitCard::favouritesOpened, this, &InspectPage::showFavourites);
    connect(m_unitCard->favourites(), &FavouritesView::searchWanted, this, [this] {
        searchFavourites();
        showFavourites();
    });
    connect(m_unitCard->favourites(), &FavouritesView::cancelWanted, m_favourites, &FavouritesSearch::cancel);
    connect(m_unitCard->favourites(), &FavouritesView::imageChosen, this, &InspectPage::showTestImage);
    connect(m_favourites, &FavouritesSearch::progressed, m_unitCard->favourites(),
            &FavouritesView::showProgress);
    connect(m_favourites, &FavouritesSearch::ended, this, [this](const QString& message) {
        const bool isFound = m_inspection && m_favourites->found(m_inspection->model);
        m_layers->setFavourites(isFound ? m_favourites->found(m_inspection->model) : nullptr, false);
        if (isFound)
            return showFavourites();
        m_unitCard->favourites()->showMessage(message.isEmpty() ? tr("The search was cancelled.") : message,
                                              tr("Search again"));
    });
    connect(m_attribution, &AttributionCard::classChosen, this, &InspectPage::explain);
    connect(
        m_explainer, &Explainer::explained, this,
        [this](const std::shared_ptr<const engine::AttributionMap>& map) { m_attribution->setMap(*map); });
    connect(m_explainer, &Explainer::failed, this, [this](const engine::Error& error) {
        m_attribution->showError(QString::fromStdString(error.message));
    });
    look();
}

QWidget* InspectPage::makeBar()
{
    m_viewChoice->setObjectName(QStringLiteral("inspectView"));
    m_viewChoice->setSegments({tr("Network"), tr("What mattered"), tr("Table")},
                              {tr("The maps of each layer and how they are computed"),
                               tr("Which parts of the image counted for the answer"),
                               tr("All layers with their sizes and ranges")});
    connect(m_viewChoice, &SegmentedButtons::toggled, this, &InspectPage::chooseView);
    m_follow->setObjectName(QStringLiteral("followTraining"));
    m_follow->setAccessibleName(m_follow->text());
    m_follow->setToolTip(tr("There is no training to follow now"));
    m_follow->setEnabled(false);
    m_export->setObjectName(QStringLiteral("exportInspection"));
    m_export->setText(tr("Export ▾"));
    m_export->setAccessibleName(tr("Export the view"));
    m_export->setToolTip(tr("Copy what is shown, or save it as a picture"));
    m_export->setPopupMode(QToolButton::InstantPopup);
    m_export->setFocusPolicy(Qt::StrongFocus);
    auto* bar = new QWidget(this);
    auto* layout = new FlowLayout(8);
    bar->setLayout(layout);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_bar, m_viewChoice, m_follow, m_export})
        layout->addWidget(widget);
    return bar;
}

QWidget* InspectPage::makeMessage()
{
    auto* card = new Card({}, this);
    m_message->setObjectName(QStringLiteral("inspectMessage"));
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    setTextRole(m_message, TextRole::Secondary);
    m_action->setObjectName(QStringLiteral("inspectAction"));
    m_action->setAccessibleName(tr("Get a model"));
    connect(m_action, &QPushButton::clicked, this, [this] {
        if (m_services.session.isActive())
            m_follow->setChecked(true);
        else
            Q_EMIT trainWanted();
    });
    card->body()->addStretch();
    card->body()->addWidget(m_message);
    card->body()->addWidget(m_action, 0, Qt::AlignHCenter);
    card->body()->addStretch();
    return card;
}

QWidget* InspectPage::makeContent()
{
    m_content = new QWidget(this);
    auto* layers = new QWidget(this);
    auto* row = new QHBoxLayout(layers);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(m_maps, 1);
    row->addWidget(m_unitCard);
    m_views->addWidget(layers);
    m_views->addWidget(m_attribution);
    m_views->addWidget(makeTable());
    m_network->setFixedWidth(kNetworkWidth);
    auto* layout = new QHBoxLayout(m_content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_network);
    layout->addWidget(m_views, 1);
    return m_content;
}

QWidget* InspectPage::makeTable()
{
    auto* card = new Card(tr("All layers"), this);
    card->setSubtitle(tr("their sizes, and what they give for this image"));
    m_table->setObjectName(QStringLiteral("layerTable"));
    m_table->setAccessibleName(tr("All layers in figures"));
    m_table->setModel(m_layers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(30);
    // What is longest in a large network is never cut; in a narrow window the table scrolls.
    constexpr int kNarrowest = 56;
    m_table->horizontalHeader()->setMinimumSectionSize(kNarrowest);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    for (const int column : {LayerTableModel::Minimum, LayerTableModel::Mean, LayerTableModel::Maximum})
        m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    card->body()->addWidget(m_table, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid())
                    select(m_layers->layerOf(current.row()), unitOf(m_layers->layerOf(current.row())));
            });
    return card;
}

void InspectPage::makeExports()
{
    auto* menu = new ExportMenu(m_export);
    QAction* copy = menu->addAction(tr("Copy the view"));
    copy->setObjectName(QStringLiteral("copyInspection"));
    connect(copy, &QAction::triggered, this, [this] {
        QGuiApplication::clipboard()->setImage(picture());
        Q_EMIT told(tr("The view is on the clipboard."), true);
    });
    menu->add("saveInspection", tr("Save the view as PNG…"), QStringLiteral("inside-the-network.png"),
              [this] {
                  QByteArray bytes;
                  QBuffer buffer(&bytes);
                  picture().save(&buffer, "PNG");
                  return bytes;
              });
    connect(menu, &ExportMenu::told, this, &InspectPage::told);
    m_export->setMenu(menu);
}

void InspectPage::connectServices()
{
    connect(&m_service, &core::InspectionService::activated, this, &InspectPage::onActivated);
    connect(&m_service, &core::InspectionService::activationFailed, this,
            [this](const engine::Error& error) { showMessage(QString::fromStdString(error.message)); });
    connect(&m_services.model, &core::CurrentModel::changed, this, [this] {
        if (!m_services.session.isActive())
            m_live.reset();
        look();
    });
    connect(&m_services.evaluations, &core::EvaluationService::evaluated, this,
            [this](const std::shared_ptr<const core::EvaluatedSplit>& split) {
                if (split->kind == core::SplitKind::Test)
                    m_bar->setEvaluation(split);
            });
    const core::TrainingSession& session = m_services.session;
    connect(&session, &core::TrainingSession::stateChanged, this, [this] {
        const bool isActive = m_services.session.isActive();
        m_follow->setEnabled(isActive);
        m_follow->setToolTip(isActive ? tr("Show the newest weights, five times a second")
                                      : tr("There is no training to follow now"));
        if (!isActive)
            m_live.reset();
        look();
    });
    connect(&session, &core::TrainingSession::snapshotTaken, this,
            [this](const std::shared_ptr<const engine::ModelSnapshot>& snapshot) {
                if (!isFollowing())
                    return;
                m_live = snapshot;
                look();
            });
    connect(m_follow, &QCheckBox::toggled, this, [this](bool isWanted) {
        m_services.session.setFollowing(this, isWanted && isVisible());
        if (!isWanted)
            m_live.reset();
        look();
    });
}

bool InspectPage::isFollowing() const
{
    return m_follow->isChecked() && m_services.session.isActive();
}

core::ModelPointer InspectPage::model() const
{
    if (m_live)
        return m_live;
    const auto trained = m_services.model.get();
    return trained ? trained->snapshot : nullptr;
}

void InspectPage::setDataset(const std::shared_ptr<const core::LoadedDataset>& dataset)
{
    m_dataset = dataset;
    m_favourites->forget();
    QStringList names;
    if (dataset) {
        for (const std::string& name : dataset->splits.classNames)
            names << QString::fromStdString(name);
    }
    m_bar->setTestImages(dataset ? dataset->splits.test : engine::Dataset(), names);
    if (m_bar->hasTestImages())
        lookAt(m_bar->testImage(0));
}

void InspectPage::showTestImage(std::uint32_t index)
{
    if (!m_dataset || index >= m_dataset->splits.test.size())
        return;
    m_bar->setIndex(index);
    lookAt(m_bar->testImage(index));
}

void InspectPage::showSample(core::SplitKind kind, std::uint32_t index)
{
    if (kind == core::SplitKind::Test)
        return showTestImage(index);
    if (!m_dataset || index >= m_dataset->splits.train.size())
        return;
    const engine::Dataset& images = m_dataset->splits.train; // validation images are some of them
    ChosenImage image;
    const auto pixels = images.image(index);
    image.pixels.assign(pixels.begin(), pixels.end());
    image.height = images.height();
    image.width = images.width();
    image.title = tr("training image %L1").arg(index);
    image.label = images.label(index);
    lookAt(std::move(image));
}

void InspectPage::showImage(std::vector<std::uint8_t> pixels, const QString& title)
{
    ChosenImage image;
    image.pixels = std::move(pixels);
    image.title = title;
    const auto trained = model();
    image.height = trained ? trained->options.inputHeight : engine::kNormalizedSide;
    image.width = trained ? trained->options.inputWidth : engine::kNormalizedSide;
    if (image.pixels.size() !=
        static_cast<std::size_t>(image.height) * static_cast<std::size_t>(image.width)) {
        Q_EMIT told(tr("The model takes images of %1×%2 pixels; %3 has %4 pixels.")
                        .arg(image.height)
                        .arg(image.width)
                        .arg(title)
                        .arg(image.pixels.size()),
                    false);
        return;
    }
    lookAt(std::move(image));
}

void InspectPage::setDrawing(std::vector<std::uint8_t> pixels)
{
    m_drawingPixels = std::move(pixels);
    m_bar->setDrawingAvailable(!m_drawingPixels.empty());
}

void InspectPage::openFile()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Open a picture of a digit"), {},
                                                      tr("Pictures (%1)").arg(PictureReader::filePatterns()));
    if (!path.isEmpty())
        m_pictures->readFile(path);
}

void InspectPage::onPictureRead(const QImage& square)
{
    engine::InkImage ink = engine::InkImage::blank(square.width(), square.height());
    for (int y = 0; y < square.height(); ++y)
        std::copy_n(square.constScanLine(y), square.width(), ink.ink.begin() + y * square.width());
    const auto normalized = engine::normalizeInk(ink);
    if (normalized)
        showImage(normalized->pixels, tr("the opened picture"));
    else
        Q_EMIT told(QString::fromStdString(normalized.error().message), false);
}

void InspectPage::lookAt(ChosenImage image)
{
    m_image = std::move(image);
    look();
}

void InspectPage::look()
{
    m_isStale = !isVisible();
    if (m_isStale)
        return;
    const core::ModelPointer inspected = model();
    if (!inspected)
        return showNoModel();
    const engine::TinyVggOptions& options = inspected->options;
    if (m_image.height != options.inputHeight || m_image.width != options.inputWidth) {
        return showMessage(m_image.pixels.empty()
                               ? tr("There is no image to look into yet.\nChoose a data set at the top.")
                               : tr("The model takes images of %1×%2 pixels, and this one has %3×%4.\nChoose "
                                    "the data set that it was trained on.")
                                     .arg(options.inputHeight)
                                     .arg(options.inputWidth)
                                     .arg(m_image.height)
                                     .arg(m_image.width));
    }
    m_service.activate(inspected, m_image.pixels);
}

void InspectPage::showNoModel()
{
    m_inspection.reset();
    if (m_services.model.isLoading())
        return showMessage(tr("The model is being read …"));
    if (m_services.session.isActive()) {
        return isFollowing()
                   ? showMessage(tr("Waiting for the first weights …"))
                   : showMessage(tr("A network is being trained. Watch from inside how its maps form."),
                                 tr("Follow the training"));
    }
    showMessage(
        tr("No trained model yet.\nTrain one, or choose a run at the top: here you see what each of its "
           "layers makes of an image."),
        tr("Train a network"));
}

void InspectPage::showMessage(const QString& text, const QString& actionText)
{
    m_message->setText(text);
    m_action->setText(actionText);
    m_action->setAccessibleName(actionText);
    m_action->setVisible(!actionText.isEmpty());
    m_viewChoice->setEnabled(false);
    m_export->setEnabled(false);
    m_states->setCurrentIndex(kMessageState);
}

void InspectPage::onActivated(const std::shared_ptr<const core::InspectedImage>& result)
{
    if (result->activations.image != m_image.pixels || result->model != model())
        return; // what is wanted now is under way
    auto inspection = std::make_shared<Inspection>();
    inspection->image = m_image;
    inspection->model = result->model;
    inspection->activations = std::shared_ptr<const engine::Activations>(result, &result->activations);
    const auto trained = m_services.model.get();
    if (!m_live && trained) {
        inspection->classNames = trained->classNames;
    } else if (m_dataset) {
        for (const std::string& name : m_dataset->splits.classNames)
            inspection->classNames << QString::fromStdString(name);
    }
    showInspection(std::move(inspection));
}

void InspectPage::showInspection(InspectionPtr inspection)
{
    const bool isOtherImage = !m_inspection || m_inspection->image.pixels != inspection->image.pixels;
    m_inspection = std::move(inspection);
    if (isOtherImage)
        m_class = m_inspection->activations->prediction;
    m_unit = std::min(m_unit, m_inspection->options().hiddenUnits - 1);
    m_class = std::min(m_class, m_inspection->options().classCount - 1);
    m_layers->setInspection(m_inspection);
    m_network->setInspection(m_inspection);
    m_maps->setInspection(m_inspection);
    m_unitCard->cell()->setInspection(m_inspection);
    m_attribution->setInspection(m_inspection);
    m_viewChoice->setEnabled(true);
    m_export->setEnabled(true);
    m_states->setCurrentIndex(kContentState);
    select(m_layer, unitOf(m_layer));
    if (m_views->currentIndex() == kMatteredView)
        explain();
    if (m_views->currentIndex() == kTableView)
        showDeadUnits();
}

int InspectPage::unitOf(int layer) const
{
    if (layer >= engine::kLinear)
        return m_class;
    return layer == engine::kInputImage || layer == engine::kFlatten ? 0 : m_unit;
}

void InspectPage::select(int layer, int unit)
{
    m_layer = layer;
    if (layer >= engine::kLinear)
        m_class = unit;
    else if (layer != engine::kInputImage && layer != engine::kFlatten)
        m_unit = unit;
    m_network->setCurrentLayer(layer);
    m_maps->setSelection(layer, unit);
    m_unitCard->cell()->setSelection(layer, unit);
    const QSignalBlocker blocker(m_table->selectionModel());
    m_table->selectRow(LayerTableModel::rowOfLayer(layer));
    m_table->viewport()->update();
    if (m_unitCard->areFavouritesShown())
        showFavourites();
}

void InspectPage::chooseView(int view)
{
    m_views->setCurrentIndex(view);
    if (view == kMatteredView)
        explain();
    if (view == kTableView)
        showDeadUnits();
    if (view != kNetworkView)
        m_unitCard->cell()->stop();
}

void InspectPage::explain()
{
    if (!m_inspection)
        return;
    m_explainer->setSparing(m_services.session.isActive());
    m_explainer->explain(m_inspection->model, m_inspection->image.pixels, m_attribution->explainedClass());
}

void InspectPage::showFavourites()
{
    if (!m_inspection)
        return;
    FavouritesView* view = m_unitCard->favourites();
    const int layer = m_layer == kSoftmax ? engine::kLinear : m_layer;
    if (layer == engine::kInputImage || layer == engine::kFlatten)
        return view->showMessage(tr("This layer has no units of its own.\nChoose one that has."));
    if (!areTestImagesOfModelsSize())
        return view->showMessage(tr("There are no test images of the model's size to search."));
    if (const auto layers = m_favourites->found(m_inspection->model)) {
        for (const engine::LayerFavourites& found : *layers) {
            if (found.layer == layer)
                view->showFavourites(found.units[static_cast<std::size_t>(unitOf(layer))], layer,
                                     found.imageCount, m_dataset->splits.test, m_inspection->classNames);
        }
        return;
    }
    if (m_favourites->isSearching(m_inspection->model))
        return view->showProgress(0, m_dataset->splits.test.size());
    if (isFollowing()) // whose weights are others in a moment
        return view->showMessage(tr("The weights change while the training is followed."),
                                 tr("Search with these"));
    searchFavourites();
    view->showProgress(0, m_dataset->splits.test.size());
}

void InspectPage::showDeadUnits()
{
    if (!m_inspection)
        return;
    const FavouritesSearch::Layers found = m_favourites->found(m_inspection->model);
    if (!found && !isFollowing() && areTestImagesOfModelsSize() &&
        !m_favourites->isSearching(m_inspection->model))
        searchFavourites();
    m_layers->setFavourites(found, m_favourites->isSearching(m_inspection->model));
}

bool InspectPage::areTestImagesOfModelsSize() const
{
    const engine::TinyVggOptions& options = m_inspection->options();
    return m_dataset && !m_dataset->splits.test.isEmpty() &&
           m_dataset->splits.test.height() == options.inputHeight &&
           m_dataset->splits.test.width() == options.inputWidth;
}

void InspectPage::searchFavourites()
{
    m_favourites->search(m_inspection->model, m_dataset->splits.test,
                         m_services.settings.trainingConfig().threads);
}

QImage InspectPage::picture() const
{
    constexpr int kScale = 2; // for print and large screens
    QImage image(m_content->size() * kScale, QImage::Format_RGB32);
    image.setDevicePixelRatio(kScale);
    image.fill(currentColors().ground);
    m_content->render(&image);
    return image;
}

void InspectPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_services.session.setFollowing(this, m_follow->isChecked());
    if (m_isStale)
        look();
}

void InspectPage::hideEvent(QHideEvent* event)
{
    m_services.session.setFollowing(this, false); // what nobody sees costs nothing
    QWidget::hideEvent(event);
}

} // namespace ui
