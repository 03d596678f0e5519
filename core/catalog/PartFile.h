// A partly downloaded file, name.gz.part. The server's ETag is stored beside it, so that the server can
// refuse to resume if its file has changed.
#pragma once

#include "engine/Result.h"

#include <QFile>
#include <QString>

namespace core
{

class PartFile
{
public:
    explicit PartFile(QString path);

    const QString& path() const { return m_path; }
    /// Size in bytes; 0 if there is no part.
    qint64 size() const;
    /// Empty if unknown.
    QByteArray etag() const;

    // Error of all of these: CannotWrite, with the path and the system's message.
    engine::Result<void> startAfresh(const QByteArray& etag);
    engine::Result<void> resume();
    engine::Result<void> append(const QByteArray& data);
    /// Flushes the part to disk and renames it to `target`.
    engine::Result<void> moveTo(const QString& target);

    void close();
    void discard();

private:
    engine::Result<void> open(QIODevice::OpenMode mode);
    QString etagPath() const;

    QString m_path;
    QFile m_file;
};

} // namespace core
