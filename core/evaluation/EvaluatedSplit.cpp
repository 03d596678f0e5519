#include "core/evaluation/EvaluatedSplit.h"

#include "engine/storage/SavedModel.h"
#include "engine/training/TrainingData.h"

#include <QCoreApplication>

namespace core
{
namespace
{

const char* noImagesMessage(SplitKind kind, bool isItsOwn)
{
    if (kind != SplitKind::Validation)
        return "There are no images to evaluate.";
    return isItsOwn
               ? "This run held no images back for validation; the validation share is set before training."
               : "These weights were not trained on this data set, or do not record it, so they held no "
                 "images "
                 "back for validation.";
}

} // namespace

QString imagesName(SplitKind kind)
{
    const char* name = kind == SplitKind::Test         ? QT_TRANSLATE_NOOP("core", "test images")
                       : kind == SplitKind::Validation ? QT_TRANSLATE_NOOP("core", "validation images")
                                                       : QT_TRANSLATE_NOOP("core", "training images");
    return QCoreApplication::translate("core", name);
}

engine::Result<EvaluatedSplit> chooseSplit(SplitKind kind, const engine::SavedModel& run,
                                           const engine::DatasetSplits& data)
{
    EvaluatedSplit split;
    split.datasetId = QString::fromStdString(data.id);
    split.datasetTitle = QString::fromStdString(data.title);
    for (const std::string& name : data.classNames)
        split.classNames << QString::fromStdString(name);
    split.kind = kind;
    split.model = run.model;
    const bool isItsOwn = run.record && run.record->datasetId == data.id;
    if (kind == SplitKind::Test) {
        split.images = data.test;
        split.labels.assign(data.test.labels().begin(), data.test.labels().end());
    } else {
        const engine::TrainingConfig config = isItsOwn ? run.record->config : engine::TrainingConfig();
        split.images = data.train;
        engine::ValidationSplit parts = splitFor(config, trainingImages(config, data));
        split.indices = std::move(kind == SplitKind::Validation ? parts.validation : parts.train);
        for (const std::uint32_t index : split.indices)
            split.labels.push_back(data.train.label(index));
    }
    if (split.labels.empty())
        return engine::failure(engine::ErrorCode::BadValue, noImagesMessage(kind, isItsOwn));
    return split;
}

void setEvaluation(EvaluatedSplit& split, engine::Evaluation evaluation)
{
    split.evaluation = std::move(evaluation);
    split.scores = engine::scoreSamples(split.evaluation, split.labels);
    split.metrics = engine::metricsOf(split.evaluation, split.labels);
}

} // namespace core
