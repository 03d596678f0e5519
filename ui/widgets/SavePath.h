// Asks where to save a file.
#pragma once

#include <QStandardPaths>

class QWidget;

namespace ui
{

/// Empty if the user cancels. `fileName` is the suggested name in `location`; its suffix is appended unless
/// another one is typed.
QString askForSavePath(QWidget* parent, const QString& title, QStandardPaths::StandardLocation location,
                       const QString& fileName);

} // namespace ui
