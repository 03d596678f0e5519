// How a verb ends, for the shell that called it.
#pragma once

#include "engine/Result.h"

#include <cstdio>

namespace app
{

enum ExitCode : int {
    kDone = 0,
    kFailed = 1,
    kWrongUsage = 2,
    kInterrupted = 130, ///< 128 + SIGINT, as shells have it
};

/// Prints the error to stderr; kInterrupted for an action that was cancelled, else kFailed.
inline int fail(const engine::Error& error)
{
    std::fprintf(stderr, "tinyvgg-studio: %s\n", error.message.c_str());
    return error.code == engine::ErrorCode::Cancelled ? kInterrupted : kFailed;
}

/// For what only turns out to be wrong usage when the verb runs.
inline int failUsage(const std::string& message, const char* verb)
{
    std::fprintf(stderr, "tinyvgg-studio: %s\nSee: tinyvgg-studio %s --help\n", message.c_str(), verb);
    return kWrongUsage;
}

} // namespace app
