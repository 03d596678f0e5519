// The range of a setting, defined once: validation, forms and help texts are derived from it.
#pragma once

#include <cstdio>
#include <string>
#include <type_traits>

namespace engine
{

template<typename T>
struct Range {
    const char* name = nullptr; ///< the field's name in messages: "Batch size"
    T low = {};
    T high = {};
    bool isAboveLow = false; ///< `low` itself is excluded

    constexpr bool contains(T value) const // false for NaN
    {
        return (isAboveLow ? value > low : value >= low) && value <= high;
    }
    /// The same range for a field of another name.
    constexpr Range named(const char* other) const { return {other, low, high, isAboveLow}; }
};

/// Whole numbers exactly, others with up to six digits.
template<typename T>
std::string numberText(T value)
{
    if constexpr (std::is_integral_v<T>) {
        return std::to_string(value);
    } else {
        char text[32];
        std::snprintf(text, sizeof text, "%g", value);
        return text;
    }
}

/// "1 to 4096"; "above 0, at most 10" if `low` is excluded.
template<typename T>
std::string textOf(const Range<T>& range)
{
    return range.isAboveLow ? "above " + numberText(range.low) + ", at most " + numberText(range.high)
                            : numberText(range.low) + " to " + numberText(range.high);
}

} // namespace engine
