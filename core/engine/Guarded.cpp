#include "engine/Guarded.h"

#include <c10/util/Exception.h>
#include <exception>
#include <new>

namespace engine
{

Error currentException(const char* activity) noexcept
{
    try {
        const std::string failed = std::string(activity) + " failed: ";
        try {
            throw;
        } catch (const c10::OutOfMemoryError& error) {
            return {ErrorCode::OutOfMemory, failed + error.what_without_backtrace()};
        } catch (const c10::Error& error) {
            return {ErrorCode::Internal, failed + error.what_without_backtrace()};
        } catch (const std::bad_alloc&) {
            return {ErrorCode::OutOfMemory, failed + "not enough memory."};
        } catch (const std::exception& error) {
            return {ErrorCode::Internal, failed + error.what()};
        } catch (...) {
            return {ErrorCode::Internal, failed + "something unknown was thrown."};
        }
    } catch (...) {
        return {ErrorCode::OutOfMemory, "Out of memory."}; // so short that it needs none
    }
}

} // namespace engine
