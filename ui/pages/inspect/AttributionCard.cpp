#include "ui/pages/inspect/AttributionCard.h"

#include "core/Format.h"
#include "ui/pages/inspect/AttributionPanel.h"
#include "ui/style/TextRole.h"
#include "ui/views/ProbabilityBars.h"

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
constexpr int kHeightWithBars = 620; ///< of the card; below it the bars are hidden
constexpr int kLowestHeight = 360;   ///< of the card without bars

} // namespace

AttributionCard::AttributionCard(QWidget* parent)
    : Card(tr("What mattered"), parent),
      m_class(new QComboBox(this)),
      m_bars(new ProbabilityBars(this)),
      m_error(new QLabel(this))
{
    setObjectName(QStringLiteral("attributionCard"));
    // The layout's own minimum includes the bars, which are hidden before it is reached.
    setMinimumHeight(kLowestHeight);
    m_class->setObjectName(QStringLiteral("explainedClass"));
    m_class->setAccessibleName(tr("Class to explain"));
    m_class->setToolTip(tr("The class whose score is explained; initially the prediction"));
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
        auto* panel = new AttributionPanel(kind, this);
        m_panels[static_cast<std::size_t>(kind)] = panel;
        row->addWidget(panel, 1);
        connect(panel, &AttributionPanel::choiceChanged, this, [this, kind, panel] {
            showPicture(*panel);
            Q_EMIT choiceChanged(kind);
        });
    }
    m_bars->setObjectName(QStringLiteral("inspectedProbabilities"));
    m_bars->setFixedHeight(kBarsHeight);
    body()->addWidget(m_error);
    body()->addLayout(row, 1);
    body()->addWidget(m_bars);
    connect(m_class, &QComboBox::currentIndexChanged, this, [this](int index) {
        showPictures();
        Q_EMIT classChosen(index);
    });
}

int AttributionCard::explainedClass() const
{
    return m_class->currentIndex();
}

void AttributionCard::setExplainedClass(int index)
{
    if (index == m_class->currentIndex())
        return;
    const QSignalBlocker blocker(m_class);
    m_class->setCurrentIndex(index);
    showPictures();
}

ExplainedScores AttributionCard::scores() const
{
    ExplainedScores scores;
    for (const AttributionPanel* panel : m_panels)
        panel->readChoice(scores);
    return scores;
}

void AttributionCard::setInspection(InspectionPtr inspection)
{
    const bool isSameNetwork = inspection && m_inspection && inspection->spec() == m_inspection->spec();
    const bool isSameImage = inspection && m_inspection &&
                             inspection->image.pixels == m_inspection->image.pixels &&
                             inspection->classNames == m_inspection->classNames;
    m_inspection = std::move(inspection);
    const QSignalBlocker blocker(m_class);
    if (!m_inspection)
        return m_class->clear();
    showKinds();
    showClasses();
    if (!isSameImage)
        m_class->setCurrentIndex(m_inspection->activations->prediction);
    m_bars->setProbabilities(m_inspection->activations->probabilities, m_inspection->classNames,
                             m_inspection->image.label);
    if (!isSameImage || !isSameNetwork) // otherwise keep the previous maps until the new ones arrive
        showPictures();
}

void AttributionCard::showKinds()
{
    const bool hasConvolution = engine::lastConvolutionMaps(m_inspection->spec()) != engine::kInputImage;
    panelOf(Kind::GradCam)
        ->setUnavailable(hasConvolution
                             ? QString()
                             : tr("Grad-CAM needs the maps of a convolution, and this network has none."));
    panelOf(Kind::InputGradient)->setInColor(m_inspection->image.shape.channels > 1);
}

void AttributionCard::showClasses()
{
    // Update in place: an open list would lose its entry while following a training.
    const int count = m_inspection->spec().classCount;
    while (m_class->count() > count)
        m_class->removeItem(m_class->count() - 1);
    while (m_class->count() < count)
        m_class->addItem({});
    for (int i = 0; i < count; ++i)
        m_class->setItemText(i,
                             QStringLiteral("%1 (%2)").arg(
                                 m_inspection->classNames.value(i, QString::number(i)),
                                 core::probabilityText(
                                     m_inspection->activations->probabilities[static_cast<std::size_t>(i)])));
}

void AttributionCard::showPictures()
{
    m_error->hide();
    for (AttributionPanel* panel : m_panels)
        showPicture(*panel);
}

void AttributionCard::showPicture(AttributionPanel& panel)
{
    if (m_inspection)
        panel.showPicture(pictureOf(m_inspection->image), m_inspection->classNames.value(explainedClass()));
}

void AttributionCard::showProgress(std::size_t done, std::size_t total)
{
    panelOf(Kind::Occlusion)->showProgress(static_cast<double>(done) / static_cast<double>(total));
}

void AttributionCard::setMap(const engine::AttributionMap& map)
{
    if (!m_inspection || map.classIndex != explainedClass() || !isOf(scores(), map))
        return;
    m_error->hide();
    panelOf(map.kind)->setMap(pictureOf(m_inspection->image), map.values);
}

void AttributionCard::showError(const QString& message)
{
    m_error->setText(message);
    m_error->show();
    for (AttributionPanel* panel : m_panels)
        panel->showFailure();
}

void AttributionCard::resizeEvent(QResizeEvent* event)
{
    Card::resizeEvent(event);
    m_bars->setVisible(height() >= kHeightWithBars);
}

} // namespace ui
