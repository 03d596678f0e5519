#include "app/Window.h"

#include "app/AppContext.h"

#include <QApplication>
#include <QIcon>
#include <QTimer>
#include <clocale>

namespace app
{

int runWindow(int argc, char** argv, const core::StudioFolders& folders)
{
    QApplication application(argc, argv);
    std::setlocale(LC_NUMERIC, "C"); // QApplication set the user's locale; files need decimal points
    QGuiApplication::setApplicationDisplayName(QStringLiteral("TinyVGG Studio"));
    AppContext context(application, folders);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/app.svg")));
    context.window().show();
    QTimer::singleShot(0, &context.window(), [&context] { context.window().startUp(); });
    return QApplication::exec();
}

} // namespace app
