// A menu of things to save: each entry asks where to. Files are made and written off the GUI thread.
#pragma once

#include "ui/render/FileExporter.h"

#include <QMenu>

namespace ui
{

class ExportMenu : public QMenu
{
    Q_OBJECT
public:
    /// Called at the click, on the GUI thread: takes what the content is made of, for what is shown may
    /// change while the user looks for a place.
    using TakeContent = std::function<FileContent()>;

    explicit ExportMenu(QWidget* parent = nullptr);

    /// `fileName`: as askForSavePath().
    QAction* add(const char* objectName, const QString& text, const QString& fileName, TakeContent take);

Q_SIGNALS:
    /// What was saved, or why it was not.
    void told(const QString& message, bool isSuccess);

private:
    void save(const QString& fileName, const TakeContent& take);

    FileExporter m_exporter;
};

} // namespace ui
