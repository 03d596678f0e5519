#pragma once

#include "core/StudioFolders.h"

#include <string>

namespace app
{

// All functions return an ExitCode.

/// Lists all runs, newest first.
int runRunsList(bool isJson, const core::StudioFolders& folders);

/// Shows one run with the metrics of every epoch. Fails afterwards if its files are damaged.
int runRunsShow(int number, bool isJson, const core::StudioFolders& folders);

/// Deletes a run's files and its entry in the list. Says what of its folder is left, and why.
int runRunsDelete(int number, bool isJson, const core::StudioFolders& folders);

/// Compares the list with the run folders, and adds, corrects and removes runs.
int runRunsRebuild(bool isJson, const core::StudioFolders& folders);

/// Copies the weights and their description into `folder`, and writes the metrics as CSV files.
int runRunsExport(int number, bool isJson, const std::string& folder, const core::StudioFolders& folders);

} // namespace app
