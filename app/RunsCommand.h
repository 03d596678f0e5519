#pragma once

#include "core/StudioFolders.h"

#include <string>

namespace app
{

// All four return an ExitCode.

/// The runs that there are, the newest first.
int runRunsList(bool isJson, const core::StudioFolders& folders);

/// One of them, with the figures of every epoch. Fails after that where its files are damaged.
int runRunsShow(int number, bool isJson, const core::StudioFolders& folders);

/// Deletes a run's files and its row. Other files in its folder stay, and the folder with them.
int runRunsDelete(int number, bool isJson, const core::StudioFolders& folders);

/// Copies the weights and their description into `folder`, and writes the figures as tables beside them.
int runRunsExport(int number, bool isJson, const std::string& folder, const core::StudioFolders& folders);

} // namespace app
