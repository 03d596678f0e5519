#include "core/evaluation/NearestImagesService.h"

#include "engine/storage/SavedModel.h"
#include "engine/training/TrainingData.h"

#include <algorithm>

namespace core
{

engine::Result<std::vector<engine::NearImage>> findNearestTrainingImages(const NearestRequest& request,
                                                                         const std::stop_token& stop,
                                                                         const TaskProgress& progress)
{
    const EvaluatedSplit& split = *request.split;
    const engine::DatasetSplits& data = request.dataset->splits;
    const auto checkpoint = engine::readSavedModel(split.runFolder.toStdString());
    if (!checkpoint)
        return tl::unexpected(checkpoint.error());
    const engine::TrainingConfig config =
        checkpoint->record ? checkpoint->record->config : engine::TrainingConfig();
    const std::vector<std::uint32_t> trained = splitFor(config, trainingImages(config, data)).train;

    const std::uint32_t index = split.indexOf(request.position);
    const bool isAmongThem = split.kind == SplitKind::Train;
    auto nearest = engine::nearestImages(
        split.model, split.images.image(index), data.train, request.count + (isAmongThem ? 1 : 0),
        request.threads, stop,
        [&](std::size_t done) {
            if (progress)
                progress(done, trained.size());
        },
        trained);
    if (nearest && isAmongThem) {
        std::erase_if(*nearest, [&](const engine::NearImage& image) { return image.index == index; });
        nearest->resize(std::min(nearest->size(), request.count));
    }
    return nearest;
}

NearestImagesService::NearestImagesService(QObject* parent) : QObject(parent) {}

void NearestImagesService::find(const NearestRequest& request)
{
    m_task.start(
        [request](const std::stop_token& stop, const TaskProgress& progress) {
            return findNearestTrainingImages(request, stop, progress);
        },
        [this](const engine::Result<std::vector<engine::NearImage>>& result) {
            if (result)
                Q_EMIT found(*result);
            else
                Q_EMIT failed(result.error());
        },
        [this](std::size_t done, std::size_t total) { Q_EMIT progressed(done, total); });
}

} // namespace core
