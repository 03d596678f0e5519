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

QImage bounded(const QImage& picture)
{
    return onGround(
        picture.scaled(boundedSize(picture.size()), Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
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
