#include "ui/render/PictureFile.h"

#include <QFileInfo>
#include <QImageReader>
#include <QPainter>
#include <algorithm>

namespace ui
{
namespace
{

using engine::ErrorCode;
using engine::failure;

constexpr int kLongestSide = 1024;
constexpr int kMostMegabytes = 1024; ///< decoded; Qt's default of 128 rejects photos from phones

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

} // namespace

QImage boundedPicture(const QImage& picture)
{
    return onGround(
        picture.scaled(boundedSize(picture.size()), Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
}

QImage grayPicture(const QImage& picture)
{
    return boundedPicture(picture).convertToFormat(QImage::Format_Grayscale8);
}

engine::Result<QImage> readPicture(const QString& path)
{
    const std::string name = path.toStdString();
    const QFileInfo file(path);
    if (!file.exists())
        return failure(ErrorCode::NotFound, name + ": no such file.");
    if (!file.isFile() || !file.isReadable())
        return failure(ErrorCode::CannotRead, name + ": expected an image file, but it cannot be read.");
    QImageReader::setAllocationLimit(kMostMegabytes);
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true); // regardless of the file suffix
    reader.setAutoTransform(true);           // applies the EXIF orientation
    if (const QSize size = reader.size(); size.isValid())
        reader.setScaledSize(boundedSize(size));
    const QImage picture = reader.read();
    if (picture.isNull()) {
        return failure(ErrorCode::BadFormat, name + ": expected an image file, but it cannot be decoded (" +
                                                 reader.errorString().toStdString() + ").");
    }
    return boundedPicture(picture);
}

engine::Result<QImage> readGrayPicture(const QString& path)
{
    return readPicture(path).map(
        [](const QImage& picture) { return picture.convertToFormat(QImage::Format_Grayscale8); });
}

std::vector<std::uint8_t> pixelsOf(const QImage& gray)
{
    std::vector<std::uint8_t> pixels;
    pixels.reserve(static_cast<std::size_t>(gray.width()) * static_cast<std::size_t>(gray.height()));
    for (int y = 0; y < gray.height(); ++y)
        pixels.insert(pixels.end(), gray.constScanLine(y), gray.constScanLine(y) + gray.width());
    return pixels;
}

} // namespace ui
