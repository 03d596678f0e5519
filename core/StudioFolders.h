// Where the program stores and finds files. Created once in app and passed down; tests use their own.
#pragma once

#include <QString>
#include <QStringList>

namespace core
{

struct StudioFolders {
    QString datasets;           ///< the user's data sets, one folder per data set; downloads are stored here
    QStringList systemDatasets; ///< searched after the user's: /usr/share/datasets on Debian
    QString runs;               ///< one folder per training run

    QString settingsFile; ///< an INI file
    QString verdicts;     ///< the user's verdicts on images, one file per data set

    QString data = {}; ///< the program's own folder, which has all of these but the settings; empty in tests

    /// Below QStandardPaths::AppDataLocation and AppConfigLocation.
    static StudioFolders standard();
    /// Denies other users what exists of the program's own data: see denyOthers(). What is missing is created
    /// so by makePrivateFolder().
    void makePrivate() const;
};

} // namespace core
