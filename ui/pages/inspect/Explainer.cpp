#include "ui/pages/inspect/Explainer.h"

namespace ui
{

Explainer::Explainer(core::InspectionService& service, QObject* parent) : QObject(parent), m_service(service)
{
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, &Explainer::goOn);
    connect(&service, &core::InspectionService::explained, this,
            [this](const std::shared_ptr<const engine::AttributionMap>& map) {
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
        goOn();
    }
}

void Explainer::explain(core::ModelPointer model, std::vector<std::uint8_t> pixels, int classIndex)
{
    Question question{std::move(model), std::move(pixels), classIndex};
    const bool isOfOtherWeights =
        m_isBusy && question.pixels == m_question.pixels && question.classIndex == m_question.classIndex;
    if (isOfOtherWeights)
        m_waiting = std::move(question);
    else
        start(std::move(question));
}

void Explainer::start(Question question)
{
    m_question = std::move(question);
    m_waiting.reset();
    m_rest.stop();
    m_sinceStart.start();
    m_isBusy = true;
    m_open = {engine::AttributionKind::Occlusion, engine::AttributionKind::InputGradient,
              engine::AttributionKind::GradCam}; // the fastest first
    askNext();
}

void Explainer::askNext()
{
    if (m_open.empty())
        return rest();
    core::AttributionQuestion question;
    question.kind = m_open.back();
    question.classIndex = m_question.classIndex;
    question.threads = m_isSparing ? 1 : 0;
    m_open.pop_back();
    m_service.explain(m_question.model, m_question.pixels, question);
}

void Explainer::rest()
{
    constexpr int kRestsPerWork = 9; // a tenth of one thread is what it may cost
    if (m_isSparing)
        m_rest.start(static_cast<int>(kRestsPerWork * m_sinceStart.elapsed()));
    else
        goOn();
}

void Explainer::goOn()
{
    m_isBusy = false;
    if (m_waiting)
        start(Question(*m_waiting));
}

} // namespace ui
