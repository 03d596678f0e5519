#include "ui/pages/inspect/Explainer.h"

#include <algorithm>
#include <array>

namespace ui
{
namespace
{

using Kind = engine::AttributionKind;

/// Processed from the back: the fastest first.
constexpr std::array kAllKinds = {Kind::Occlusion, Kind::InputGradient, Kind::GradCam};

bool areSameButForWeights(const Explainer::Question& a, const Explainer::Question& b)
{
    return a.pixels == b.pixels && a.classIndex == b.classIndex && a.scores == b.scores;
}

} // namespace

std::vector<Kind> kindsOf(const engine::NetworkSpec& spec)
{
    std::vector<Kind> kinds(kAllKinds.begin(), kAllKinds.end());
    if (engine::lastConvolutionMaps(spec) == engine::kInputImage)
        std::erase(kinds, Kind::GradCam);
    return kinds;
}

Explainer::Explainer(core::InspectionService& service, QObject* parent) : QObject(parent), m_service(service)
{
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, &Explainer::explainWaiting);
    connect(&service, &core::InspectionService::explanationProgressed, this, &Explainer::progressed);
    connect(&service, &core::InspectionService::explained, this,
            [this](const std::shared_ptr<const engine::AttributionMap>& map) {
                m_open.pop_back();
                Q_EMIT explained(map);
                askNext();
            });
    connect(&service, &core::InspectionService::explanationFailed, this, [this](const engine::Error& error) {
        m_open.clear();
        Q_EMIT failed(error);
        askNext();
    });
}

void Explainer::setSparing(bool isSparing)
{
    m_isSparing = isSparing;
    if (!isSparing && m_rest.isActive()) { // the training has ended
        m_rest.stop();
        explainWaiting();
    }
}

void Explainer::explain(Question question)
{
    if (!m_isBusy || !areSameButForWeights(question, m_question))
        start(std::move(question));
    else if (question.model != m_question.model)
        m_waiting = std::move(question);
    else
        m_waiting.reset(); // the result is on its way
}

void Explainer::explainAgain(Kind kind, Question question)
{
    const bool isOfSameAnswer = question.model == m_question.model && question.pixels == m_question.pixels &&
                                question.classIndex == m_question.classIndex;
    if (!isOfSameAnswer || m_waiting)
        return start(std::move(question));
    std::vector<Kind> kinds;
    for (const Kind each : kindsOf(question.model->spec)) {
        if (each == kind || std::ranges::find(m_open, each) != m_open.end())
            kinds.push_back(each);
    }
    start(std::move(question), std::move(kinds));
}

void Explainer::stop()
{
    m_service.forgetExplanation();
    m_open.clear();
    m_waiting.reset();
    m_rest.stop();
    m_isBusy = false;
}

void Explainer::start(Question question)
{
    std::vector<Kind> kinds = kindsOf(question.model->spec);
    start(std::move(question), std::move(kinds));
}

void Explainer::start(Question question, std::vector<Kind> kinds)
{
    m_question = std::move(question);
    m_waiting.reset();
    m_rest.stop();
    m_sinceStart.start();
    m_isBusy = true;
    m_open = std::move(kinds);
    askNext();
}

void Explainer::askNext()
{
    if (m_open.empty())
        return m_isBusy ? rest() : void();
    core::AttributionQuestion question;
    question.kind = m_open.back();
    question.classIndex = m_question.classIndex;
    question.score = m_question.scores.gradient;
    question.occlusion.score = m_question.scores.occlusion;
    question.occlusion.side = m_question.scores.side;
    question.threads = m_isSparing ? 1 : 0;
    m_service.explain(m_question.model, m_question.pixels, question);
}

void Explainer::rest()
{
    constexpr int kRestsPerWork = 9; // limits it to a tenth of one thread
    if (m_isSparing)
        m_rest.start(static_cast<int>(kRestsPerWork * m_sinceStart.elapsed()));
    else
        explainWaiting();
}

void Explainer::explainWaiting()
{
    m_isBusy = false;
    if (m_waiting)
        start(Question(*m_waiting));
}

} // namespace ui
