// Files of drawn digits as JSON lines: {"label":7,"strokes":[[[x,y],…],…]}
// y grows downwards, any scale. A point may have the pen width as a third number; `label` is optional; other
// fields and empty lines are ignored.
#pragma once

#include "engine/recognition/Strokes.h"

#include <filesystem>
#include <optional>

namespace engine
{

struct DrawnDigit {
    std::optional<int> label; ///< 0 … 255
    Strokes strokes;          ///< at least one point
    std::size_t line = 0;     ///< line number, from 1

    bool operator==(const DrawnDigit&) const = default;
};

/// Errors: NotFound, CannotRead, OutOfMemory, BadFormat (with path and line: invalid JSON, no points,
/// coordinates beyond ±10⁶, more than 256 MB, 10⁶ digits or 4 MB per line).
Result<std::vector<DrawnDigit>> readStrokesFile(const std::filesystem::path& path);

/// A line of such a file, without the line break.
std::string strokesLine(const Strokes& strokes, std::optional<int> label);

} // namespace engine
