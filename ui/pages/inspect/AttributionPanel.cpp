#include "ui/pages/inspect/AttributionPanel.h"

#include "ui/pages/inspect/OverlayMap.h"
#include "ui/pages/inspect/ScaleLegend.h"
#include "ui/style/TextRole.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <algorithm>
#include <array>

namespace ui
{
namespace
{

using Kind = engine::AttributionKind;
using Score = engine::ClassScore;

constexpr int kGap = 6;
constexpr int kSentenceLines = 4;
constexpr std::array kSides = {1, 3, 5, 7, 9, 11};

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

QString objectNameOf(Kind kind)
{
    return kind == Kind::GradCam         ? QStringLiteral("gradCam")
           : kind == Kind::InputGradient ? QStringLiteral("inputGradient")
                                         : QStringLiteral("occlusion");
}

} // namespace

AttributionPanel::AttributionPanel(Kind kind, QWidget* parent)
    : QWidget(parent),
      m_kind(kind),
      m_title(new QLabel(nameOf(kind), this)),
      m_choices(new QWidget(this)),
      m_map(new OverlayMap(this)),
      m_legend(new ScaleLegend(this)),
      m_waiting(new QLabel(this)),
      m_sentence(new QLabel(this))
{
    setTextRole(m_title, TextRole::Title);
    m_title->setAlignment(Qt::AlignCenter);
    auto* row = new QHBoxLayout(m_choices);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addStretch();
    switch (kind) {
    case Kind::GradCam: {
        auto* fixed = new QLabel(tr("of the logit"), this);
        fixed->setToolTip(tr("Grad-CAM is defined for the logit"));
        setTextRole(fixed, TextRole::Small);
        row->addWidget(fixed);
        break;
    }
    case Kind::InputGradient:
        addScoreChoice(ExplainedScores().gradient);
        break;
    case Kind::Occlusion:
        addScoreChoice(ExplainedScores().occlusion);
        addSquareChoice();
        break;
    }
    row->addStretch();
    m_map->setObjectName(objectNameOf(kind));
    m_map->setAccessibleName(tr("%1 over the image").arg(nameOf(kind)));
    m_waiting->setObjectName(objectNameOf(kind) + QStringLiteral("Waiting"));
    m_waiting->setAlignment(Qt::AlignCenter);
    setTextRole(m_waiting, TextRole::Small);
    m_waiting->hide();
    m_sentence->setObjectName(objectNameOf(kind) + QStringLiteral("Sentence"));
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignTop | Qt::AlignHCenter);
    setTextRole(m_sentence, TextRole::Small);
    m_legend->setOnBlack(true);
    m_legend->hide();
    constexpr int kPatience = 250; // milliseconds: most maps are ready earlier
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    connect(&m_patience, &QTimer::timeout, m_waiting, &QWidget::show);
}

void AttributionPanel::addScoreChoice(Score first)
{
    m_score = new QComboBox(this);
    m_score->setObjectName(objectNameOf(m_kind) + QStringLiteral("Score"));
    m_score->setAccessibleName(tr("Score explained by %1").arg(nameOf(m_kind)));
    m_score->setToolTip(tr("The logit shows the evidence for the class; the probability also includes "
                           "evidence against the other classes, and saturates where the network is certain"));
    m_score->addItem(tr("logit"), static_cast<int>(Score::Logit));
    m_score->addItem(tr("probability"), static_cast<int>(Score::Probability));
    m_score->setCurrentIndex(m_score->findData(static_cast<int>(first)));
    m_choices->layout()->addWidget(m_score);
    connect(m_score, &QComboBox::currentIndexChanged, this, &AttributionPanel::choiceChanged);
}

void AttributionPanel::addSquareChoice()
{
    m_square = new QComboBox(this);
    m_square->setObjectName(QStringLiteral("occlusionSide"));
    m_square->setAccessibleName(tr("Size of the occlusion square"));
    m_square->setToolTip(
        tr("Size of the occlusion square: a small one finds details, a large one whole parts"));
    for (const int side : kSides)
        m_square->addItem(QStringLiteral("%1×%1").arg(side), side);
    m_square->setCurrentIndex(m_square->findData(ExplainedScores().side));
    m_choices->layout()->addWidget(m_square);
    connect(m_square, &QComboBox::currentIndexChanged, this, &AttributionPanel::choiceChanged);
}

