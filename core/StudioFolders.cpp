#include "core/StudioFolders.h"

#include "core/PrivateFolder.h"
#include "core/catalog/KeptDigitsFile.h"

#include <QDir>
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
            home + QStringLiteral("/verdicts"),
            home};
}

void StudioFolders::makePrivate() const
{
    if (data.isEmpty())
        return;
    for (const QString& folder : {data, runs, verdicts, QDir(datasets).filePath(QLatin1String(kOwnDigitsId))})
        denyOthers(folder);
}

} // namespace core
