// Checks a file of a known data set against its published checksum.
#pragma once

#include "core/catalog/KnownDataset.h"
#include "engine/Result.h"

#include <stop_token>

namespace core
{

enum class Verification {
    NotApplicable, ///< nothing to compare with: Sketch digits, the user's folders, files without a published
                   ///< checksum
    Verified,      ///< all files have the published content
    Differs,       ///< at least one file differs
};

/// Compares the file at `path`, plain or gzip, with the published values: the SHA-256 of the uncompressed
/// content; without one, the MD5 of the .gz; and always the length. Returns NotApplicable if only the length
/// could be compared. Blocks. Errors, with messages that do not include the path: NotFound, CannotRead,
/// BadFormat (the file differs: expected and found), Cancelled (`stop` was requested).
engine::Result<Verification> compareWithPublished(const KnownFile& file, const QString& path,
                                                  const std::stop_token& stop = {});

} // namespace core
