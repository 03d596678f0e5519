#include "core/runs/RunCheck.h"

#include "core/runs/RunFiles.h"
#include "core/runs/RunSignature.h"
#include "engine/storage/SavedModel.h"

#include <QDir>
#include <QFileInfo>
#include <QStringList>

namespace core
{
namespace
{

engine::Checkpoint trainingOf(const engine::SavedModel& checkpoint)
{
    const engine::TrainingRecord& record = *checkpoint.record;
    engine::Checkpoint training;
    training.state.config = record.config;
    training.state.model = checkpoint.model.spec;
    training.state.epochs = record.epochs;
    training.state.epoch = static_cast<int>(record.epochs.size()) + 1;
    training.state.parameters = engine::flatWeights(checkpoint.model);
    training.origin = {record.datasetId, record.datasetTitle, record.classNames};
    training.canResume = false;
    return training;
}

} // namespace

RunDamage checkRun(const RunInfo& run)
{
    if (run.state == RunInfo::State::Running)
        return {};
    if (!run.hasBegun)
        return {{}, false, false, false};
    if (!run.isFolderThere) {
        return {QStringLiteral("%1: the folder is gone, or holds no run")
                    .arg(QDir::toNativeSeparators(run.folder)),
                false, false, false};
    }
    const std::string folder = run.folder.toStdString();
    const auto training = engine::readCheckpoint(folder);
    const auto model = engine::readSavedModel(folder);
    QStringList problems;
    if (!training)
        problems << QString::fromStdString(training.error().message);
    // The weights are first written at the end of the first epoch; before that they are not missing.
    const bool areNoneDue = training && training->state.epochs.empty() && !model &&
                            model.error().code == engine::ErrorCode::NotFound;
    const QString description = QDir(run.folder).filePath(QLatin1String(kDescriptionFileName));
    const bool isMissing =
        model ? !QFileInfo::exists(description) : model.error().code == engine::ErrorCode::NotFound;
    const bool isCutShort = run.state == RunInfo::State::Interrupted || run.state == RunInfo::State::Failed;
    if (training && isCutShort && isMissing && !areNoneDue)
        return {{}, true, model.has_value(), true};
    if (!model && !areNoneDue)
        problems << QString::fromStdString(model.error().message);
    else if (model && (!model->record || !hasDescriptionOfRun(run.folder)))
        problems << QStringLiteral("%1: expected the JSON description of the weights.")
                        .arg(QDir::toNativeSeparators(description));
    return {problems.join(QLatin1Char('\n')), training.has_value(), model.has_value(), false};
}

engine::Result<engine::Checkpoint> readRun(const QString& folder)
{
    auto training = engine::readCheckpoint(folder.toStdString());
    if (training)
        return training;
    const auto model = engine::readSavedModel(folder.toStdString());
    if (model && model->record)
        return trainingOf(*model);
    return training;
}

engine::Error missingFiles(const RunInfo& run)
{
    if (!run.hasBegun) {
        return {engine::ErrorCode::NotFound, run.folder.toStdString() + ": run " +
                                                 std::to_string(run.number) +
                                                 " had not begun: it ended before its first checkpoint."};
    }
    return {engine::ErrorCode::NotFound,
            run.folder.toStdString() + ": the files of run " + std::to_string(run.number) + " are missing."};
}

} // namespace core
