#include "core/evaluation/EvaluationService.h"

#include "core/runs/FolderLock.h"
#include "engine/storage/PredictionsFile.h"
#include "engine/storage/SavedModel.h"

namespace core
{
namespace
{

const char* nameInFile(SplitKind kind)
{
    return kind == SplitKind::Test ? "test" : kind == SplitKind::Validation ? "validation" : "train";
}

/// The predictions stored with the run, if they match these weights and images.
std::optional<engine::StoredPredictions> keptPredictions(const QString& folder, const EvaluatedSplit& split,
                                                         const engine::DatasetSplits& data)
{
    auto kept = engine::readPredictions(folder.toStdString(), engine::boundsOf(data));
    // A file that cannot be read is recomputed like a missing one.
    if (!kept || kept->datasetId != split.datasetId.toStdString() ||
        kept->weightsChecksum != engine::weightsChecksum(split.model))
        return std::nullopt;
    return std::move(*kept);
}

/// Stores predictions with the run. Not while the run is being trained, when the file belongs to the
/// recorder. A failure is ignored; the predictions are then recomputed next time.
void keep(const QString& folder, std::optional<engine::StoredPredictions> kept, const EvaluatedSplit& split)
{
    if (FolderLock::isHeld(folder))
        return;
    if (!kept) {
        kept.emplace();
        kept->datasetId = split.datasetId.toStdString();
        kept->weightsChecksum = engine::weightsChecksum(split.model);
    }
    kept->splits[nameInFile(split.kind)] = {split.evaluation, split.labels};
    if (split.kind == SplitKind::Test)
        kept->testEpochs.clear(); // these belong to other images
    (void)engine::writePredictions(folder.toStdString(), *kept);
}

} // namespace

engine::Result<std::shared_ptr<const EvaluatedSplit>>
evaluateRun(const EvaluationRequest& request, const std::stop_token& stop, const TaskProgress& progress)
{
    const auto checkpoint = engine::readSavedModel(request.runFolder.toStdString());
    if (!checkpoint)
        return tl::unexpected(checkpoint.error());
    auto chosen = chooseSplit(request.kind, *checkpoint, request.dataset->splits);
    if (!chosen)
        return tl::unexpected(chosen.error());
    auto split = std::make_shared<EvaluatedSplit>(std::move(*chosen));
    split->runFolder = request.runFolder;

    auto kept = keptPredictions(request.runFolder, *split, request.dataset->splits);
    const auto found = kept ? kept->splits.find(nameInFile(split->kind)) : decltype(kept->splits.begin())();
    if (kept && found != kept->splits.end() && found->second.labels == split->labels) {
        if (split->kind == SplitKind::Test)
            split->epochs = std::move(kept->testEpochs);
        setEvaluation(*split, std::move(found->second.evaluation));
        return split;
    }
    auto evaluation = engine::evaluate(
        split->model, split->images, request.device, request.threads, stop,
        [&](std::size_t done) {
            if (progress)
                progress(done, split->size());
        },
        split->indices);
    if (!evaluation)
        return tl::unexpected(evaluation.error());
    setEvaluation(*split, std::move(*evaluation));
    keep(request.runFolder, std::move(kept), *split);
    return split;
}

EvaluationService::EvaluationService(QObject* parent) : QObject(parent) {}

void EvaluationService::evaluate(const EvaluationRequest& request)
{
    m_task.start([request](const std::stop_token& stop,
                           const TaskProgress& progress) { return evaluateRun(request, stop, progress); },
                 [this](const engine::Result<std::shared_ptr<const EvaluatedSplit>>& result) {
                     if (result)
                         Q_EMIT evaluated(*result);
                     else if (result.error().code == engine::ErrorCode::Cancelled)
                         Q_EMIT cancelled();
                     else
                         Q_EMIT failed(result.error());
                 },
                 [this](std::size_t done, std::size_t total) { Q_EMIT progressed(done, total); });
}

} // namespace core
