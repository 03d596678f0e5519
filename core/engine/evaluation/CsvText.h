// Fields of tables with commas between them.
#pragma once

#include <string>

namespace engine
{

/// In quotation marks.
std::string quotedCsv(const std::string& text);

/// The same where it must be: where there is a comma, a quotation mark or a line break.
std::string csvField(const std::string& text);

/// With six digits and a point, whatever the user's locale is.
void appendCsvNumber(std::string& csv, double value);

} // namespace engine
