// The range of a setting, which stands once: checks, forms and help texts are made of it.
#pragma once

#include <cstdio>
#include <string>

namespace engine
{

template<typename T>
struct Range {
    const char* name = nullptr; ///< begins a message: "Batch size"
    T low = {};
    T high = {};
    bool isAboveLow = false; ///< `low` itself is outside

    constexpr bool contains(T value) const // which NaN is not
    {
        return (isAboveLow ? value > low : value >= low) && value <= high;
    }
};

/// "1 to 4096"; "above 0, at most 10" where the low end is outside.
template<typename T>
std::string textOf(const Range<T>& range)
{
    char text[80];
    std::snprintf(text, sizeof text, range.isAboveLow ? "above %g, at most %g" : "%g to %g",
                  static_cast<double>(range.low), static_cast<double>(range.high));
    return text;
}

} // namespace engine
