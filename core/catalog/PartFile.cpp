#include "core/catalog/PartFile.h"

#include "engine/storage/AtomicFile.h"

#include <QFileInfo>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace core
{
namespace
{

tl::unexpected<engine::Error> cannotWrite(const QString& path, const QString& reason)
{
    return engine::failure(engine::ErrorCode::CannotWrite,
                           QStringLiteral("%1: cannot be written: %2.").arg(path, reason).toStdString());
}

bool isRegularOrMissing(const QString& path)
{
    std::error_code status;
    const auto type = std::filesystem::symlink_status(QFile::encodeName(path).toStdString(), status).type();
    return type == std::filesystem::file_type::regular || type == std::filesystem::file_type::not_found;
}

} // namespace

PartFile::PartFile(QString path) : m_path(std::move(path)), m_file(m_path) {}

QString PartFile::etagPath() const
{
    return m_path + QStringLiteral(".etag");
}

qint64 PartFile::size() const
{
    return QFileInfo(m_path).size();
}

QByteArray PartFile::etag() const
{
    QFile file(etagPath());
    if (!isRegularOrMissing(etagPath()))
        return {};
    return file.open(QIODevice::ReadOnly) ? file.read(1024) : QByteArray();
}

engine::Result<void> PartFile::open(QIODevice::OpenMode mode)
{
    close();
    if (!isRegularOrMissing(m_path))
        QFile::remove(m_path); // a link could lead to any file of the user, a pipe would block
    const int flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK |
                      (mode & QIODevice::Append ? O_APPEND : O_TRUNC);
    const int descriptor = ::open(QFile::encodeName(m_path).constData(), flags, 0666);
    // Unbuffered, so that a full disk is reported by the write that hits it.
    if (descriptor < 0 || !m_file.open(descriptor, mode | QIODevice::Unbuffered, QFile::AutoCloseHandle))
        return cannotWrite(m_path, qt_error_string());
    return {};
}

engine::Result<void> PartFile::startAfresh(const QByteArray& etag)
{
    QFile::remove(etagPath());
    return open(QIODevice::WriteOnly | QIODevice::Truncate).map([&] {
        // Resume also works without an ETag; a changed file is then detected by its checksum.
        if (!etag.isEmpty())
            (void)engine::writeFileAtomically(etagPath().toStdString(), etag.toStdString());
    });
}

engine::Result<void> PartFile::resume()
{
    return open(QIODevice::WriteOnly | QIODevice::Append);
}

engine::Result<void> PartFile::append(const QByteArray& data)
{
    if (m_file.write(data) != data.size())
        return cannotWrite(m_path, m_file.errorString());
    return {};
}

engine::Result<void> PartFile::moveTo(const QString& target)
{
    // The content must be on disk before the name says that the file is complete.
    if (auto opened = resume(); !opened)
        return opened;
    if (::fsync(m_file.handle()) != 0)
        return cannotWrite(m_path, qt_error_string());
    close();
    std::error_code status; // QFile::rename does not replace an existing file
    std::filesystem::rename(QFileInfo(m_path).filesystemFilePath(), QFileInfo(target).filesystemFilePath(),
                            status);
    if (status)
        return cannotWrite(target, QString::fromStdString(status.message()));
    QFile::remove(etagPath());
    return {};
}

void PartFile::close()
{
    if (m_file.isOpen())
        m_file.close();
}

void PartFile::discard()
{
    close();
    QFile::remove(m_path);
    QFile::remove(etagPath());
}

} // namespace core
