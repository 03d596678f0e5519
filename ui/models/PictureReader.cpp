#include "ui/models/PictureReader.h"

#include "engine/ink/InkNormalizer.h"
#include "engine/ink/PictureInk.h"

#include <QFileInfo>
#include <QImageReader>
#include <QMimeData>
#include <QPainter>
#include <QUrl>
#include <algorithm>

namespace ui
{
namespace
{

using engine::ErrorCode;
using engine::failure;
using engine::Result;

constexpr int kLongestSide = 1024;       ///< pixels: more tell nothing of a digit
constexpr int kMostMegabytes = 1024;     ///< decoded; Qt's own 128 refuse what telephones take
constexpr double kShareOfInk = 20 / 28.; ///< of the square's side, as in MNIST

/// What shows through is made the opposite of what is there.
QImage withoutTransparency(const QImage& picture)
{
    if (!picture.hasAlphaChannel())
        return picture;
    const QImage pixels = picture.convertToFormat(QImage::Format_ARGB32);
    double light = 0;
    double covered = 0;
    for (int y = 0; y < pixels.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(pixels.constScanLine(y));
        for (int x = 0; x < pixels.width(); ++x) {
            light += qGray(line[x]) * qAlpha(line[x]);
            covered += qAlpha(line[x]);
        }
    }
    const bool isLight = covered > 0 && light / covered > 127;
    QImage ground(pixels.size(), QImage::Format_RGB32);
    ground.fill(isLight ? Qt::black : Qt::white);
    QPainter(&ground).drawImage(0, 0, pixels);
    return ground;
}

QSize boundedSize(const QSize& size)
{
    const bool isLarge = std::max(size.width(), size.height()) > kLongestSide;
    return isLarge ? size.scaled(kLongestSide, kLongestSide, Qt::KeepAspectRatio).expandedTo({1, 1}) : size;
}

/// The square around the ink's box.
QImage cutOut(const engine::InkImage& ink, const engine::InkBox& box)
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

Result<QImage> readPicture(const QString& path)
{
    QImageReader::setAllocationLimit(kMostMegabytes);
    QImageReader reader(path);
    reader.setAutoTransform(true); // a telephone says which way up it was held
    reader.setDecideFormatFromContent(true);
    if (const QSize size = reader.size(); size.isValid())
        reader.setScaledSize(boundedSize(size));
    const QImage picture = reader.read();
    if (!picture.isNull())
        return picture;
    if (!QFileInfo::exists(path))
        return failure(ErrorCode::NotFound, path.toStdString() + ": the file is not there.");
    return failure(ErrorCode::BadFormat,
                   QStringLiteral("%1: expected a picture; it cannot be read as one (%2).")
                       .arg(path, reader.errorString())
                       .toStdString());
}

} // namespace

Result<QImage> inkSquareOf(const QImage& picture)
{
    if (picture.isNull())
        return failure(ErrorCode::BadFormat, "Expected a picture; found none that can be read.");
    const QImage small =
        picture.scaled(boundedSize(picture.size()), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const QImage grey = withoutTransparency(small).convertToFormat(QImage::Format_Grayscale8);
    std::vector<std::uint8_t> pixels;
    pixels.reserve(static_cast<std::size_t>(grey.width()) * static_cast<std::size_t>(grey.height()));
    for (int y = 0; y < grey.height(); ++y)
        pixels.insert(pixels.end(), grey.constScanLine(y), grey.constScanLine(y) + grey.width());
    const engine::InkImage ink = engine::inkOfPicture(grey.width(), grey.height(), pixels);
    const auto seen = engine::normalizeInk(ink);
    if (!seen)
        return failure(ErrorCode::BadValue,
                       "No ink was found on the picture: expected something dark on a light "
                       "ground, or light on a dark one.");
    return cutOut(ink, seen->box);
}

PictureReader::PictureReader(QObject* parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

PictureReader::~PictureReader()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void PictureReader::readFile(const QString& path)
{
    start([path] { return readPicture(path).and_then(inkSquareOf); });
}

void PictureReader::readImage(const QImage& image)
{
    start([image] { return inkSquareOf(image); });
}

bool PictureReader::readData(const QMimeData& data)
{
    // A file first: a browser offers both, and the file is the whole picture.
    if (data.hasUrls() && data.urls().first().isLocalFile())
        readFile(data.urls().first().toLocalFile());
    else if (data.hasImage())
        readImage(qvariant_cast<QImage>(data.imageData()));
    else
        return false;
    return true;
}

QString PictureReader::filePatterns()
{
    QStringList patterns;
    for (const QByteArray& format : QImageReader::supportedImageFormats())
        patterns << QStringLiteral("*.") + QString::fromLatin1(format);
    return patterns.join(QLatin1Char(' '));
}

void PictureReader::start(std::function<Result<QImage>()> read)
{
    const quint64 request = ++m_newestRequest;
    m_isBusy = true;
    Q_EMIT busyChanged();
    m_pool.clear();
    m_pool.start([this, request, read = std::move(read)] {
        auto picture = read();
        QMetaObject::invokeMethod(
            this,
            [this, request, picture = std::move(picture)] {
                if (request != m_newestRequest)
                    return;
                m_isBusy = false;
                Q_EMIT busyChanged();
                if (picture)
                    Q_EMIT haveRead(*picture);
                else
                    Q_EMIT failed(picture.error());
            },
            Qt::QueuedConnection);
    });
}

} // namespace ui
