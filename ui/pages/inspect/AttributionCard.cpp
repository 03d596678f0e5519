#include "ui/pages/inspect/AttributionCard.h"

#include "ui/pages/inspect/AttributionPanel.h"
#include "ui/style/TextRole.h"
#include "ui/widgets/ProbabilityBars.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>

namespace ui
{
namespace
{

using Kind = engine::AttributionKind;

constexpr std::array kKinds = {Kind::GradCam, Kind::InputGradient, Kind::Occlusion};
constexpr int kBarsHeight = 206;
constexpr int kHeightWithBars = 600; ///< of the card, below which the maps have all the room
constexpr int kLowestHeight = 340;   ///< of the card without bars

} // namespace

AttributionCard::AttributionCard(QWidget* parent)
    : Card(tr("What mattered"), parent),
      m_class(new QComboBox(this)),
      m_bars(new ProbabilityBars(this)),
      m_error(new QLabel(this))
{
    setObjectName(QStringLiteral("attributionCard"));
    // The layout's own minimum counts the bars, which go before that is reached.
    setMinimumHeight(kLowestHeight);
    m_class->setObjectName(QStringLiteral("explainedClass"));
    m_class->setAccessibleName(tr("Class to explain"));
    m_class->setToolTip(tr("The class whose score is explained; the network's answer is the first choice"));
    m_class->setMinimumWidth(150);
    auto* label = new QLabel(tr("for class"), this);
    setTextRole(label, TextRole::Secondary);
    header()->addWidget(label);
    header()->addWidget(m_class);
    m_error->setObjectName(QStringLiteral("attributionError"));
    m_error->setWordWrap(true);
    m_error->hide();
    auto* row = new QHBoxLayout;
    row->setSpacing(14);
    for (const Kind kind : kKinds) {
        m_panels[static_cast<std::size_t>(kind)] = new AttributionPanel(kind, this);
        row->addWidget(panelOf(kind), 1);
    }
    m_bars->setObjectName(QStringLiteral("inspectedProbabilities"));
    m_bars->setFixedHeight(kBarsHeight);
    body()->addWidget(m_error);
    body()->addLayout(row, 1);
    body()->addWidget(m_bars);
    connect(m_class, &QComboBox::currentIndexChanged, this, [this](int index) {
        showPicture();
        Q_EMIT classChosen(index);
    });
}

int AttributionCard::explainedClass() const
{
    return m_class->currentIndex();
}

void AttributionCard::setInspection(InspectionPtr inspection)
{
    const bool isSameImage = inspection && m_inspection &&
                             inspection->image.pixels == m_inspection->image.pixels &&
                             inspection->classNames == m_inspection->classNames;
    const int before = m_class->currentIndex();
    m_inspection = std::move(inspection);
    const QSignalBlocker blocker(m_class);
    m_class->clear();
    if (!m_inspection)
        return;
    const std::vector<float>& probabilities = m_inspection->activations->probabilities;
    for (int i = 0; i < m_inspection->options().classCount; ++i) {
        m_class->addItem(
            tr("%1 (%2 %)")
                .arg(m_inspection->classNames.value(i, QString::number(i)))
                .arg(100 * static_cast<double>(probabilities[static_cast<std::size_t>(i)]), 0, 'f', 1));
    }
    m_class->setCurrentIndex(isSameImage ? before : m_inspection->activations->prediction);
    m_bars->setProbabilities(probabilities, m_inspection->classNames, m_inspection->image.label);
    if (!isSameImage) // else the maps of the weights before stay until the new ones are there
        showPicture();
}

void AttributionCard::showPicture()
{
    if (!m_inspection)
        return;
    m_error->hide();
    for (AttributionPanel* panel : m_panels)
        panel->showPicture(pictureOf(m_inspection->image), m_inspection->classNames.value(explainedClass()));
}

void AttributionCard::setMap(const engine::AttributionMap& map)
{
    if (!m_inspection || map.classIndex != explainedClass())
        return;
    panelOf(map.kind)->setMap(pictureOf(m_inspection->image), map.values);
}

void AttributionCard::showError(const QString& message)
{
    m_error->setText(message);
    m_error->show();
}

void AttributionCard::resizeEvent(QResizeEvent* event)
{
    Card::resizeEvent(event);
    m_bars->setVisible(height() >= kHeightWithBars);
}

} // namespace ui
