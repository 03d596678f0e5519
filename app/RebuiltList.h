// Tells, once, that the list of runs was damaged or missing and has been rebuilt.
#pragma once

#include "core/StudioFolders.h"
#include "core/runs/RunStore.h"

namespace app
{

/// On stderr. For every verb that takes the number of a run, before it does anything else.
std::optional<core::RebuiltList> reportRebuiltList(const core::StudioFolders& folders);

} // namespace app
