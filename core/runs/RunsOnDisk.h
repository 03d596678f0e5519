// The runs that are found in folders, as entries for the list of runs.
#pragma once

#include "core/runs/RunStore.h"

namespace core
{

/// Every folder below `runsFolder`, and every folder of `known`, that holds a run. Read from the run's own
/// files. An entry of `known` gives its number, its time and, if its epochs are those of the files, its
/// state. Otherwise the number is that in the folder's name, or 0. Links below `runsFolder` are not followed.
/// Slow.
std::vector<RunInfo> runsOnDisk(const QString& runsFolder, const std::vector<RunInfo>& known);

/// The largest number that a folder below `runsFolder` is called by; 0 if there is none.
int largestNumberIn(const QString& runsFolder);

} // namespace core
