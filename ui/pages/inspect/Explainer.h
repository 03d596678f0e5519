// Asks for all explanations that there are of an answer, one after the other: Grad-CAM only of a network with
// a convolution. Of two questions the newer wins, but
// where only the weights are others, as while a training is followed, the three of before are finished first:
// else the slowest would never come.
#pragma once

#include "core/inspection/InspectionService.h"
#include "ui/pages/inspect/ExplainedScores.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <optional>

namespace ui
{

/// In which ways the answers of a network can be explained.
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
    /// explained() follows for each of kindsOf() the model, or failed().
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
