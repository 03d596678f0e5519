// Atomic file writes: readers see the old content or the new content, never a partial one.
#pragma once

#include "engine/Result.h"

#include <filesystem>
#include <span>
#include <string_view>

namespace engine
{

/// Writes a temporary file beside the target, flushes it to disk, then renames it over the target. On
/// CannotWrite, the file at `path` is unchanged. Symbolic links are followed; special files such as
/// /dev/stdout are written directly, with BrokenPipe if it is a pipe whose reader has ended.
Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view content);

/// Removes temporary files that a killed program left beside `path`. Do not call it while `path` may be being
/// written.
void removeLeftovers(const std::filesystem::path& path);

/// Reads the whole file. Errors: NotFound, CannotRead, and BadFormat if it is longer than `largestSize`
/// bytes.
Result<std::string> readWholeFile(const std::filesystem::path& path, std::size_t largestSize);

} // namespace engine
