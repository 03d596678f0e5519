// Exit codes of the verbs.
#pragma once

#include "app/Output.h"
#include "engine/Result.h"

namespace app
{

enum ExitCode : int {
    kDone = 0,
    kFailed = 1,
    kWrongUsage = 2,
    kInterrupted = 130, ///< 128 + SIGINT, as in shells
    kBrokenPipe = 141,  ///< 128 + SIGPIPE: the reader of the output has ended, as in "runs list | head -1"
};

/// Prints the error to stderr. Returns kInterrupted for a cancelled action, otherwise kFailed. Where the
/// reader of the output has ended, returns kBrokenPipe and prints nothing, as the signal SIGPIPE would.
inline int fail(const engine::Error& error)
{
    if (error.code == engine::ErrorCode::BrokenPipe)
        return kBrokenPipe;
    printMessage(error.message);
    return error.code == engine::ErrorCode::Cancelled ? kInterrupted : kFailed;
}

/// For wrong usage that is only detected when the verb runs.
inline int failUsage(const std::string& message, const char* verb)
{
    printError("tinyvgg-studio: " + message + "\nSee: tinyvgg-studio " + verb + " --help");
    return kWrongUsage;
}

} // namespace app
