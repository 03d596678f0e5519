#include "app/Format.h"

#include "core/Format.h"

#include <algorithm>
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

std::string countText(std::uint64_t number)
{
    return core::countText(number).toStdString();
}

std::string accuracyText(std::size_t correct, std::size_t total)
{
    return core::accuracyText(correct, total).toStdString();
}

std::string durationText(double seconds)
{
    return core::durationText(seconds).toStdString();
}

std::string sizeText(std::int64_t bytes)
{
    return core::sizeText(bytes).toStdString();
}

std::size_t characterCount(const std::string& text)
{
    // Counts all bytes except UTF-8 continuation bytes.
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xc0) != 0x80; }));
}

std::string padRight(const std::string& text, std::size_t width)
{
    const std::size_t length = characterCount(text);
    return text + std::string(width > length ? width - length : 0, ' ');
}

} // namespace app
