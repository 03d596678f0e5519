#pragma once

#include "engine/Range.h"
#include "engine/Result.h"

namespace engine
{

/// BadValue if out of range; the message names the field, its range and the value.
template<typename T>
Result<void> checkRange(const Range<T>& range, std::type_identity_t<T> value)
{
    if (range.contains(value))
        return {};
    return failure(ErrorCode::BadValue, std::string(range.name) + ": expected " + textOf(range) + "; found " +
                                            numberText(value) + ".");
}

} // namespace engine
