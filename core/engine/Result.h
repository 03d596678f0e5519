// Failures caused by a user, a disk, a network or a GPU are returned as a Result, never thrown.
#pragma once

#include <string>
#include <utility>

// An alias cannot be [[nodiscard]], and a class derived from tl::expected would lose the attribute in
// and_then() and map(). It works on the first declaration of the class, so this must precede the library's
// header.
namespace tl
{
template<class T, class E>
class [[nodiscard]] expected;
}
#include <tl/expected.hpp>

namespace engine
{

enum class ErrorCode {
    NotFound,          ///< a named file or folder does not exist
    CannotRead,        ///< it exists, but reading it failed
    CannotWrite,       ///< nothing was written; an existing file is unchanged
    BrokenPipe,        ///< the reader of a pipe that is written to has ended
    BadFormat,         ///< the content is invalid
    BadValue,          ///< a setting is out of range
    DeviceUnavailable, ///< the requested device cannot be used on this machine
    OutOfMemory,
    Network,
    Cancelled,
    Internal, ///< a library failed unexpectedly
};

/// `message` is a complete sentence for the user: it names the path, what was expected and what was found.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
};

template<typename T>
using Result = tl::expected<T, Error>;

/// What a message quotes may come from a file of any size: longer ones are cut.
inline constexpr std::size_t kLongestMessage = 4000;

inline tl::unexpected<Error> failure(ErrorCode code, std::string message)
{
    if (message.size() > kLongestMessage) {
        std::size_t end = kLongestMessage;
        while ((message[end] & 0xC0) == 0x80) // not within a character of UTF-8
            --end;
        message = message.substr(0, end) + "…";
    }
    return tl::unexpected<Error>(Error{code, std::move(message)});
}

} // namespace engine
