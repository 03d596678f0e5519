// Where the program keeps things and looks for them. Made once, in app, and handed down: tests use their own.
#pragma once

#include <QString>
#include <QStringList>

namespace core
{

struct StudioFolders {
    QString datasets;           ///< the user's data sets, one folder each; downloads land here
    QStringList systemDatasets; ///< looked through after the user's: /usr/share/datasets on Debian
    QString runs;               ///< one folder a training run

    QString settingsFile; ///< an INI file
    QString verdicts;     ///< what the user says of images, one file a data set

    /// Below QStandardPaths::AppDataLocation and AppConfigLocation.
    static StudioFolders standard();
};

} // namespace core
