#include "app/PictureFile.h"

#include <QFileInfo>
#include <QImageReader>
#include <QPainter>

namespace app
{
namespace
{

using engine::ErrorCode;

constexpr int kLargestSide = 2048;
constexpr int kMostMegabytes = 1024; ///< decoded; Qt's own 128 refuse what telephones take

/// A drawing on nothing shows on white paper, a white drawing on a blackboard.
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

GreyPicture greyOf(const QImage& picture)
{
    const QImage grey = picture.convertToFormat(QImage::Format_Grayscale8);
    GreyPicture result{grey.width(), grey.height(), {}};
    for (int y = 0; y < grey.height(); ++y)
        result.pixels.insert(result.pixels.end(), grey.constScanLine(y),
                             grey.constScanLine(y) + grey.width());
    return result;
}

} // namespace

engine::Result<GreyPicture> readGreyPicture(const QString& path)
{
    const std::string name = path.toStdString();
    const QFileInfo file(path);
    if (!file.exists())
        return engine::failure(ErrorCode::NotFound, name + ": there is no such file.");
    if (!file.isFile() || !file.isReadable())
        return engine::failure(ErrorCode::CannotRead, name + ": expected an image file; it cannot be read.");
    QImageReader::setAllocationLimit(kMostMegabytes);
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true); // whatever its name says
    reader.setAutoTransform(true);           // telephones store how they were held
    const QSize size = reader.size();
    if (std::max(size.width(), size.height()) > kLargestSide)
        reader.setScaledSize(size.scaled(kLargestSide, kLargestSide, Qt::KeepAspectRatio).expandedTo({1, 1}));
    const QImage picture = reader.read();
    if (picture.isNull()) {
        return engine::failure(ErrorCode::BadFormat,
                               name + ": expected an image file; found what cannot be read as one (" +
                                   reader.errorString().toStdString() + ").");
    }
    return greyOf(onGround(picture));
}

GreyPicture scaled(const GreyPicture& picture, int width, int height)
{
    const QImage image(picture.pixels.data(), picture.width, picture.height, picture.width,
                       QImage::Format_Grayscale8);
    return greyOf(image.scaled(width, height, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
}

} // namespace app
