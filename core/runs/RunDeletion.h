// Deletes runs: only what a run's files are by name and content. The list of runs names a folder, but a
// damaged list may name any.
#pragma once

#include "core/runs/RunStore.h"

namespace core
{

struct DeletedRun {
    bool isFolderLeft = false; ///< something is left in it
    QString leftBecause;       ///< why the folder was left alone; empty if only other files are left in it
};

/// Deletes a run's files and its entry in the list. A folder is left alone if it is a symbolic link, or has
/// no run that this program wrote; so are other files and links in it. Errors: BadValue if the run is being
/// trained, and CannotWrite.
engine::Result<DeletedRun> deleteRun(const RunInfo& run, const QString& runsFolder);

} // namespace core
