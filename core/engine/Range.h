// The range of a setting, defined once: validation, forms and help texts are derived from it.
#pragma once

#include <charconv>
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

/// The shortest text that reads as the same number: "0.1", "1e-05".
template<typename T>
std::string numberText(T value)
{
    char text[32]; // holds any number
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

/// "1 to 4096"; "above 0, at most 10" if `low` is excluded.
template<typename T>
std::string textOf(const Range<T>& range)
{
    return range.isAboveLow ? "above " + numberText(range.low) + ", at most " + numberText(range.high)
                            : numberText(range.low) + " to " + numberText(range.high);
}

} // namespace engine
