// The program with its window.
#pragma once

#include "core/StudioFolders.h"

namespace app
{

/// Returns when the window is closed; a training that still runs is stopped and kept first.
int runWindow(int argc, char** argv, const core::StudioFolders& folders);

} // namespace app
