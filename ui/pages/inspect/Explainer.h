// Computes all attribution maps of a prediction, one after the other; Grad-CAM only for networks with a
// convolution. Of two requests the latest wins; but if only the weights differ, as while following a
// training, the previous maps are finished first: otherwise the slowest would never be ready.
#pragma once

#include "core/inspection/InspectionService.h"
#include "ui/pages/inspect/ExplainedScores.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <cstdint>
#include <optional>

namespace ui
{

/// The attribution methods that work for a network.
std::vector<engine::AttributionKind> kindsOf(const engine::NetworkSpec& spec);

class Explainer : public QObject
{
    Q_OBJECT
public:
    struct Question {
        core::ModelPointer model;
        std::vector<std::uint8_t> pixels;
        int classIndex = 0;
        ExplainedScores scores;
    };

    /// `service` must outlive this and must not be used by others.
    explicit Explainer(core::InspectionService& service, QObject* parent = nullptr);

    /// During a training, which must not be slowed down: uses one thread, and pauses between explanations
    /// that differ only in the weights.
    void setSparing(bool isSparing);
    /// Emits explained() for each of the model's kindsOf(), or failed().
    void explain(Question question);
    /// Like explain(), if only the settings of this method have changed.
    void explainAgain(engine::AttributionKind kind, Question question);
    /// Cancels all requests.
    void stop();

Q_SIGNALS:
    /// Progress of an occlusion, which takes long in a large network.
    void progressed(std::size_t done, std::size_t total);
    void explained(std::shared_ptr<const engine::AttributionMap> map);
    void failed(const engine::Error& error);

private:
    void start(Question question);
    void start(Question question, std::vector<engine::AttributionKind> kinds);
    void askNext();
    void rest();
    void explainWaiting();

    core::InspectionService& m_service;
    Question m_question;
    std::vector<engine::AttributionKind> m_open; ///< not finished yet; the last one is in progress
    bool m_isBusy = false;
    std::optional<Question> m_waiting;
    bool m_isSparing = false;
    QElapsedTimer m_sinceStart;
    QTimer m_rest;
};

} // namespace ui
