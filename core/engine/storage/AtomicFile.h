// Atomic file writes: readers see the old content or the new content, never a partial one.
#pragma once

#include "engine/Result.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

namespace engine
{

/// Writes a temporary file beside the target, flushes it to disk, then renames it over the target. On
/// CannotWrite, the file at `path` is unchanged. A symbolic link at `path` is replaced, not followed: a
/// folder from somebody else may hold links to any file. Devices and pipes are refused.
Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view content);

/// The same for a path that the user has named as output: devices and pipes, such as /dev/stdout, are written
/// to directly, also through links; BrokenPipe if the reader of a pipe has ended.
Result<void> writeOutput(const std::filesystem::path& path, std::string_view content);

/// Removes temporary files that a killed program left beside `path`. Do not call it while `path` may be being
/// written.
void removeLeftovers(const std::filesystem::path& path);

/// Size of a regular file in bytes. Errors: NotFound, CannotRead.
Result<std::uintmax_t> sizeOfFile(const std::filesystem::path& path);

/// Reads the whole file. Errors: NotFound, CannotRead, and BadFormat if it is longer than `largestSize`
/// bytes.
Result<std::string> readWholeFile(const std::filesystem::path& path, std::size_t largestSize);

} // namespace engine
