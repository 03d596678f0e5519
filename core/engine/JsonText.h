// Parses JSON from files that anybody may have written. All readers of JSON with nlohmann-json go through
// this: size, depth and number of values are checked before anything is allocated, in linear time.
#pragma once

#include "engine/Result.h"

#include <nlohmann/json.hpp>
#include <string_view>

namespace engine
{

/// No file of this program is nested more deeply. Recursive functions of nlohmann-json, such as dump(), need
/// stack for each level.
inline constexpr int kMaxJsonDepth = 32;
/// A value takes up to about a hundred bytes of memory.
inline constexpr std::size_t kMaxJsonValues = 2'000'000;

/// BadFormat: what was found instead of JSON within the limits, to follow "expected …; found ".
Result<nlohmann::json> parseJson(std::string_view text);

} // namespace engine
