// A menu of exports. Each entry asks for a path; files are created and written off the GUI thread.
#pragma once

#include "ui/render/FileExporter.h"

#include <QMenu>

namespace ui
{

class ExportMenu : public QMenu
{
    Q_OBJECT
public:
    /// Called on the GUI thread when the entry is clicked: copies the data to export, because the page may
    /// change while the user chooses a path.
    using TakeContent = std::function<FileContent()>;

    explicit ExportMenu(QWidget* parent = nullptr);

    /// `fileName`: see askForSavePath().
    QAction* add(const char* objectName, const QString& text, const QString& fileName, TakeContent take);

Q_SIGNALS:
    /// The saved path, or an error.
    void messageReported(const QString& message, bool isSuccess);

private:
    void save(const QString& fileName, const TakeContent& take);

    FileExporter m_exporter;
};

} // namespace ui
