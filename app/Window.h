// The program with its window.
#pragma once

#include "core/StudioFolders.h"

namespace app
{

/// Returns when the window is closed. A training run in progress is stopped and saved first.
int runWindow(int argc, char** argv, const core::StudioFolders& folders);

} // namespace app
