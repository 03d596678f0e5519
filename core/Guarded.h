// Catches exceptions where core's own threads begin and returns them as an Error: nothing may throw out of a
// thread.
#pragma once

#include "engine/Result.h"

#include <exception>
#include <new>

namespace core
{

/// Runs `work`, which returns a Result. Returns OutOfMemory or Internal if it throws. `activity` begins the
/// message: "Reading the run".
template<typename Work>
auto guarded(const char* activity, Work&& work) -> decltype(work())
{
    using engine::ErrorCode;
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return engine::failure(ErrorCode::OutOfMemory, std::string(activity) + ": not enough memory.");
    } catch (const std::exception& error) {
        return engine::failure(ErrorCode::Internal, std::string(activity) + " failed: " + error.what());
    }
}

} // namespace core
