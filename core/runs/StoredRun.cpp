#include "core/runs/StoredRun.h"

#include "core/runs/RunCheck.h"
#include "engine/storage/SavedModel.h"

namespace core
{
namespace
{

/// A program that was killed at the very end of a training has left the last checkpoint, but not the weights
/// that belong to it.
bool hasItsWeights(const std::string& folder, const engine::TrainingState& state)
{
    const auto saved = engine::readSavedModel(folder);
    return saved && saved->record && saved->record->epochs.size() == state.epochs.size() &&
           !saved->record->isStopped;
}

} // namespace

engine::Result<StoredRun> readStoredRun(const QString& folder)
{
    const std::string path = folder.toStdString();
    StoredRun run;
    run.folder = folder;
    auto training = engine::readCheckpoint(path);
    if (!training) {
        run.damage = training.error();
        training = readRun(folder);
    }
    if (!training)
        return tl::unexpected(training.error());
    if (!run.damage) {
        const bool isComplete = isEnded(training->state) && hasItsWeights(path, training->state);
        run.continuation = isComplete ? Continuation::Extend : Continuation::Resume;
    }
    run.model = std::make_shared<const engine::ModelSnapshot>(
        engine::snapshotOf(training->state.model, keptParameters(training->state)));
    run.training = std::move(*training);
    return run;
}

} // namespace core
