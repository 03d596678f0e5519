// Formats fields of CSV files.
#pragma once

#include <string>

namespace engine
{

/// Puts `text` in quotation marks.
std::string quotedCsv(const std::string& text);

/// Quoted only if needed: if it contains a comma, a quotation mark or a line break.
std::string csvField(const std::string& text);

/// Six digits and a decimal point, regardless of the user's locale.
void appendCsvNumber(std::string& csv, double value);

} // namespace engine
