// Exports and deletes the files of a run.
#pragma once

#include "core/runs/RunStore.h"

namespace core
{

/// Copies the weights to `folder`, which is created if missing, and writes the metrics as CSV files. Returns
/// the file names: "weights.pt, weights.json, epochs.csv, batches.csv"; CSV files are omitted if their data
/// is damaged. Errors: CannotWrite, and as readSavedModel() if the weights are missing or damaged.
engine::Result<QString> exportRun(const RunInfo& run, const QString& folder);

/// Removes temporary files that a killed program left in a run's folder. Call only while holding the folder's
/// lock.
void removeLeftovers(const QString& folder);

/// Deletes a run's files and its entry in the list. Other files in the folder are kept, and so is the folder.
/// Errors: BadValue if the run is being trained, and CannotWrite.
engine::Result<void> deleteRun(const RunInfo& run, const QString& runsFolder);

} // namespace core
