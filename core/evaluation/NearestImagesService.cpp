#include "core/evaluation/NearestImagesService.h"

#include "engine/storage/Checkpoint.h"
#include "engine/training/TrainingData.h"

#include <QElapsedTimer>
#include <algorithm>

namespace core
{

engine::Result<std::vector<engine::NearImage>>
findNearestTrainingImages(const NearestRequest& request, const engine::TrainingControl& control,
                          const SearchProgress& progress)
{
    const EvaluatedSplit& split = *request.split;
    const engine::DatasetSplits& data = request.dataset->splits;
    const auto checkpoint = engine::readCheckpoint(split.runFolder.toStdString());
    if (!checkpoint)
        return tl::unexpected(checkpoint.error());
    const engine::TrainingConfig config =
        checkpoint->record ? checkpoint->record->config : engine::TrainingConfig();
    const std::vector<std::uint32_t> trained = splitFor(config, trainingImages(config, data)).train;

    const std::uint32_t index = split.indexOf(request.position);
    const bool isAmongThem = split.kind == SplitKind::Train;
    auto nearest = engine::nearestImages(
        split.model, split.images.image(index), data.train, request.count + (isAmongThem ? 1 : 0),
        request.threads, &control,
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

NearestImagesService::NearestImagesService(QObject* parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

NearestImagesService::~NearestImagesService()
{
    cancel();
    m_pool.clear();
    m_pool.waitForDone();
}

void NearestImagesService::cancel()
{
    if (m_control)
        m_control->requestStop();
    m_control.reset();
}

void NearestImagesService::find(const NearestRequest& request)
{
    cancel();
    m_control = std::make_shared<engine::TrainingControl>();
    m_pool.start([this, request, control = m_control] {
        constexpr qint64 kMillisecondsBetweenReports = 50;
        const auto post = [this, control](auto action) {
            QMetaObject::invokeMethod(
                this,
                [this, control, action = std::move(action)] {
                    if (control == m_control) // no newer request has come
                        action();
                },
                Qt::QueuedConnection);
        };
        if (control->isStopRequested())
            return;
        QElapsedTimer sinceReport;
        sinceReport.start();
        auto result = findNearestTrainingImages(request, *control, [&](std::size_t done, std::size_t total) {
            if (sinceReport.elapsed() < kMillisecondsBetweenReports)
                return;
            sinceReport.restart();
            post([this, done, total] { Q_EMIT progressed(done, total); });
        });
        post([this, result = std::move(result)] {
            m_control.reset();
            if (result)
                Q_EMIT found(*result);
            else
                Q_EMIT failed(result.error());
        });
    });
}

} // namespace core
