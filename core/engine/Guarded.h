// Exceptions end here: every public call of the engine that computes or reads goes through guarded(), and so
// does whatever begins a thread or a slot.
#pragma once

#include "engine/Result.h"

namespace engine
{

/// For guarded(): what the exception that is being handled says, LibTorch's without its stack. Does not
/// throw.
Error currentException(const char* activity) noexcept;

/// Runs `work`, which returns a Result. What LibTorch, the standard library or anything else throws becomes
/// an Error: OutOfMemory or Internal. `activity` begins its message: "Reading the run" (failed: …).
template<typename Work>
auto guarded(const char* activity, Work&& work) -> decltype(work())
{
    try {
        return work();
    } catch (...) {
        return tl::unexpected(currentException(activity));
    }
}

} // namespace engine
