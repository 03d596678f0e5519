// What the arguments ask for. Parsing does nothing else: the verbs run later, when the application object is
// there.
#pragma once

#include "core/StudioFolders.h"

#include <functional>
#include <optional>

namespace app
{

struct CommandLine {
    /// Set where there is nothing left to do: after --help, --version, or wrong usage that has been told on
    /// stderr.
    std::optional<int> exitCode;
    /// Runs the verb and returns an ExitCode; empty where none was given, which means the window.
    std::function<int(const core::StudioFolders&)> runVerb;
    /// The verb paints pictures, which takes a QGuiApplication; it needs no display.
    bool isDrawing = false;
};

CommandLine parseCommandLine(int argc, const char* const* argv);

} // namespace app
