// The program's own folders belong to their user alone: other users of the machine read no drawings, runs and
// verdicts. A folder that the user has named, such as that of train --out, is not one of them.
#pragma once

#include <QString>

namespace core
{

/// Creates the folder, and what is missing above it, for this user only (mode 0700). An existing one stays as
/// it is. False if there is no such folder afterwards; errno says why.
bool makePrivateFolder(const QString& path);

/// Denies other users an existing folder. Does nothing if it is missing, a symbolic link or owned by another
/// user: these are not ours to change.
void denyOthers(const QString& folder);

} // namespace core
