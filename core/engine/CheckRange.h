#pragma once

#include "engine/Result.h"

#include <string>

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

} // namespace engine
