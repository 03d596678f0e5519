// How the readers of files in this folder leave the middle of a file: the public call turns it into
// BadFormat.
#pragma once

#include <stdexcept>
#include <string>

namespace engine
{

/// `what`: "parameters: expected 7740 values; found 3".
[[noreturn]] inline void reject(const std::string& what)
{
    throw std::out_of_range(what);
}

} // namespace engine
