// Formats names and shapes of a state_dict.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace engine
{

/// Converts "conv_block_1.0.weight", as in much course code, to "block_1.0.weight".
inline std::string canonicalName(const std::string& name)
{
    constexpr std::string_view kOther = "conv_block_";
    return name.starts_with(kOther) ? "block_" + name.substr(kOther.size()) : name;
}

/// "(10, 1, 3, 3)".
inline std::string shapeText(const std::vector<std::int64_t>& shape)
{
    std::string text = "(";
    for (const std::int64_t side : shape)
        text += (text.size() > 1 ? ", " : "") + std::to_string(side);
    return text + ")";
}

} // namespace engine
