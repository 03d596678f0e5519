// Asks for all three explanations of an answer, one after the other. Of two questions the newer wins, but
// where only the weights are others, as while a training is followed, the three of before are finished first:
// else the slowest would never come.
#pragma once

#include "core/inspection/InspectionService.h"

#include <QObject>
#include <optional>

namespace ui
{

class Explainer : public QObject
{
    Q_OBJECT
public:
    /// `service` must outlive this, and answer nobody else's questions.
    explicit Explainer(core::InspectionService& service, QObject* parent = nullptr);

    /// explained() follows three times, or failed().
    void explain(core::ModelPointer model, std::vector<std::uint8_t> pixels, int classIndex);

Q_SIGNALS:
    void explained(std::shared_ptr<const engine::AttributionMap> map);
    void failed(const engine::Error& error);

private:
    struct Question {
        core::ModelPointer model;
        std::vector<std::uint8_t> pixels;
        int classIndex = 0;
    };

    void start(Question question);
    void askNext();

    core::InspectionService& m_service;
    Question m_question;
    std::vector<engine::AttributionKind> m_open; ///< the next one last
    bool m_isBusy = false;
    std::optional<Question> m_waiting;
};

} // namespace ui
