#include "ui/render/FileExporter.h"

#include "engine/storage/AtomicFile.h"

#include <exception>

namespace ui
{

engine::Result<void> exportFile(const QString& path, const FileContent& content)
try {
    const QByteArray bytes = content();
    if (bytes.isEmpty()) {
        return engine::failure(engine::ErrorCode::CannotWrite,
                               path.toStdString() + ": the picture is too large.");
    }
    return engine::writeOutput(path.toStdString(),
                               std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
} catch (const std::exception& error) { // most likely out of memory
    return engine::failure(engine::ErrorCode::CannotWrite, path.toStdString() + ": " + error.what() + ".");
}

FileExporter::FileExporter(QObject* parent) : QObject(parent) {}

void FileExporter::write(const QString& path, FileContent content)
{
    m_queue.enqueue(
        "Writing the file", [path, content = std::move(content)] { return exportFile(path, content); },
        [this, path](const engine::Result<void>& result) {
            if (result)
                Q_EMIT written(path);
            else
                Q_EMIT failed(result.error());
        });
}

} // namespace ui
