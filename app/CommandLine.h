// Parses the command line. Parsing has no side effects: the verbs run later, once the application object
// exists.
#pragma once

#include "core/StudioFolders.h"

#include <functional>
#include <optional>

namespace app
{

struct CommandLine {
    /// Set if there is nothing left to do: after --help, --version, or wrong usage that was reported on
    /// stderr.
    std::optional<int> exitCode;
    /// Runs the verb and returns an ExitCode; empty if no verb was given, which opens the window.
    std::function<int(const core::StudioFolders&)> runVerb;
    /// The verb renders images, which needs a QGuiApplication but no display.
    bool isDrawing = false;
};

CommandLine parseCommandLine(int argc, const char* const* argv);

} // namespace app
