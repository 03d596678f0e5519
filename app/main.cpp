#include "app/CommandLine.h"
#include "app/ExitCode.h"
#include "app/Output.h"
#include "app/Window.h"

#include <QGuiApplication>
#include <QLocale>
#include <clocale>
#include <csignal>
#include <exception>
#include <fcntl.h>
#include <memory>
#include <unistd.h>

namespace
{

/// Opens closed standard streams on /dev/null. Otherwise the next opened file would get the descriptor of a
/// standard stream, and output would be written into that file.
void openMissingStreams()
{
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(stream, F_GETFD) == -1)
            ::open("/dev/null", O_RDWR); // gets the lowest free descriptor, which is this one
    }
}

/// What Qt and its plugins report can quote files, too.
void printQtMessage(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    app::printError(qFormatLogMessage(type, context, message).toStdString());
}

/// Needs no display, with or without drawing.
std::unique_ptr<QCoreApplication> makeApplication(int& argc, char** argv, bool isDrawing)
{
    if (!isDrawing)
        return std::make_unique<QCoreApplication>(argc, argv);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    return std::make_unique<QGuiApplication>(argc, argv);
}

int runVerb(int argc, char** argv, const app::CommandLine& commandLine, const core::StudioFolders& folders)
{
    const auto application = makeApplication(argc, argv, commandLine.isDrawing);
    std::setlocale(LC_NUMERIC, "C"); // Qt set the user's locale, which may print "0,1"
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); // output is in English
    return commandLine.runVerb(folders);
}

} // namespace

int main(int argc, char** argv)
try {
    openMissingStreams();
    qInstallMessageHandler(printQtMessage);
    QCoreApplication::setApplicationName(QStringLiteral("tinyvgg-studio"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TINYVGG_VERSION));
    const app::CommandLine commandLine = app::parseCommandLine(argc, argv);
    if (commandLine.exitCode)
        return *commandLine.exitCode;
    // A closed pipe is reported by the failing write. The signal would end the process with a half-saved run,
    // in the window because of a warning that nobody reads.
    std::signal(SIGPIPE, SIG_IGN);
    const core::StudioFolders folders = core::StudioFolders::standard();
    folders.makePrivate();
    if (commandLine.runVerb)
        return runVerb(argc, argv, commandLine, folders);
    return app::runWindow(argc, argv, folders);
} catch (const std::exception& error) {
    app::printError(std::string("tinyvgg-studio: ") + error.what()); // most likely out of memory
    return app::kFailed;
}
