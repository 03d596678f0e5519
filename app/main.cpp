#include "app/CommandLine.h"
#include "app/ExitCode.h"
#include "app/Window.h"

#include <QGuiApplication>
#include <QLocale>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <exception>
#include <fcntl.h>
#include <memory>
#include <unistd.h>

namespace
{

/// A standard stream that the caller closed would hand its number to the next file that is opened, and what
/// is printed would end up there.
void openMissingStreams()
{
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(stream, F_GETFD) == -1)
            ::open("/dev/null", O_RDWR); // takes the lowest free number, which is this one
    }
}

/// Without a display in any case.
std::unique_ptr<QCoreApplication> makeApplication(int& argc, char** argv, bool isDrawing)
{
    if (!isDrawing)
        return std::make_unique<QCoreApplication>(argc, argv);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    return std::make_unique<QGuiApplication>(argc, argv);
}

int runVerb(int argc, char** argv, const app::CommandLine& commandLine, const core::StudioFolders& folders)
{
    // A reader that goes away is noticed by the write that fails; the signal would end us with the run half
    // kept.
    std::signal(SIGPIPE, SIG_IGN);
    const auto application = makeApplication(argc, argv, commandLine.isDrawing);
    std::setlocale(LC_NUMERIC, "C"); // which Qt has just set to the user's: "0,1"
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); // as its words are
    return commandLine.runVerb(folders);
}

} // namespace

int main(int argc, char** argv)
try {
    openMissingStreams();
    QCoreApplication::setApplicationName(QStringLiteral("tinyvgg-studio"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TINYVGG_VERSION));
    const app::CommandLine commandLine = app::parseCommandLine(argc, argv);
    if (commandLine.exitCode)
        return *commandLine.exitCode;
    const core::StudioFolders folders = core::StudioFolders::standard();
    if (commandLine.runVerb)
        return runVerb(argc, argv, commandLine, folders);
    return app::runWindow(argc, argv, folders);
} catch (const std::exception& error) {
    std::fprintf(stderr, "tinyvgg-studio: %s\n", error.what()); // out of memory, most likely
    return app::kFailed;
}
