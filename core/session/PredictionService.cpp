#include "core/session/PredictionService.h"

namespace core
{

PredictionService::PredictionService(QObject* parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

PredictionService::~PredictionService()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void PredictionService::classify(std::shared_ptr<const engine::ModelSnapshot> model,
                                 std::vector<std::uint8_t> pixels)
{
    const std::uint64_t request = ++m_newestRequest;
    m_pool.start([this, request, model = std::move(model), pixels = std::move(pixels)] {
        if (request != m_newestRequest)
            return;
        auto result = engine::Classifier::create(*model).and_then(
            [&](engine::Classifier classifier) { return classifier.classify(pixels); });
        QMetaObject::invokeMethod(
            this,
            [this, request, result = std::move(result)] {
                if (request != m_newestRequest)
                    return;
                if (result)
                    Q_EMIT classified(*result);
                else
                    Q_EMIT failed(result.error());
            },
            Qt::QueuedConnection);
    });
}

} // namespace core
