#pragma once

#include "engine/Range.h"
#include "engine/Result.h"

#include <cstdio>
#include <string>
#include <type_traits>

namespace engine
{

/// BadValue, naming the field, its range and what was found.
inline Result<void> checkRange(const char* field, int value, int low, int high)
{
    if (value >= low && value <= high)
        return {};
    return failure(ErrorCode::BadValue, std::string(field) + ": expected " + std::to_string(low) + " to " +
                                            std::to_string(high) + "; found " + std::to_string(value) + ".");
}

inline Result<void> checkRange(const char* field, double value, double low, double high)
{
    if (value >= low && value <= high) // which NaN is not
        return {};
    char text[160];
    std::snprintf(text, sizeof text, "%s: expected %g to %g; found %g.", field, low, high, value);
    return failure(ErrorCode::BadValue, text);
}

template<typename T>
Result<void> checkRange(const Range<T>& range, T value)
{
    if (range.contains(value))
        return {};
    std::string found = std::to_string(value);
    if constexpr (std::is_floating_point_v<T>) {
        char shortest[32];
        std::snprintf(shortest, sizeof shortest, "%g", value);
        found = shortest;
    }
    return failure(ErrorCode::BadValue,
                   std::string(range.name) + ": expected " + textOf(range) + "; found " + found + ".");
}

} // namespace engine
