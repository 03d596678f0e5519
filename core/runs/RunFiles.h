// What a run leaves on disk, to be taken elsewhere or away.
#pragma once

#include "core/runs/RunStore.h"

namespace core
{

/// Copies the weights to `folder`, which is made where it is not there, and writes the figures as tables.
/// Returns the files' names: "weights.pt, weights.json, epochs.csv, batches.csv", without those tables whose
/// figures are damaged. Fails with CannotWrite, and as readSavedModel() where the weights are missing or
/// damaged.
engine::Result<QString> exportRun(const RunInfo& run, const QString& folder);

/// Removes what a program that was killed has left in a run's folder of files that it was writing. Only for
/// whoever holds the folder's lock.
void removeLeftovers(const QString& folder);

/// Deletes what training has written, and takes the run off the list. A file that somebody else put into the
/// folder stays, and the folder with it. Fails with BadValue where the run is being trained, and with
/// CannotWrite.
engine::Result<void> deleteRun(const RunInfo& run, const QString& runsFolder);

} // namespace core
