#include "ui/pages/draw/InsideCard.h"

#include "engine/inspection/Layers.h"
#include "ui/models/DrawingText.h"
#include "ui/models/FeatureMaps.h"
#include "ui/pages/draw/FeatureMapStrip.h"
#include "ui/style/TextRole.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <array>

namespace ui
{
namespace
{

constexpr std::array kShownLayers = {1, 4, 6, 9}; ///< of engine::layerTable()

/// What is left of the drawing behind each ReLU and pooling that has maps of another size or kind.
std::vector<FeatureMaps> mapsOf(const engine::Activations& activations)
{
    std::vector<FeatureMaps> rows;
    for (const int layer : kShownLayers) {
        const engine::LayerActivation& activation = activations.layers[static_cast<std::size_t>(layer)];
        rows.push_back({QString::fromStdString(activation.layer.name),
                        QString::fromStdString(activation.layer.kind), activation.shape.channels,
                        activation.shape.height, activation.shape.width, activation.values});
    }
    return rows;
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
    connect(m_maps, &FeatureMapView::chosen, this, [this](int row, int unit) {
        Q_EMIT mapChosen(kShownLayers[static_cast<std::size_t>(row)], unit);
    });
    connect(m_trainRobust, &QPushButton::clicked, this, &InsideCard::trainRobustWanted);
    setModel(nullptr);
}

void InsideCard::setModel(std::shared_ptr<const core::TrainedModel> model)
{
    m_model = std::move(model);
    setSubtitle(m_model ? modelLine(*m_model) : QString());
    m_meaning->setText(m_model ? modelMeaning(*m_model) : QString());
    m_hint->setText(m_model ? tr("Draw a digit to see the feature maps of each layer.")
                            : tr("Feature maps appear here once there is a trained network."));
    updateOffer();
}

void InsideCard::setReading(const std::shared_ptr<const core::DrawingReading>& reading)
{
    m_maps->setLayers(reading && reading->activations ? mapsOf(*reading->activations)
                                                      : std::vector<FeatureMaps>());
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
