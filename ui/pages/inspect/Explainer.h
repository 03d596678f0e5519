// Asks for all three explanations of an answer, one after the other. Of two questions the newer wins, but
// where only the weights are others, as while a training is followed, the three of before are finished first:
// else the slowest would never come.
#pragma once

#include "core/inspection/InspectionService.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <optional>

namespace ui
{

class Explainer : public QObject
{
    Q_OBJECT
public:
    /// `service` must outlive this, and answer nobody else's questions.
    explicit Explainer(core::InspectionService& service, QObject* parent = nullptr);

    /// Beside a training, which shall not be held up: on one thread, and with rests in which nothing is
    /// explained for other weights alone.
    void setSparing(bool isSparing);
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
    void rest();
    void goOn();

    core::InspectionService& m_service;
    Question m_question;
    std::vector<engine::AttributionKind> m_open; ///< the next one last
    bool m_isBusy = false;
    std::optional<Question> m_waiting;
    bool m_isSparing = false;
    QElapsedTimer m_sinceStart;
    QTimer m_rest;
};

} // namespace ui
