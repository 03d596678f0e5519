#include "engine/evaluation/CsvText.h"

#include <charconv>

namespace engine
{

std::string quotedCsv(const std::string& text)
{
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

std::string csvField(const std::string& text)
{
    return text.find_first_of(",\"\r\n") == std::string::npos ? text : quotedCsv(text);
}

void appendCsvNumber(std::string& csv, double value)
{
    char text[32];
    constexpr int kDigits = 6;
    const auto end =
        std::to_chars(std::begin(text), std::end(text), value, std::chars_format::general, kDigits).ptr;
    csv.append(text, end);
}

} // namespace engine
