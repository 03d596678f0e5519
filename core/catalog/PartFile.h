// The beginning of a file that is being downloaded, as name.gz.part. Beside it lies the ETag that the server
// gave the file, so that a resume can be refused by the server when the file there is no longer the same.
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
    /// Bytes that are there; 0 where there is no part.
    qint64 size() const;
    /// Empty where none is known.
    QByteArray etag() const;

    // Errors of all of these: CannotWrite, with the path and the system's reason.
    engine::Result<void> startAfresh(const QByteArray& etag);
    engine::Result<void> resume();
    engine::Result<void> append(const QByteArray& data);
    /// The part becomes the file `target`, whole and on the disk.
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
