#include "app/Printable.h"

#include "app/Format.h"

#include <array>
#include <functional>
#include <string_view>

namespace app
{
namespace
{

struct Character {
    char32_t code = 0;
    std::size_t size = 1;
    bool isValid = false;
};

/// Of a text in UTF-8 that is not empty. Otherwise the first byte, which is not valid.
Character firstCharacter(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80)
        return {lead, 1, true};
    const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000}; // else the encoding is overlong
    if (lead < 0xc0 || lead > 0xf4 || text.size() < size)
        return {lead, 1, false};
    char32_t code = lead & (0x7fU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xc0) != 0x80)
            return {lead, 1, false};
        code = code << 6 | (byte(i) & 0x3fU);
    }
    const bool isSurrogate = code >= 0xd800 && code <= 0xdfff;
    if (code < kLeast[size] || code > 0x10ffff || isSurrogate)
        return {lead, 1, false};
    return {code, size, true};
}

/// Marks, embeddings, overrides and isolates of bidirectional text, and the separators of lines and
/// paragraphs.
bool reordersText(char32_t code)
{
    return code == 0x061c || code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

bool isControl(char32_t code)
{
    return code < 0x20 || (code >= 0x7f && code <= 0x9f);
}

std::string escaped(const std::string& text, const std::function<std::string(const Character&)>& escape)
{
    std::string result;
    std::string_view rest = text;
    while (!rest.empty()) {
        const Character character = firstCharacter(rest);
        const bool isHarmless =
            character.isValid && !isControl(character.code) && !reordersText(character.code);
        result += isHarmless ? std::string(rest.substr(0, character.size)) : escape(character);
        rest.remove_prefix(character.size);
    }
    return result;
}

std::string inHex(const Character& character)
{
    const auto code = static_cast<unsigned>(character.code);
    return !character.isValid || code < 0x80 ? format("\\x%02x", code) : format("\\u%04x", code);
}

} // namespace

std::string printable(const std::string& text)
{
    return escaped(text, [](const Character& character) {
        const bool isLayout = character.code == '\n' || character.code == '\t';
        return isLayout ? std::string(1, static_cast<char>(character.code)) : inHex(character);
    });
}

std::string printableLine(const std::string& text)
{
    return escaped(text, [](const Character& character) {
        return character.code == '\n' ? "\\n" : character.code == '\t' ? "\\t" : inHex(character);
    });
}

std::string printableJson(const std::string& json)
{
    return escaped(json, [](const Character& character) {
        return format("\\u%04x", static_cast<unsigned>(character.code));
    });
}

} // namespace app
