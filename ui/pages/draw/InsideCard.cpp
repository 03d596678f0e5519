#include "ui/pages/draw/InsideCard.h"

#include "engine/inspection/Layers.h"
#include "ui/models/DrawingText.h"
#include "ui/models/FeatureMaps.h"
#include "ui/models/Inspection.h"
#include "ui/pages/draw/FeatureMapStrip.h"
#include "ui/style/TextRole.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui
{
namespace
{

constexpr std::size_t kMostRows = 4;

using engine::LayerKind;

/// Whether `layer` is the last one of a group: a convolution or another first layer, with its normalization,
/// ReLU and pooling. Dropout has no effect here and is skipped.
bool isFinished(const engine::NetworkSpec& spec, int layer)
{
    if (engine::layerKind(spec, layer) == LayerKind::Dropout)
        return false;
    int next = layer + 1;
    while (next < engine::layerCount(spec) && engine::layerKind(spec, next) == LayerKind::Dropout)
        ++next;
    if (next == engine::layerCount(spec))
        return true;
    const LayerKind kind = engine::layerKind(spec, next);
    return kind == LayerKind::Convolution || kind == LayerKind::Flatten || kind == LayerKind::Linear;
}

/// The layers to show: maps after the convolution's ReLU and pooling, or, in a network without maps, layers
/// of units. As many as fit, from the first to the last.
std::vector<int> shownLayers(const engine::NetworkSpec& spec)
{
    std::vector<int> maps;
    std::vector<int> units;
    for (int layer = 0; layer < engine::layerCount(spec); ++layer) {
        const MapForm form = mapForm(spec, layer);
        if (!isFinished(spec, layer) || form == MapForm::Features)
            continue;
        (form == MapForm::Maps ? maps : units).push_back(layer);
    }
    const std::vector<int>& layers = maps.empty() ? units : maps;
    if (layers.size() <= kMostRows)
        return layers;
    std::vector<int> some;
    for (std::size_t i = 0; i < kMostRows; ++i)
        some.push_back(layers[i * (layers.size() - 1) / (kMostRows - 1)]);
    return some;
}

FeatureMaps mapsOf(const engine::Activations& activations, int layer)
{
    const engine::LayerActivation& activation = activations.layers[static_cast<std::size_t>(layer)];
    const engine::MapShape& shape = activation.shape;
    FeatureMaps maps{layerName(activations.spec, layer),
                     layerKindName(activations.spec, layer),
                     shape.channels,
                     shape.height,
                     shape.width,
                     activation.values};
    maps.isFlat = shape.isFlat;
    return maps;
}

} // namespace

InsideCard::InsideCard(QWidget* parent)
    : Card(tr("Inside the network"), parent),
      m_maps(new FeatureMapStrip(this)),
      m_hint(new QLabel(m_maps)),
      m_meaning(new QLabel(this)),
      m_trainRobust(new QPushButton(tr("Train Robust"), this))
{
    m_maps->setObjectName(QStringLiteral("drawingMaps"));
    m_maps->setAccessibleName(tr("Feature maps of the drawing"));
    m_maps->setFocusPolicy(Qt::NoFocus); // arrow keys would leave the page; use Inspect instead
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    setTextRole(m_hint, TextRole::Secondary);
    auto* overlay = new QVBoxLayout(m_maps);
    overlay->addWidget(m_hint);
    m_meaning->setObjectName(QStringLiteral("drawingModelMeaning"));
    m_meaning->setWordWrap(true);
    setTextRole(m_meaning, TextRole::Small);
    m_trainRobust->setObjectName(QStringLiteral("trainRobust"));
    auto* foot = new QHBoxLayout;
    foot->setSpacing(12);
    foot->addWidget(m_meaning, 1);
    foot->addWidget(m_trainRobust, 0, Qt::AlignVCenter);
    body()->addWidget(m_maps, 1);
    body()->addLayout(foot);
    connect(m_maps, &FeatureMapView::chosen, this,
            [this](int row, int unit) { Q_EMIT mapChosen(m_layers[static_cast<std::size_t>(row)], unit); });
    connect(m_trainRobust, &QPushButton::clicked, this, &InsideCard::trainRobustWanted);
    setModel(nullptr);
}

void InsideCard::setModel(std::shared_ptr<const core::TrainedModel> model)
{
    m_model = std::move(model);
    setSubtitle(m_model ? modelLine(*m_model) : QString());
    m_meaning->setText(m_model ? modelMeaning(*m_model) : QString());
    m_hint->setText(m_model && !canReadDrawings(*m_model)
                        ? tr("Choose another run at the top, or train one on gray digits.")
                    : m_model ? tr("Draw a digit to see the feature maps of each layer.")
                              : tr("Feature maps appear here once there is a trained network."));
    updateOffer();
}

void InsideCard::setReading(const std::shared_ptr<const core::DrawingReading>& reading)
{
    std::vector<FeatureMaps> rows;
    m_layers.clear();
    if (reading && reading->activations) {
        m_layers = shownLayers(reading->activations->spec);
        for (const int layer : m_layers)
            rows.push_back(mapsOf(*reading->activations, layer));
        if (m_model && !rows.empty() && isOfClasses(reading->activations->spec, m_layers.back()))
            rows.back().unitNames = m_model->classNames;
    }
    m_maps->setLayers(std::move(rows));
    m_hint->setVisible(m_maps->layers().empty());
}

void InsideCard::setTrainable(const QString& dataset)
{
    m_trainable = dataset;
    updateOffer();
}

void InsideCard::updateOffer()
{
    m_trainRobust->setVisible(m_model && !isMadeForDrawings(*m_model) && !m_trainable.isEmpty());
    m_trainRobust->setToolTip(
        tr("Train a new model on %1 with the preset Robust, the best for drawn digits: a larger network, "
           "eight epochs with slanted digits; takes a minute or two. The current run is kept.")
            .arg(m_trainable));
    m_trainRobust->setAccessibleName(m_trainRobust->text());
    m_trainRobust->setAccessibleDescription(m_trainRobust->toolTip());
}

} // namespace ui
