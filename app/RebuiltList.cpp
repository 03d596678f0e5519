#include "app/RebuiltList.h"

#include <QFileInfo>
#include <cstdio>

namespace app
{

std::optional<core::RebuiltList> reportRebuiltList(const core::StudioFolders& folders)
{
    if (!QFileInfo::exists(folders.runs) && !QFileInfo::exists(core::RunStore::pathOf(folders.runs)))
        return std::nullopt; // there is nothing to make a list of
    const auto store = core::RunStore::open(folders.runs);
    if (!store)
        return std::nullopt; // reported by those who need the list
    const auto rebuilt = (*store)->takeRebuilt();
    if (!rebuilt)
        return rebuilt;
    std::fprintf(stderr,
                 "The list of runs was %s. It has been rebuilt from the run folders, with %d run%s.\n",
                 rebuilt->damagedFile.isEmpty() ? "missing" : "damaged", rebuilt->runCount,
                 rebuilt->runCount == 1 ? "" : "s");
    if (!rebuilt->damagedFile.isEmpty())
        std::fprintf(stderr, "The damaged file is kept as %s\n", qUtf8Printable(rebuilt->damagedFile));
    return rebuilt;
}

} // namespace app
