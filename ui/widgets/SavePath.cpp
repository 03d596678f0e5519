#include "ui/widgets/SavePath.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace ui
{

QString askForSavePath(QWidget* parent, const QString& title, QStandardPaths::StandardLocation location,
                       const QString& fileName)
{
    const QDir folder(QStandardPaths::writableLocation(location));
    const QString suffix = QFileInfo(fileName).suffix();
    const QString filter =
        QCoreApplication::translate("ui::SavePath", "%1 files (*.%2)").arg(suffix.toUpper(), suffix);
    QString path = QFileDialog::getSaveFileName(parent, title, folder.filePath(fileName), filter);
    if (!path.isEmpty() && QFileInfo(path).suffix().isEmpty())
        path += QLatin1Char('.') + suffix;
    return path;
}

} // namespace ui
