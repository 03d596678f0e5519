// Files that are made and written off the GUI thread, whole or not at all.
#pragma once

#include "engine/Result.h"

#include <QByteArray>
#include <QObject>
#include <QThreadPool>
#include <functional>

namespace ui
{

/// Makes what a file is to hold, on any thread.
using FileContent = std::function<QByteArray()>;

/// Makes the content and writes it, in place of what is there. Blocks. Fails with CannotWrite.
engine::Result<void> exportFile(const QString& path, const FileContent& content);

class FileExporter : public QObject
{
    Q_OBJECT
public:
    explicit FileExporter(QObject* parent = nullptr);
    /// Waits until all files are written.
    ~FileExporter() override;

    /// One file after the other, in the order of the calls.
    void write(const QString& path, FileContent content);

Q_SIGNALS:
    void written(const QString& path);
    void failed(const engine::Error& error);

private:
    QThreadPool m_pool;
};

} // namespace ui
