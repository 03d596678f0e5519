// What can go wrong through a user, a disk, a network or a GPU comes back as a Result, never as an exception.
#pragma once

#include <string>
#include <utility>

// An alias cannot be [[nodiscard]], and a class derived from tl::expected would lose it in and_then() and
// map(). What holds is the attribute on the first declaration of the class itself, so this line stands before
// the library's header.
namespace tl
{
template<class T, class E>
class [[nodiscard]] expected;
}
#include <tl/expected.hpp>

namespace engine
{

enum class ErrorCode {
    NotFound,          ///< a file or folder that was named is not there
    CannotRead,        ///< it is there, but reading it failed
    CannotWrite,       ///< nothing was written; what was there before still is
    BadFormat,         ///< the content is not what it should be
    BadValue,          ///< a setting lies outside its range
    DeviceUnavailable, ///< the device asked for cannot be used here
    OutOfMemory,
    Network,
    Cancelled,
    Internal, ///< the libraries below us failed in a way that no caller caused
};

/// `message` is a whole sentence for people: it names the path, what was expected and what was found.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
};

template<typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(ErrorCode code, std::string message)
{
    return tl::unexpected<Error>(Error{code, std::move(message)});
}

} // namespace engine
