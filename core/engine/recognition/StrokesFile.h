// Files of drawn digits, one a line, as JSON: {"label":7,"strokes":[[[x,y],…],…]}
// y grows downwards, any scale; a point may have a third number, the pen's width there; `label` may be left
// out; whatever else a line has is ignored, and so are empty lines.
#pragma once

#include "engine/recognition/Strokes.h"

#include <filesystem>
#include <optional>

namespace engine
{

struct DrawnDigit {
    std::optional<int> label; ///< 0 … 255
    Strokes strokes;          ///< with at least one point
    std::size_t line = 0;     ///< in the file, from 1

    bool operator==(const DrawnDigit&) const = default;
};

/// Errors: NotFound, CannotRead, BadFormat (with path and line: what is no such JSON, no point at all,
/// coordinates that are no numbers within ±10⁶, more than 256 MB, 10⁶ digits or 4 MB a line), OutOfMemory.
Result<std::vector<DrawnDigit>> readStrokesFile(const std::filesystem::path& path);

/// A line of such a file, without its end.
std::string strokesLine(const Strokes& strokes, std::optional<int> label);

} // namespace engine
