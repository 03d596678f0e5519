// Makes the list of runs from the run folders: a new one, or one in place of a list that is damaged or lost.
//
//   1. a lock keeps other programs from doing the same
//   2. what can still be read of a damaged list tells the numbers and the folders elsewhere
//   3. the new list is written beside it
//   4. the damaged one gets the name runs.sqlite.damaged-1, and the new one its place
#pragma once

#include "core/runs/RunDatabase.h"

namespace core
{

// Properties of the list:
inline constexpr const char* kLargestNumber = "largest_number"; ///< of all that were ever in it
inline constexpr const char* kRebuiltRuns = "rebuilt_runs";     ///< until it is told, see RebuiltList
inline constexpr const char* kDamagedFile = "damaged_file";

/// Does nothing if the list is sound, because another program has just made it. Errors: CannotWrite, and
/// those of a list that cannot be opened.
engine::Result<void> makeListOfRuns(const QString& runsFolder);

/// Adds `runs`, except those with a folder of `others`, which are in the list. A run without a number, or
/// whose number is taken, gets one above `largest` and all others, as long as there are such. Error:
/// CannotWrite.
engine::Result<void> insertRuns(const RunDatabase& database, std::vector<RunInfo> runs,
                                const std::vector<RunInfo>& others, int largest);

} // namespace core
