// Reads the files of a run: whether they are sound, and what is left of a run where they are not. Slow enough
// to be kept off the GUI thread.
#pragma once

#include "core/runs/RunStore.h"
#include "engine/storage/CheckpointFile.h"

namespace core
{

/// Reads all files that the run has. A run that is being trained is not looked at: its files change.
RunDamage checkRun(const RunInfo& run);

/// The training in `folder`. Where its state is damaged and its weights are sound, what their description
/// says of it: recipe and epochs, no batches, and it cannot be resumed. Fails as readCheckpoint() where neither
/// is.
engine::Result<engine::Checkpoint> readRun(const QString& folder);

/// The error for a run whose folder is gone or empty, in the same words wherever it is wanted.
engine::Error missingFiles(const RunInfo& run);

} // namespace core
