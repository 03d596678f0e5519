// The question where to save a file.
#pragma once

#include <QStandardPaths>

class QWidget;

namespace ui
{

/// Empty where the user cancels. `fileName` is what the dialog proposes in `location`; its suffix is that of
/// the file, unless another is typed.
QString askForSavePath(QWidget* parent, const QString& title, QStandardPaths::StandardLocation location,
                       const QString& fileName);

} // namespace ui
