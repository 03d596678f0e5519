#include "ui/render/PictureReader.h"

#include "engine/recognition/InkExtraction.h"
#include "engine/recognition/Preprocessing.h"
#include "ui/render/PictureFile.h"
#include "ui/render/PictureFormat.h"

#include <QMimeData>
#include <QRegularExpression>
#include <QUrl>
#include <algorithm>

namespace ui
{
namespace
{

using engine::ErrorCode;
using engine::failure;
using engine::Result;

constexpr double kShareOfInk = 20 / 28.; ///< as a fraction of the square's side, as in MNIST

/// Crops a square around the bounding box.
QImage cutOut(const engine::InkImage& ink, const engine::BoundingBox& box)
{
    const int side = std::max(1, qRound(std::max(box.width, box.height) / kShareOfInk));
    QImage square(side, side, QImage::Format_Grayscale8);
    square.fill(0);
    const int left = box.left + box.width / 2 - side / 2;
    const int top = box.top + box.height / 2 - side / 2;
    for (int y = std::max(0, -top); y < std::min(side, ink.height - top); ++y) {
        uchar* line = square.scanLine(y);
        for (int x = std::max(0, -left); x < std::min(side, ink.width - left); ++x)
            line[x] = ink.at(left + x, top + y);
    }
    return square;
}

/// In the best format that can be read; in `fallback` if none can, so that the error says what it is.
QByteArray encodedPicture(const QMimeData& data, const QString& fallback)
{
    for (const QString& type : pictureMimeTypes()) {
        if (data.hasFormat(type))
            return data.data(type);
    }
    return data.data(fallback);
}

Result<QImage> fitted(const QImage& picture, const std::optional<engine::ImageShape>& shape)
{
    return shape ? fittedPicture(picture, *shape) : inkSquareOf(picture);
}

} // namespace

Result<QImage> inkSquareOf(const QImage& picture)
{
    if (picture.isNull())
        return failure(ErrorCode::BadFormat, "Expected a picture, but it cannot be decoded.");
    const QImage gray = grayPicture(picture);
    const engine::InkImage ink = engine::extractInk(gray.width(), gray.height(), pixelsOf(gray));
    const auto seen = engine::preprocessInk(ink);
    if (!seen)
        return failure(ErrorCode::BadValue, "No ink found in the picture: expected a dark drawing on a light "
                                            "background or a light one on a dark background.");
    return cutOut(ink, seen->box);
}

Result<QImage> fittedPicture(const QImage& picture, const engine::ImageShape& shape)
{
    if (picture.isNull())
        return failure(ErrorCode::BadFormat, "Expected a picture, but it cannot be decoded.");
    const QSize middle = QSize(shape.width, shape.height).scaled(picture.size(), Qt::KeepAspectRatio);
    QRect area(QPoint(0, 0), middle.expandedTo({1, 1}));
    area.moveCenter(picture.rect().center());
    const QImage cut = picture.copy(area);
    return (shape.channels == 1 ? grayPicture(cut) : colorPicture(cut))
        .scaled(shape.width, shape.height, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

PictureReader::PictureReader(QObject* parent) : QObject(parent) {}

void PictureReader::readFile(const QString& path)
{
    startFitting([path](int channels) { return readPicture(path, channels); });
}

void PictureReader::readImage(const QImage& image)
{
    start([image, shape = m_shape] { return fitted(image, shape); });
}

bool PictureReader::readData(const QMimeData& data)
{
    // Prefer a file: browsers offer both, and the file has the full resolution.
    if (data.hasUrls() && data.urls().first().isLocalFile()) {
        readFile(data.urls().first().toLocalFile());
        return true;
    }
    if (!data.hasImage())
        return false;
    // imageData() would decode what another program offers on this thread, without bounds and in any format.
    const QStringList offered = data.formats().filter(QRegularExpression(QStringLiteral("^image/")));
    if (offered.isEmpty())
        readImage(qvariant_cast<QImage>(data.imageData())); // of this program, decoded
    else
        readContent(encodedPicture(data, offered.first()));
    return true;
}

void PictureReader::readContent(const QByteArray& content)
{
    startFitting([content](int channels) { return readPictureContent(content, "The picture", channels); });
}

QString PictureReader::filePatterns()
{
    return pictureFilePatterns().join(QLatin1Char(' '));
}

void PictureReader::startFitting(std::function<Result<QImage>(int channels)> read)
{
    start([read = std::move(read), shape = m_shape] {
        return read(shape ? shape->channels : 1).and_then([&](const QImage& picture) {
            return fitted(picture, shape);
        });
    });
}

void PictureReader::start(std::function<Result<QImage>()> read)
{
    m_work.start(std::move(read), [this](const Result<QImage>& picture) {
        Q_EMIT busyChanged();
        if (picture)
            Q_EMIT haveRead(*picture);
        else
            Q_EMIT failed(picture.error());
    });
    Q_EMIT busyChanged();
}

} // namespace ui
