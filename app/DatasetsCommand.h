#pragma once

#include "core/StudioFolders.h"

#include <optional>
#include <string>

namespace app
{

// All of these return an ExitCode.

/// What data sets there are, and which of them are on this machine.
int runDatasetsList(bool isJson, const core::StudioFolders& folders);

/// Downloads a known data set, or takes it from the folder `from`.
int runDatasetsFetch(const std::string& name, const std::optional<std::string>& from, bool isJson,
                     const core::StudioFolders& folders);

/// Keeps the labeled digits of a strokes file, all or none.
int runDatasetsKeep(const std::string& strokesFile, bool isJson, const core::StudioFolders& folders);

/// Compares the files of a known data set with their published checksums.
int runDatasetsVerify(const std::string& name, bool isJson, const core::StudioFolders& folders);

} // namespace app
