#include "ui/render/PictureFile.h"

#include "core/Format.h"
#include "ui/render/JpegStructure.h"
#include "ui/render/PictureFormat.h"
#include "ui/render/PngPixels.h"

#include <QBuffer>
#include <QFileInfo>
#include <QImageReader>
#include <QPainter>
#include <QtEndian>
#include <algorithm>
#include <mutex>

namespace ui
{
namespace
{

using engine::ErrorCode;
using engine::failure;

constexpr int kLongestSide = 1024;
/// Of decoders that need all pixels at once: an A4 page scanned at 600 dpi has 35 million.
constexpr qint64 kMostPixels = 40'000'000;
/// Of JPEG files that are scaled down row by row: the largest photos of phones.
constexpr qint64 kMostPixelsByRow = 200'000'000;
constexpr qint64 kBytesPerPixel = 4;
constexpr qint64 kMostBytes = kMostPixels * kBytesPerPixel; ///< of a file, and of its pixels
constexpr int kMostScans = 100;                             ///< progressive photos have 10 or so
constexpr int kMostComponents = 4;
constexpr qint64 kMostMetadataBytes = 16'000'000;

QSize boundedSize(const QSize& size)
{
    const bool isLarge = std::max(size.width(), size.height()) > kLongestSide;
    return isLarge ? size.scaled(kLongestSide, kLongestSide, Qt::KeepAspectRatio).expandedTo({1, 1}) : size;
}

/// Puts transparent pictures on a background: white, or black if the drawing itself is light.
QImage onGround(const QImage& picture)
{
    if (!picture.hasAlphaChannel())
        return picture;
    const QImage pixels = picture.convertToFormat(QImage::Format_ARGB32);
    double light = 0;
    double cover = 0;
    for (int y = 0; y < pixels.height(); ++y) {
        const auto* const line = reinterpret_cast<const QRgb*>(pixels.constScanLine(y));
        for (int x = 0; x < pixels.width(); ++x) {
            light += static_cast<double>(qGray(line[x])) * qAlpha(line[x]);
            cover += qAlpha(line[x]);
        }
    }
    QImage ground(pixels.size(), QImage::Format_RGB32);
    ground.fill(light > 127.5 * cover ? Qt::black : Qt::white);
    QPainter(&ground).drawImage(0, 0, pixels);
    return ground;
}

QImage bounded(const QImage& picture)
{
    return onGround(
        picture.scaled(boundedSize(picture.size()), Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
}

/// A second line of defense, for decoders that allocate more than their header states. Qt keeps one limit for
/// the process.
void limitAllocations()
{
    static std::once_flag isSet;
    std::call_once(isSet, [] { QImageReader::setAllocationLimit(static_cast<int>(kMostBytes >> 20) + 1); });
}

/// Pixels of more than 32 bits, which Qt also makes of 16-bit gray while scaling, count as several.
qint64 mostPixels(QImage::Format format)
{
    if (format <= QImage::Format_Invalid || format >= QImage::NImageFormats)
        return kMostPixels;
    const int bits = format == QImage::Format_Grayscale16 ? 64 : QImage::toPixelFormat(format).bitsPerPixel();
    return kMostBytes / std::max<qint64>(kBytesPerPixel, bits / 8);
}

/// Qt states the size of a GIF's first frame, but allocates the screen that the frames are drawn on.
QSize gifScreen(const QByteArray& content)
{
    constexpr qsizetype kEnd = 10;
    if (content.size() < kEnd)
        return {};
    return {qFromLittleEndian<quint16>(content.constData() + 6),
            qFromLittleEndian<quint16>(content.constData() + 8)};
}

engine::Result<void> checkSize(const QSize& size, qint64 most, const std::string& name)
{
    const qint64 pixels = qint64(size.width()) * size.height();
    if (pixels <= most)
        return {};
    const auto text = [](qint64 number) {
        return core::countText(static_cast<std::uint64_t>(number)).toStdString();
    };
    return failure(ErrorCode::BadFormat, name + ": expected a picture of at most " + text(most) +
                                             " pixels; found " + text(pixels) + " (" + text(size.width()) +
                                             " × " + text(size.height()) + ").");
}

engine::Result<void> checkJpeg(const JpegStructure& jpeg, const std::string& name)
{
    const auto tooMany = [&](const char* what, qint64 most, qint64 found) {
        return failure(ErrorCode::BadFormat, name + ": expected at most " + std::to_string(most) + " " +
                                                 what + " in a JPEG file; found " + std::to_string(found) +
                                                 ".");
    };
    if (jpeg.components > kMostComponents)
        return tooMany("color components", kMostComponents, jpeg.components);
    if (jpeg.scans > kMostScans)
        return tooMany("scans", kMostScans, jpeg.scans);
    if (jpeg.metadataBytes > kMostMetadataBytes)
        return tooMany("bytes of metadata", kMostMetadataBytes, jpeg.metadataBytes);
    return {};
}

std::vector<std::uint8_t> colorPixelsOf(const QImage& picture)
{
    const auto area = static_cast<std::size_t>(picture.width()) * static_cast<std::size_t>(picture.height());
    std::vector<std::uint8_t> pixels(3 * area);
    std::size_t at = 0;
    for (int y = 0; y < picture.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(picture.constScanLine(y));
        for (int x = 0; x < picture.width(); ++x, ++at) {
            pixels[at] = static_cast<std::uint8_t>(qRed(line[x]));
            pixels[area + at] = static_cast<std::uint8_t>(qGreen(line[x]));
            pixels[2 * area + at] = static_cast<std::uint8_t>(qBlue(line[x]));
        }
    }
    return pixels;
}

engine::Result<void> checkBytes(qint64 size, const std::string& name)
{
    if (size <= kMostBytes)
        return {};
    return failure(ErrorCode::BadFormat, name + ": expected an image file of at most " +
                                             core::sizeText(kMostBytes).toStdString() + "; found " +
                                             core::sizeText(size).toStdString() + ".");
}

} // namespace

QImage grayPicture(const QImage& picture)
{
    return bounded(picture).convertToFormat(QImage::Format_Grayscale8);
}

QImage colorPicture(const QImage& picture)
{
    return bounded(picture).convertToFormat(QImage::Format_RGB32);
}

engine::Result<QImage> readPicture(const QString& path, int channels)
{
    const std::string name = path.toStdString();
    const QFileInfo info(path);
    if (!info.exists())
        return failure(ErrorCode::NotFound, name + ": no such file.");
    // A pipe or a device might never end, and opening it can already block.
    if (!info.isFile() || !info.isReadable())
        return failure(ErrorCode::CannotRead, name + ": expected an image file, but it cannot be read.");
    if (info.size() == 0)
        return failure(ErrorCode::BadFormat, name + ": expected an image file, but it is empty.");
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::CannotRead, name + ": " + file.errorString().toStdString() + ".");
    if (auto identified = identifyPicture(file.peek(kPictureStart), name); !identified)
        return tl::unexpected(identified.error());
    if (file.size() > kMostBytes)
        return failure(ErrorCode::BadFormat, name + ": expected an image file of at most " +
                                                 core::sizeText(kMostBytes).toStdString() + "; found " +
                                                 core::sizeText(file.size()).toStdString() + ".");
    return readPictureContent(file.read(file.size()), name, channels);
}

engine::Result<QImage> readPictureContent(const QByteArray& content, const std::string& name, int channels)
{
    if (auto checked = checkBytes(content.size(), name); !checked)
        return tl::unexpected(checked.error());
    const auto format = identifyPicture(content.left(kPictureStart), name);
    if (!format)
        return tl::unexpected(format.error());
    const QByteArray kind = format->name;
    const JpegStructure jpeg = kind == "jpeg" ? jpegStructure(content) : JpegStructure();
    if (auto checked = checkJpeg(jpeg, name); !checked)
        return tl::unexpected(checked.error());
    limitAllocations();
    QByteArray decoded = kind == "png" ? pngPixels(content) : content;
    QBuffer buffer(&decoded);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, kind);
    reader.setAutoDetectImageFormat(false); // no other plugin is asked
    reader.setAutoTransform(true);          // applies the EXIF orientation
    const QSize size = reader.size();
    if (size.isEmpty())
        return failure(ErrorCode::BadFormat,
                       name + ": expected an image file, but its header states no usable size.");
    const bool isByRow = kind == "jpeg" && !jpeg.isBuffered;
    const bool canBeDeep = kind == "png" || kind == "tiff"; // the others may state any format
    const qint64 most = isByRow     ? kMostPixelsByRow
                        : canBeDeep ? mostPixels(reader.imageFormat())
                                    : kMostPixels;
    const QSize allocated = kind == "gif" ? size.expandedTo(gifScreen(content)) : size;
    if (auto checked = checkSize(allocated, most, name); !checked)
        return tl::unexpected(checked.error());
    reader.setScaledSize(boundedSize(size));
    const QImage picture = reader.read();
    if (picture.isNull()) {
        return failure(ErrorCode::BadFormat, name + ": expected an image file, but it cannot be decoded (" +
                                                 reader.errorString().toStdString() + ").");
    }
    return channels == 1 ? grayPicture(picture) : colorPicture(picture);
}

std::vector<std::uint8_t> pixelsOf(const QImage& picture, int channels)
{
    if (channels != 1)
        return colorPixelsOf(picture.convertToFormat(QImage::Format_RGB32));
    const QImage gray = picture.convertToFormat(QImage::Format_Grayscale8);
    std::vector<std::uint8_t> pixels;
    pixels.reserve(static_cast<std::size_t>(gray.width()) * static_cast<std::size_t>(gray.height()));
    for (int y = 0; y < gray.height(); ++y)
        pixels.insert(pixels.end(), gray.constScanLine(y), gray.constScanLine(y) + gray.width());
    return pixels;
}

} // namespace ui
