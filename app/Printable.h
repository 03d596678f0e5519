// Text from outside (names in files, paths, answers of servers) as a terminal may show it: control characters
// would move the cursor, recolor or retitle the terminal, or type into it.
#pragma once

#include <string>

namespace app
{

/// Escapes control characters (also U+0080 … U+009F, which terminals obey as well), bytes that are not UTF-8,
/// and the characters that reverse the direction of text: "\x1b", "\u202e". Line breaks and tabs stay.
std::string printable(const std::string& text);

/// The same, also of line breaks and tabs: a name, a title or a path cannot look like further lines of
/// output.
std::string printableLine(const std::string& text);

/// JSON text with the same characters as \uXXXX, which does not change its meaning.
std::string printableJson(const std::string& json);

} // namespace app
