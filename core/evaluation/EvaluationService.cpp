#include "core/evaluation/EvaluationService.h"

#include "core/runs/FolderLock.h"
#include "engine/storage/Checkpoint.h"
#include "engine/storage/PredictionsFile.h"
#include "engine/training/TrainingData.h"

#include <QElapsedTimer>

namespace core
{
namespace
{

const char* nameInFile(SplitKind kind)
{
    return kind == SplitKind::Test ? "test" : kind == SplitKind::Validation ? "validation" : "train";
}

engine::Result<void> chooseImages(EvaluatedSplit& split, const engine::TrainingConfig& config,
                                  const engine::DatasetSplits& data)
{
    if (split.kind == SplitKind::Test) {
        split.images = data.test;
        split.labels.assign(data.test.labels().begin(), data.test.labels().end());
    } else {
        split.images = data.train;
        engine::ValidationSplit parts = splitFor(config, trainingImages(config, data));
        split.indices = std::move(split.kind == SplitKind::Validation ? parts.validation : parts.train);
        for (const std::uint32_t index : split.indices)
            split.labels.push_back(data.train.label(index));
    }
    if (!split.labels.empty())
        return {};
    return engine::failure(engine::ErrorCode::BadValue, split.kind == SplitKind::Validation
                                                            ? "This run held no images back for validation."
                                                            : "There are no images to evaluate.");
}

/// What is kept with the run, where it is of these weights and images.
std::optional<engine::StoredPredictions> keptPredictions(const QString& folder, const EvaluatedSplit& split)
{
    auto kept = engine::readPredictions(folder.toStdString());
    // A file that cannot be read is made anew, as one that is not there.
    if (!kept || kept->datasetId != split.datasetId.toStdString() ||
        kept->weightsChecksum != engine::weightsChecksum(split.model))
        return std::nullopt;
    return std::move(*kept);
}

/// Not while the run is being trained, when it is the recorder's file. What cannot be kept is computed again
/// the next time.
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
    (void)engine::writePredictions(folder.toStdString(), *kept);
}

} // namespace

engine::Result<std::shared_ptr<const EvaluatedSplit>> evaluateRun(const EvaluationRequest& request,
                                                                  const engine::TrainingControl& control,
                                                                  const engine::EvaluationProgress& progress)
{
    const auto checkpoint = engine::readCheckpoint(request.runFolder.toStdString());
    if (!checkpoint)
        return tl::unexpected(checkpoint.error());
    const engine::DatasetSplits& data = request.dataset->splits;
    auto split = std::make_shared<EvaluatedSplit>();
    split->runFolder = request.runFolder;
    split->datasetId = QString::fromStdString(data.id);
    split->datasetTitle = QString::fromStdString(data.title);
    for (const std::string& name : data.classNames)
        split->classNames << QString::fromStdString(name);
    split->kind = request.kind;
    split->model = checkpoint->model;
    const engine::TrainingConfig config =
        checkpoint->record ? checkpoint->record->config : engine::TrainingConfig();
    if (auto chosen = chooseImages(*split, config, data); !chosen)
        return tl::unexpected(chosen.error());

    auto kept = keptPredictions(request.runFolder, *split);
    const auto found = kept ? kept->splits.find(nameInFile(split->kind)) : decltype(kept->splits.begin())();
    if (kept && found != kept->splits.end() && found->second.labels == split->labels) {
        split->evaluation = std::move(found->second.evaluation);
        if (split->kind == SplitKind::Test)
            split->epochs = std::move(kept->testEpochs);
    } else {
        auto evaluation = engine::evaluate(split->model, split->images, request.device, request.threads,
                                           &control, progress, split->indices);
        if (!evaluation)
            return tl::unexpected(evaluation.error());
        split->evaluation = std::move(*evaluation);
        if (split->kind == SplitKind::Test && kept)
            split->epochs = kept->testEpochs;
        keep(request.runFolder, std::move(kept), *split);
    }
    split->scores = engine::scoreSamples(split->evaluation, split->labels);
    split->figures = engine::figuresOf(split->evaluation, split->labels);
    return split;
}

EvaluationService::EvaluationService(QObject* parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

EvaluationService::~EvaluationService()
{
    if (m_control)
        m_control->requestStop();
    m_pool.clear();
    m_pool.waitForDone();
}

void EvaluationService::cancel()
{
    if (m_control)
        m_control->requestStop();
}

void EvaluationService::evaluate(const EvaluationRequest& request)
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
        const std::size_t total = request.kind == SplitKind::Test ? request.dataset->splits.test.size()
                                                                  : request.dataset->splits.train.size();
        QElapsedTimer sinceReport;
        sinceReport.start();
        auto result = evaluateRun(request, *control, [&](std::size_t done) {
            if (sinceReport.elapsed() < kMillisecondsBetweenReports)
                return;
            sinceReport.restart();
            post([this, done, total] { Q_EMIT progressed(done, total); });
        });
        post([this, result = std::move(result)] {
            m_control.reset();
            if (result)
                Q_EMIT evaluated(*result);
            else if (result.error().code == engine::ErrorCode::Cancelled)
                Q_EMIT cancelled();
            else
                Q_EMIT failed(result.error());
        });
    });
}

} // namespace core
