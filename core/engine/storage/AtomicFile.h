// Files that are either the old ones or the new ones, never something between.
#pragma once

#include "engine/Result.h"

#include <filesystem>
#include <span>
#include <string_view>

namespace engine
{

/// Writes beside the target, flushes to the disk, then renames over it. Fails with CannotWrite, and what
/// stood at `path` is untouched.
/// A symbolic link is followed; what is there and no file, such as /dev/stdout, is written to as it is.
Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view content);

/// Removes what writeFileAtomically() has left beside `path` where its program was killed. Not for a `path`
/// that somebody may be writing to at this moment.
void removeLeftovers(const std::filesystem::path& path);

/// The whole file. Errors: NotFound, CannotRead, and BadFormat where it is longer than `largestSize` bytes.
Result<std::string> readWholeFile(const std::filesystem::path& path, std::size_t largestSize);

} // namespace engine
