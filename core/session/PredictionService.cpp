#include "core/session/PredictionService.h"

namespace core
{

PredictionService::PredictionService(QObject* parent) : QObject(parent) {}

void PredictionService::classify(std::shared_ptr<const engine::ModelSnapshot> model,
                                 std::vector<std::uint8_t> pixels)
{
    m_task.start(
        [model = std::move(model), pixels = std::move(pixels)] {
            return engine::Classifier::create(*model).and_then(
                [&](engine::Classifier classifier) { return classifier.classify(pixels); });
        },
        [this](const engine::Result<std::vector<engine::Classification>>& result) {
            if (result)
                Q_EMIT classified(*result);
            else
                Q_EMIT failed(result.error());
        });
}

} // namespace core
