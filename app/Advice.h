// Core's errors state facts; which verb helps is added here.
#pragma once

#include "core/catalog/DatasetCatalog.h"
#include "core/runs/RunStore.h"

namespace app
{

/// core::locateRun(), its error with the verb that lists the runs, or takes one without files off the list.
engine::Result<QString> locateRun(const core::StudioFolders& folders, const std::string& run);

/// core::noSuchRun() with the verb that lists the runs.
engine::Error noSuchRun(int number);

/// Where `run` has no files, with the verb that takes it off the list.
engine::Error withAdvice(engine::Error error, const core::RunInfo& run);

/// Of loading a data set: where it can be downloaded, with the verb that does.
engine::Error withAdvice(engine::Error error, const QString& dataset, const core::DatasetCatalog& catalog);

} // namespace app
