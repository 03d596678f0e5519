#pragma once

#include "core/StudioFolders.h"

#include <optional>
#include <string>

namespace app
{

// All functions return an ExitCode.

/// Lists the data sets and whether each is on this machine.
int runDatasetsList(bool isJson, const core::StudioFolders& folders);

/// Downloads a known data set, or imports it from the folder `from`.
int runDatasetsFetch(const std::string& name, const std::optional<std::string>& from, bool isJson,
                     const core::StudioFolders& folders);

/// Keeps the labeled digits of a strokes file: all of them or none.
int runDatasetsKeep(const std::string& strokesFile, bool isJson, const core::StudioFolders& folders);

/// Sets the damaged file of the user's own digits aside and keeps the digits that can be read.
int runDatasetsRepair(const std::string& name, bool isJson, const core::StudioFolders& folders);

/// Compares the files of a known data set with their published checksums.
int runDatasetsVerify(const std::string& name, bool isJson, const core::StudioFolders& folders);

} // namespace app
