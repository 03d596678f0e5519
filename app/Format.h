// Numbers as people read them.
#pragma once

#include <cstdint>
#include <string>

namespace app
{

/// printf into a string. The numeric locale is "C" in every verb, see main().
[[gnu::format(printf, 1, 2)]] std::string format(const char* pattern, ...);

/// "60,000"
std::string grouped(std::uint64_t number);

/// "97.52 % (9752/10000)"; never rounded up to 100 % while one is wrong.
std::string accuracyText(std::size_t correct, std::size_t total);

/// "0:07", "12:30", "1:02:03"
std::string clockText(double seconds);

/// "11.6 MB", in millions of bytes
std::string megabytes(std::int64_t bytes);

/// Padded with spaces to `width` characters of UTF-8.
std::string padRight(const std::string& text, std::size_t width);
std::size_t characterCount(const std::string& text);

} // namespace app
