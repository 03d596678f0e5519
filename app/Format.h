// Text for a terminal: formatted numbers and columns.
#pragma once

#include <cstdint>
#include <string>

namespace app
{

/// printf into a string. Every verb runs with the numeric locale "C", see main().
[[gnu::format(printf, 1, 2)]] std::string format(const char* pattern, ...);

// As core/Format.h, but as std::string.
std::string countText(std::uint64_t number);
std::string accuracyText(std::size_t correct, std::size_t total);
std::string durationText(double seconds);
std::string sizeText(std::int64_t bytes);

/// Padded with spaces to `width` characters of UTF-8.
std::string padRight(const std::string& text, std::size_t width);
std::size_t characterCount(const std::string& text);

} // namespace app
