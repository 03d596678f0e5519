#include "ui/widgets/ExportMenu.h"

#include "ui/widgets/SavePath.h"

namespace ui
{

ExportMenu::ExportMenu(QWidget* parent) : QMenu(parent)
{
    connect(&m_exporter, &FileExporter::written, this,
            [this](const QString& path) { Q_EMIT messageReported(tr("Saved %1.").arg(path), true); });
    connect(&m_exporter, &FileExporter::failed, this, [this](const engine::Error& error) {
        Q_EMIT messageReported(QString::fromStdString(error.message), false);
    });
}

QAction* ExportMenu::add(const char* objectName, const QString& text, const QString& fileName,
                         TakeContent take)
{
    QAction* action = addAction(text);
    action->setObjectName(QLatin1String(objectName));
    connect(action, &QAction::triggered, this,
            [this, fileName, take = std::move(take)] { save(fileName, take); });
    return action;
}

void ExportMenu::save(const QString& fileName, const TakeContent& take)
{
    FileContent content = take();
    const QString path = askForSavePath(window(), tr("Export"), QStandardPaths::DocumentsLocation, fileName);
    if (!path.isEmpty())
        m_exporter.write(path, std::move(content));
}

} // namespace ui
