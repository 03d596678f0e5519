#include "core/inspection/InspectionService.h"

namespace core
{
namespace
{

engine::Result<engine::AttributionMap> attributionOf(const engine::ModelSnapshot& model,
                                                     std::span<const std::uint8_t> pixels,
                                                     const AttributionQuestion& question,
                                                     const std::stop_token& stop,
                                                     const engine::AttributionProgress& progress)
{
    switch (question.kind) {
    case engine::AttributionKind::GradCam:
        return engine::gradCam(model, pixels, question.classIndex);
    case engine::AttributionKind::InputGradient:
        return engine::inputGradient(model, pixels, question.classIndex, question.score);
    default:
        return engine::occlusionMap(model, pixels, question.classIndex, question.occlusion, question.threads,
                                    stop, progress);
    }
}

/// Moves a value to the heap so that several views can share it.
template<typename T>
engine::Result<std::shared_ptr<const T>> shared(engine::Result<T> result)
{
    return std::move(result).map([](T&& value) { return std::make_shared<const T>(std::move(value)); });
}

} // namespace

InspectionService::InspectionService(QObject* parent) : QObject(parent) {}

InspectionService::~InspectionService()
{
    forgetAll(); // cancel all before waiting for the first
}

void InspectionService::activate(ModelPointer model, std::vector<std::uint8_t> pixels)
{
    m_activation.start(
        [model = std::move(model), pixels = std::move(pixels)] {
            return shared(engine::activationsOf(*model, pixels).map([&](engine::Activations&& found) {
                return InspectedImage{model, std::move(found)};
            }));
        },
        [this](const engine::Result<std::shared_ptr<const InspectedImage>>& result) {
            if (result)
                Q_EMIT activated(*result);
            else
                Q_EMIT activationFailed(result.error());
        });
}

void InspectionService::explain(ModelPointer model, std::vector<std::uint8_t> pixels,
                                const AttributionQuestion& question)
{
    m_explanation.start(
        [model = std::move(model), pixels = std::move(pixels), question](const std::stop_token& stop,
                                                                         const TaskProgress& progress) {
            return shared(attributionOf(*model, pixels, question, stop, progress));
        },
        [this](const engine::Result<std::shared_ptr<const engine::AttributionMap>>& result) {
            if (result)
                Q_EMIT explained(*result);
            else
                Q_EMIT explanationFailed(result.error());
        },
        [this](std::size_t done, std::size_t total) { Q_EMIT explanationProgressed(done, total); });
}

void InspectionService::findTopImages(ModelPointer model, const engine::Dataset& images, int threads)
{
    m_search.start(
        [model = std::move(model), images, threads](const std::stop_token& stop,
                                                    const TaskProgress& progress) {
            constexpr std::size_t kImages = 9;
            return shared(
                engine::topActivatingImages(*model, images, kImages, threads, stop,
                                            [&](std::size_t done) { progress(done, images.size()); }));
        },
        [this](const engine::Result<std::shared_ptr<const std::vector<engine::LayerTopImages>>>& result) {
            if (result)
                Q_EMIT topImagesFound(*result);
            else if (result.error().code == engine::ErrorCode::Cancelled)
                Q_EMIT topImagesCancelled();
            else
                Q_EMIT topImagesFailed(result.error());
        },
        [this](std::size_t done, std::size_t total) { Q_EMIT topImagesProgressed(done, total); });
}

void InspectionService::forgetAll()
{
    for (LatestTask* task : {&m_activation, &m_explanation, &m_search})
        task->forget();
}

} // namespace core
