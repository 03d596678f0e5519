// Checks whether the files of a run are intact, and reads what is left of a damaged run. Slow; do not call on
// the GUI thread.
#pragma once

#include "core/runs/RunStore.h"
#include "engine/storage/CheckpointFile.h"

namespace core
{

/// Reads all files of the run. Skips a run that is being trained, because its files change.
RunDamage checkRun(const RunInfo& run);

/// Reads the run in `folder`. If the checkpoint is damaged but the weights are intact, returns recipe and
/// epochs from their description, without batches; such a run cannot be resumed. Fails as readCheckpoint() if
/// neither is readable.
engine::Result<engine::Checkpoint> readRun(const QString& folder);

/// The error for a run whose folder is gone or empty, or that had not begun; the same text everywhere.
engine::Error missingFiles(const RunInfo& run);

} // namespace core
