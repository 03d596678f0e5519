#include "ui/pages/inspect/Explainer.h"

namespace ui
{

Explainer::Explainer(core::InspectionService& service, QObject* parent) : QObject(parent), m_service(service)
{
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
    m_isBusy = true;
    m_open = {engine::AttributionKind::Occlusion, engine::AttributionKind::InputGradient,
              engine::AttributionKind::GradCam}; // the fastest first
    askNext();
}

void Explainer::askNext()
{
    if (m_open.empty()) {
        m_isBusy = false;
        if (m_waiting)
            start(Question(*m_waiting));
        return;
    }
    core::AttributionQuestion question;
    question.kind = m_open.back();
    question.classIndex = m_question.classIndex;
    m_open.pop_back();
    m_service.explain(m_question.model, m_question.pixels, question);
}

} // namespace ui
