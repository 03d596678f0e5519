#include "app/Format.h"

#include "engine/evaluation/Percent.h"

#include <algorithm>
#include <cmath>
#include <cstdarg>
#include <cstdio>

namespace app
{

std::string format(const char* pattern, ...)
{
    std::va_list arguments;
    va_start(arguments, pattern);
    std::va_list again;
    va_copy(again, arguments);
    const int length = std::vsnprintf(nullptr, 0, pattern, arguments);
    va_end(arguments);
    std::string text(static_cast<std::size_t>(std::max(0, length)), '\0');
    std::vsnprintf(text.data(), text.size() + 1, pattern, again);
    va_end(again);
    return text;
}

std::string grouped(std::uint64_t number)
{
    std::string text = std::to_string(number);
    for (std::size_t place = text.size(); place > 3; place -= 3)
        text.insert(place - 3, 1, ',');
    return text;
}

std::string accuracyText(std::size_t correct, std::size_t total)
{
    return format("%.2f %% (%zu/%zu)", engine::shownPercent(correct, total), correct, total);
}

std::string clockText(double seconds)
{
    const auto whole = static_cast<long>(std::lround(std::max(0.0, seconds)));
    if (whole >= 3600)
        return format("%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
    return format("%ld:%02ld", whole / 60, whole % 60);
}

std::string megabytes(std::int64_t bytes)
{
    return format("%.1f MB", static_cast<double>(bytes) / 1e6);
}

std::size_t characterCount(const std::string& text)
{
    // Every byte but those that continue a character.
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xc0) != 0x80; }));
}

std::string padRight(const std::string& text, std::size_t width)
{
    const std::size_t length = characterCount(text);
    return text + std::string(width > length ? width - length : 0, ' ');
}

} // namespace app
