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
    QFileDialog dialog(parent, title, folder.path(), filter);
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(suffix); // so that the dialog asks before it replaces the file with the suffix
    dialog.selectFile(fileName);
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty())
        return {};
    return dialog.selectedFiles().constFirst();
}

} // namespace ui
