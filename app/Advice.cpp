#include "app/Advice.h"

#include "core/runs/RunRecorder.h"

namespace app
{
namespace
{

constexpr auto kListRuns = "To list the runs: tinyvgg-studio runs list";

engine::Error with(engine::Error error, const std::string& advice)
{
    error.message += ' ' + advice;
    return error;
}

} // namespace

engine::Result<QString> locateRun(const core::StudioFolders& folders, const std::string& run)
{
    const QString name = QString::fromStdString(run);
    return core::locateRun(folders, name).map_error([&](engine::Error error) {
        const auto listed = core::listedRun(folders, name);
        return listed ? withAdvice(std::move(error), *listed) : with(std::move(error), kListRuns);
    });
}

engine::Error noSuchRun(int number)
{
    return with(core::noSuchRun(number), kListRuns);
}

engine::Error withAdvice(engine::Error error, const core::RunInfo& run)
{
    if (run.isFolderThere)
        return error;
    return with(std::move(error),
                "To remove it from the list: tinyvgg-studio runs delete " + std::to_string(run.number));
}

engine::Error withAdvice(engine::Error error, const QString& dataset, const core::DatasetCatalog& catalog)
{
    const core::KnownDataset* known = catalog.find(dataset);
    if (known == &catalog.ownDigits() && error.code == engine::ErrorCode::BadFormat) {
        return with(std::move(error), "To set the damaged file aside and keep the digits that can be read: "
                                      "tinyvgg-studio datasets repair " +
                                          known->id.toStdString());
    }
    const bool canBeDownloaded = known != nullptr && !known->mirrors.isEmpty() && !catalog.locate(*known);
    if (error.code != engine::ErrorCode::NotFound || !canBeDownloaded)
        return error;
    return with(std::move(error), "To download it: tinyvgg-studio datasets fetch " + known->id.toStdString());
}

} // namespace app
