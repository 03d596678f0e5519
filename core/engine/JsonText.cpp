#include "engine/JsonText.h"

#include <optional>
#include <string>

namespace engine
{
namespace
{

using nlohmann::json;

/// The limit that the text exceeds.
std::optional<std::string> excessOf(std::string_view text)
{
    int depth = 0;
    std::size_t values = 1;
    bool isInString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isInString) {
            if (c == '\\')
                ++i; // the next character does not end the string
            else if (c == '"')
                isInString = false;
            continue;
        }
        if (c == '"')
            isInString = true;
        else if (c == ']' || c == '}')
            --depth;
        else if (c == '[' || c == '{') {
            ++values;
            if (++depth > kMaxJsonDepth)
                return "JSON that is nested more than " + std::to_string(kMaxJsonDepth) + " times";
        } else if (c == ',' && ++values > kMaxJsonValues)
            return "JSON of more than " + std::to_string(kMaxJsonValues) + " values";
    }
    return std::nullopt;
}

/// "a parse error at line 3, column 5: …" of "[json.exception.parse_error.101] parse error at line 3, …".
std::string reasonOf(const json::exception& error)
{
    constexpr std::size_t kLongest = 160;
    const std::string what = error.what();
    const std::size_t end = what.find("] ");
    return "a " + what.substr(end == std::string::npos ? 0 : end + 2, kLongest);
}

} // namespace

Result<json> parseJson(std::string_view text)
{
    if (const auto excess = excessOf(text))
        return failure(ErrorCode::BadFormat, *excess);
    try {
        return json::parse(text);
    } catch (const json::exception& error) { // also a number that no double can hold
        return failure(ErrorCode::BadFormat, reasonOf(error));
    }
}

} // namespace engine
