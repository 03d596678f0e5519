#pragma once

#include "engine/Result.h"

#include <cstdio>
#include <string>

namespace engine
{

/// BadValue if out of range; the message names the field, its range and the value.
inline Result<void> checkRange(const char* field, int value, int low, int high)
{
    if (value >= low && value <= high)
        return {};
    return failure(ErrorCode::BadValue, std::string(field) + ": expected " + std::to_string(low) + " to " +
                                            std::to_string(high) + "; found " + std::to_string(value) + ".");
}

inline Result<void> checkRange(const char* field, double value, double low, double high)
{
    if (value >= low && value <= high) // false for NaN
        return {};
    char text[160];
    std::snprintf(text, sizeof text, "%s: expected %g to %g; found %g.", field, low, high, value);
    return failure(ErrorCode::BadValue, text);
}

} // namespace engine
