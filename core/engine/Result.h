// What can go wrong through a user, a disk, a network or a GPU comes back as a Result, never as an exception.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

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
