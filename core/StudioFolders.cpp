#include "core/StudioFolders.h"

#include <QStandardPaths>

namespace core
{

StudioFolders StudioFolders::standard()
{
    const QString home = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    return {home + QStringLiteral("/datasets"),
            {QStringLiteral("/usr/share/datasets")},
            home + QStringLiteral("/runs"),
            QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) +
                QStringLiteral("/settings.ini"),
            home + QStringLiteral("/verdicts")};
}

} // namespace core
