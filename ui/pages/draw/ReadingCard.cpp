#include "ui/pages/draw/ReadingCard.h"

#include "ui/models/DrawingText.h"
#include "ui/style/TextRole.h"
#include "ui/views/ProbabilityBars.h"

#include <QLabel>
#include <QVBoxLayout>

namespace ui
{

ReadingCard::ReadingCard(QWidget* parent)
    : Card({}, parent),
      m_lead(new QLabel(this)),
      m_name(new QLabel(this)),
      m_milliseconds(new QLabel(this)),
      m_detail(new QLabel(this)),
      m_bars(new ProbabilityBars(this))
{
    m_lead->setObjectName(QStringLiteral("verdictLead"));
    setTextRole(m_lead, TextRole::Title);
    m_name->setObjectName(QStringLiteral("verdictName"));
    m_name->setProperty("role", QLatin1String("verdict"));
    m_milliseconds->setObjectName(QStringLiteral("verdictMilliseconds"));
    m_milliseconds->setToolTip(tr("Time to normalize and classify the drawing"));
    setTextRole(m_milliseconds, TextRole::Small);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_lead);
    line->addWidget(m_name);
    line->addStretch();
    line->addWidget(m_milliseconds);
    m_detail->setObjectName(QStringLiteral("verdictDetail"));
    m_detail->setWordWrap(true);
    setTextRole(m_detail, TextRole::Small);
    m_bars->setObjectName(QStringLiteral("drawingBars"));

    body()->addLayout(line);
    body()->addWidget(m_detail);
    body()->addWidget(m_bars, 1);
    setReading(nullptr);
}

void ReadingCard::setModel(std::shared_ptr<const core::TrainedModel> model)
{
    const bool readNone = m_model && !canReadDrawings(*m_model);
    m_model = std::move(model);
    m_bars->setProbabilities({}, m_model ? m_model->classNames : QStringList());
    if (readNone || (m_model && !canReadDrawings(*m_model)))
        setReading(nullptr);
}

void ReadingCard::setReading(std::shared_ptr<const core::DrawingReading> reading)
{
    const QStringList names = m_model ? m_model->classNames : QStringList();
    m_shown = std::move(reading);
    if (m_model && !canReadDrawings(*m_model)) {
        m_shown.reset();
        m_bars->setProbabilities({}, names);
        showVerdict(tr("This model cannot classify drawings"), {}, whyNoDrawings(*m_model));
        return showDetail();
    }
    if (!m_shown || !m_shown->classification) {
        m_shown.reset();
        m_bars->setProbabilities({}, names);
        showVerdict(tr("Nothing drawn yet"), {}, tr("Predictions update while you draw."));
        return showDetail();
    }
    const std::vector<float>& probabilities = m_shown->classification->probabilities;
    m_bars->setProbabilities(probabilities, names);
    if (const auto topTwo = topTwoOf(probabilities)) {
        showVerdict(verdictLead(*topTwo, names), names.value(topTwo->first), verdictDetail(*topTwo, names));
    } else {
        showVerdict(tr("The network's output is NaN"), {},
                    tr("Its training diverged. Train again with a lower learning rate."));
    }
}

void ReadingCard::showProblem(const QString& message)
{
    m_shown.reset();
    m_bars->setProbabilities({}, m_model ? m_model->classNames : QStringList());
    showVerdict(tr("Cannot classify this"), {}, message);
    showDetail();
}

void ReadingCard::showVerdict(const QString& lead, const QString& name, const QString& words)
{
    m_lead->setText(lead);
    m_name->setText(name);
    m_words = words;
}

void ReadingCard::showDetail()
{
    m_detail->setText(m_words);
    m_milliseconds->setText(m_shown ? tr("%1 ms").arg(m_shown->milliseconds, 0, 'f', 1) : QString());
}

} // namespace ui
