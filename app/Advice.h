// Core's errors state facts only; this adds the command-line verb that helps.
#pragma once

#include "core/catalog/DatasetCatalog.h"
#include "core/runs/RunStore.h"

namespace app
{

/// core::locateRun() with advice in the error: list the runs, or delete a run whose files are missing.
engine::Result<QString> locateRun(const core::StudioFolders& folders, const std::string& run);

/// core::noSuchRun() with the advice to list the runs.
engine::Error noSuchRun(int number);

/// Adds the advice to delete `run` if its files are missing.
engine::Error withAdvice(engine::Error error, const core::RunInfo& run);

/// For a failure to load `dataset`: adds the advice to download it if that is possible.
engine::Error withAdvice(engine::Error error, const QString& dataset, const core::DatasetCatalog& catalog);

} // namespace app
