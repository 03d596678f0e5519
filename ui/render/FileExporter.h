// Creates and writes files off the GUI thread, atomically.
#pragma once

#include "core/TaskQueue.h"
#include "engine/Result.h"

#include <QByteArray>
#include <QObject>
#include <functional>

namespace ui
{

/// Creates the content of a file, on any thread.
using FileContent = std::function<QByteArray()>;

/// Creates the content and replaces the file atomically. Blocks. Fails with CannotWrite.
engine::Result<void> exportFile(const QString& path, const FileContent& content);

class FileExporter : public QObject
{
    Q_OBJECT
public:
    /// The destructor waits until all files are written.
    explicit FileExporter(QObject* parent = nullptr);

    /// Files are written one at a time, in the order of the calls.
    void write(const QString& path, FileContent content);

Q_SIGNALS:
    void written(const QString& path);
    void failed(const engine::Error& error);

private:
    core::TaskQueue m_queue{*this};
};

} // namespace ui
