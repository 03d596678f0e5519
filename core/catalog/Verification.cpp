#include "core/catalog/Verification.h"

#include <QCryptographicHash>
#include <QFile>
#include <memory>
#include <vector>
#include <zlib.h>

namespace core
{
namespace
{

using engine::ErrorCode;
using engine::failure;

constexpr unsigned kBlockSize = 256 * 1024;

struct GzClose {
    void operator()(gzFile file) const { gzclose(file); }
};
using GzHandle = std::unique_ptr<gzFile_s, GzClose>;

struct Content {
    qint64 size = 0; ///< uncompressed bytes; limit + 1 means "longer than the limit"
    QByteArray sha256;
    bool isGzip = false;
};

tl::unexpected<engine::Error> differs(const QString& expected, const QString& found)
{
    return failure(ErrorCode::BadFormat,
                   QStringLiteral("expected %1; found %2.").arg(expected, found).toStdString());
}

QString bytesText(qint64 count)
{
    return QStringLiteral("%1 bytes of content").arg(count);
}

/// gzread reports a truncated stream only through gzerror, after the last byte.
engine::Result<void> checkStreamEnd(gzFile file)
{
    int code = Z_OK;
    const char* text = gzerror(file, &code);
    if (code == Z_OK || code == Z_STREAM_END)
        return {};
    if (code == Z_ERRNO)
        return failure(ErrorCode::CannotRead, "cannot be read: " + qt_error_string().toStdString() + ".");
    return differs(QStringLiteral("a complete gzip stream"),
                   QStringLiteral("damaged data (%1)").arg(QString::fromLocal8Bit(text)));
}

/// Stops after `limit` bytes, so that a small file cannot unpack for hours.
engine::Result<Content> readContent(const QString& path, qint64 limit, const std::stop_token& stop)
{
    if (!QFile::exists(path))
        return failure(ErrorCode::NotFound, "no such file.");
    const GzHandle file(gzopen(QFile::encodeName(path).constData(), "rb"));
    if (!file)
        return failure(ErrorCode::CannotRead, "cannot be opened: " + qt_error_string().toStdString() + ".");
    gzbuffer(file.get(), kBlockSize);

    Content content;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    std::vector<char> block(kBlockSize);
    while (content.size <= limit) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled, "the check was cancelled.");
        const int count = gzread(file.get(), block.data(), kBlockSize);
        if (count <= 0)
            break;
        hash.addData(QByteArrayView(block.data(), count));
        content.size += count;
    }
    if (content.size > limit) {
        content.size = limit + 1;
        return content;
    }
    if (const auto end = checkStreamEnd(file.get()); !end)
        return tl::unexpected(end.error());
    content.sha256 = hash.result().toHex();
    content.isGzip = gzdirect(file.get()) == 0;
    return content;
}

engine::Result<QByteArray> md5OfFile(const QString& path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Md5);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return failure(ErrorCode::CannotRead, "cannot be read: " + file.errorString().toStdString() + ".");
    return hash.result().toHex();
}

engine::Result<Verification> compareSums(const char* kind, const QByteArray& expected,
                                         const QByteArray& found)
{
    if (found == expected)
        return Verification::Verified;
    const QString name = QString::fromLatin1(kind) + QLatin1Char(' ');
    return differs(name + QString::fromLatin1(expected), name + QString::fromLatin1(found));
}

} // namespace

engine::Result<Verification> compareWithPublished(const KnownFile& file, const QString& path,
                                                  const std::stop_token& stop)
{
    const auto content = readContent(path, file.uncompressedSize, stop);
    if (!content)
        return tl::unexpected(content.error());
    if (content->size > file.uncompressedSize)
        return differs(bytesText(file.uncompressedSize), QStringLiteral("more"));
    if (!file.sha256.isEmpty())
        return compareSums("SHA-256", file.sha256, content->sha256);
    if (content->isGzip && !file.md5OfGz.isEmpty()) {
        return md5OfFile(path).and_then(
            [&](const QByteArray& sum) { return compareSums("MD5", file.md5OfGz, sum); });
    }
    if (content->size != file.uncompressedSize)
        return differs(bytesText(file.uncompressedSize), QString::number(content->size));
    return Verification::NotApplicable;
}

} // namespace core
