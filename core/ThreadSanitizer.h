// Tells ThreadSanitizer that what one thread gives to Qt happens before another thread gets it from Qt. It
// cannot see that by itself, because Qt is built without it. Without ThreadSanitizer, these do nothing.
#pragma once

#ifdef __SANITIZE_THREAD__
#include <sanitizer/tsan_interface.h>
#endif

namespace core
{

/// Before an object is passed to a queue of Qt.
inline void releaseToQt([[maybe_unused]] void* object)
{
#ifdef __SANITIZE_THREAD__
    __tsan_release(object);
#endif
}

/// Before the first access to an object that comes from a queue of Qt.
inline void acquireFromQt([[maybe_unused]] void* object)
{
#ifdef __SANITIZE_THREAD__
    __tsan_acquire(object);
#endif
}

} // namespace core
