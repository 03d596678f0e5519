#include "ui/pages/inspect/AttributionPanel.h"

#include "ui/style/TextRole.h"
#include "ui/widgets/OverlayMap.h"
#include "ui/widgets/ScaleLegend.h"

#include <QLabel>
#include <algorithm>

namespace ui
{
namespace
{

using Kind = engine::AttributionKind;

constexpr int kGap = 6;
constexpr int kSentenceLines = 4;

QString nameOf(Kind kind)
{
    switch (kind) {
    case Kind::GradCam:
        return AttributionPanel::tr("Grad-CAM");
    case Kind::InputGradient:
        return AttributionPanel::tr("Input gradient");
    case Kind::Occlusion:
        return AttributionPanel::tr("Occlusion");
    }
    return {};
}

const char* objectNameOf(Kind kind)
{
    return kind == Kind::GradCam ? "gradCam" : kind == Kind::InputGradient ? "inputGradient" : "occlusion";
}

QString meaningOf(Kind kind)
{
    switch (kind) {
    case Kind::GradCam:
        return AttributionPanel::tr("Where the last maps that speak for %1 light up: which places counted.");
    case Kind::InputGradient:
        return AttributionPanel::tr(
            "How each pixel sways the logit of %1: more ink on blue speaks for it, on orange "
            "against it.");
    case Kind::Occlusion:
        return AttributionPanel::tr(
            "What the probability of %1 loses when a 5×5 square covers the place: on blue the "
            "network needs to see it.");
    }
    return {};
}

} // namespace

AttributionPanel::AttributionPanel(Kind kind, QWidget* parent)
    : QWidget(parent),
      m_kind(kind),
      m_title(new QLabel(nameOf(kind), this)),
      m_map(new OverlayMap(this)),
      m_legend(new ScaleLegend(this)),
      m_sentence(new QLabel(this))
{
    setTextRole(m_title, TextRole::Title);
    m_title->setAlignment(Qt::AlignCenter);
    m_map->setObjectName(QLatin1String(objectNameOf(kind)));
    m_map->setAccessibleName(tr("%1 over the image").arg(nameOf(kind)));
    m_sentence->setObjectName(QLatin1String(objectNameOf(kind)) + QStringLiteral("Sentence"));
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignTop | Qt::AlignHCenter);
    setTextRole(m_sentence, TextRole::Small);
    m_legend->setOnBlack(true);
    m_legend->hide();
}

QSize AttributionPanel::minimumSizeHint() const
{
    return {170, 280};
}

void AttributionPanel::showPicture(const QImage& picture, const QString& className)
{
    m_map->setMap(picture, {});
    m_legend->hide();
    m_sentence->setText(meaningOf(m_kind).arg(className));
}

void AttributionPanel::setMap(const QImage& picture, std::vector<float> values)
{
    m_map->setMap(picture, std::move(values));
    m_legend->setLimit(m_map->limit());
    m_legend->show();
}

void AttributionPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const int titleHeight = m_title->sizeHint().height();
    const QSize legend = m_legend->sizeHint();
    const int sentenceHeight = kSentenceLines * m_sentence->fontMetrics().lineSpacing();
    const int room = height() - titleHeight - legend.height() - sentenceHeight - 3 * kGap;
    const int side = std::max(28, std::min(width(), room));
    // All together in the middle of the height.
    int y = std::max(0, (height() - titleHeight - side - legend.height() - sentenceHeight - 3 * kGap) / 2);
    m_title->setGeometry(0, y, width(), titleHeight);
    y += titleHeight + kGap;
    m_map->setGeometry((width() - side) / 2, y, side, side);
    y += side + kGap;
    m_legend->setGeometry((width() - legend.width()) / 2, y, legend.width(), legend.height());
    y += legend.height() + kGap;
    m_sentence->setGeometry(0, y, width(), sentenceHeight);
}

} // namespace ui