void AttributionPanel::readChoice(ExplainedScores& scores) const
{
    if (m_score != nullptr)
        (m_kind == Kind::InputGradient ? scores.gradient : scores.occlusion) =
            static_cast<Score>(m_score->currentData().toInt());
    if (m_square != nullptr)
        scores.side = m_square->currentData().toInt();
}

QString AttributionPanel::meaning(const QString& className) const
{
    if (m_kind == Kind::GradCam)
        return tr("Regions where the last maps that support %1 are active.").arg(className);
    ExplainedScores scores;
    readChoice(scores);
    const QString score = scoreOf(scores, m_kind) == Score::Logit ? tr("logit") : tr("probability");
    if (m_kind == Kind::InputGradient && m_isInColor)
        return tr("Gradient of the %1 of %2, in the color channel with the strongest effect: more of it "
                  "raises it at blue pixels, lowers it at orange ones.")
            .arg(score, className);
    return m_kind == Kind::InputGradient
               ? tr("Gradient of the %1 of %2: more ink raises it at blue pixels, lowers it at orange ones.")
                     .arg(score, className)
               : tr("Drop of the %1 of %2 when a %3×%3 square covers the pixel: blue pixels support it, "
                    "orange ones count against it.")
                     .arg(score, className)
                     .arg(scores.side);
}

QSize AttributionPanel::minimumSizeHint() const
{
    return {170, 300};
}

void AttributionPanel::showPicture(const QImage& picture, const QString& className)
{
    m_map->setMap(picture, {});
    m_legend->hide();
    m_waiting->setText(tr("computing …"));
    m_patience.start();
    m_sentence->setText(meaning(className));
    if (!m_unavailable.isEmpty()) {
        m_patience.stop();
        m_waiting->hide();
        m_sentence->setText(m_unavailable);
    }
}

void AttributionPanel::setUnavailable(const QString& why)
{
    m_unavailable = why;
    for (QWidget* widget : std::initializer_list<QWidget*>{m_title, m_choices, m_map})
        widget->setEnabled(why.isEmpty());
}

void AttributionPanel::showProgress(double share)
{
    m_waiting->setText(tr("computing … %1 %").arg(100 * share, 0, 'f', 0));
}

void AttributionPanel::setMap(const QImage& picture, std::vector<float> values)
{
    m_map->setMap(picture, std::move(values));
    m_patience.stop();
    m_waiting->hide();
    m_legend->setLimit(m_map->limit());
    m_legend->show();
}

void AttributionPanel::showFailure()
{
    m_patience.stop();
    m_waiting->hide();
}

void AttributionPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const int titleHeight = m_title->sizeHint().height();
    constexpr int kChoicesHeight = 28; // the same in all three panels
    const QSize legend = m_legend->sizeHint();
    const int sentenceHeight = kSentenceLines * m_sentence->fontMetrics().lineSpacing();
    const int rest = titleHeight + kChoicesHeight + legend.height() + sentenceHeight + 4 * kGap;
    const int side = std::max(28, std::min(width(), height() - rest)) / 2 * 2; // the same in all three panels
    // Center everything vertically.
    int y = std::max(0, (height() - side - rest) / 2);
    m_title->setGeometry(0, y, width(), titleHeight);
    y += titleHeight + kGap;
    m_choices->setGeometry(0, y, width(), kChoicesHeight);
    y += kChoicesHeight + kGap;
    m_map->setGeometry((width() - side) / 2, y, side, side);
    y += side + kGap;
    m_legend->setGeometry((width() - legend.width()) / 2, y, legend.width(), legend.height());
    m_waiting->setGeometry(0, y, width(), legend.height());
    y += legend.height() + kGap;
    m_sentence->setGeometry(0, y, width(), sentenceHeight);
}

} // namespace ui
