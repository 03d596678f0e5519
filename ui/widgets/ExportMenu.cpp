#include "ui/widgets/ExportMenu.h"

#include "engine/storage/AtomicFile.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

namespace ui
{

QAction* ExportMenu::add(const char* objectName, const QString& text, const QString& fileName,
                         Content content)
{
    QAction* action = addAction(text);
    action->setObjectName(QLatin1String(objectName));
    connect(action, &QAction::triggered, this,
            [this, fileName, content = std::move(content)] { save(fileName, content); });
    return action;
}

void ExportMenu::save(const QString& fileName, const Content& content)
{
    const QByteArray bytes = content();
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    const QString suffix = QFileInfo(fileName).suffix();
    QString path = QFileDialog::getSaveFileName(window(), tr("Export"), folder.filePath(fileName),
                                                tr("%1 files (*.%2)").arg(suffix.toUpper(), suffix));
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += QLatin1Char('.') + suffix;
    const auto written = engine::writeFileAtomically(
        path.toStdString(), std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    if (written)
        Q_EMIT told(tr("Saved %1.").arg(path), true);
    else
        Q_EMIT told(QString::fromStdString(written.error().message), false);
}

} // namespace ui
