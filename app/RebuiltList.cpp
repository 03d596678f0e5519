#include "app/RebuiltList.h"

#include "app/Format.h"
#include "app/Output.h"

#include <QFileInfo>

namespace app
{

std::optional<core::RebuiltList> reportRebuiltList(const core::StudioFolders& folders)
{
    if (!QFileInfo::exists(folders.runs) && !QFileInfo::exists(core::RunStore::pathOf(folders.runs)))
        return std::nullopt; // there is nothing to make a list of
    const auto store = core::RunStore::open(folders.runs);
    if (!store)
        return std::nullopt; // reported by those who need the list
    auto rebuilt = (*store)->takeRebuilt();
    if (!rebuilt)
        return rebuilt;
    printError(format("The list of runs was %s. It has been rebuilt from the run folders, with %d run%s.",
                      rebuilt->damagedFile.isEmpty() ? "missing" : "damaged", rebuilt->runCount,
                      rebuilt->runCount == 1 ? "" : "s"));
    if (!rebuilt->damagedFile.isEmpty())
        printError("The damaged file is kept as " + rebuilt->damagedFile.toStdString());
    return rebuilt;
}

} // namespace app
