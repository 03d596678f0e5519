// Tells whether a file of a known data set is the right one.
#pragma once

#include "core/catalog/KnownDataset.h"
#include "engine/Result.h"

#include <stop_token>

namespace core
{

enum class Verification {
    NotApplicable, ///< nothing to compare with: Sketch digits, folders of one's own, files without a
                   ///< published sum
    Verified,      ///< every file has the published content
    Differs,       ///< at least one file has not
};

/// Compares the file at `path`, plain or gzip, with what was published: the SHA-256 of the uncompressed
/// content; where there is none, the MD5 of a .gz; in any case the length. NotApplicable when only the length
/// could be compared. Blocks. Errors, their messages without the path: NotFound, CannotRead, BadFormat (it
/// differs: what was expected and what was found), Cancelled (`stop` was requested).
engine::Result<Verification> compareWithPublished(const KnownFile& file, const QString& path,
                                                  const std::stop_token& stop = {});

} // namespace core
