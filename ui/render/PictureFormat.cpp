#include "ui/render/PictureFormat.h"

#include <QImageReader>
#include <array>
#include <optional>

namespace ui
{
namespace
{

using engine::ErrorCode;
using engine::failure;

/// Raster formats only, and only those whose header states the size, see PictureFile.cpp.
constexpr std::array kFormats = {
    PictureFormat{"png", "PNG", "png"},    PictureFormat{"jpeg", "JPEG", "jpg jpeg"},
    PictureFormat{"bmp", "BMP", "bmp"},    PictureFormat{"gif", "GIF", "gif"},
    PictureFormat{"webp", "WebP", "webp"}, PictureFormat{"tiff", "TIFF", "tif tiff"},
    PictureFormat{"pbm", "PBM", "pbm"},    PictureFormat{"pgm", "PGM", "pgm"},
    PictureFormat{"ppm", "PPM", "ppm"},
};

/// QImageReader's name of the format; empty if the content is none of them.
QByteArray nameOf(const QByteArray& start)
{
    if (start.startsWith("\x89PNG\r\n\x1a\n"))
        return "png";
    if (start.startsWith("\xff\xd8\xff"))
        return "jpeg";
    if (start.startsWith("BM"))
        return "bmp";
    if (start.startsWith("GIF87a") || start.startsWith("GIF89a"))
        return "gif";
    if (start.startsWith("RIFF") && start.mid(8, 4) == "WEBP")
        return "webp";
    if (start.startsWith(QByteArray("II*\0", 4)) || start.startsWith(QByteArray("MM\0*", 4)))
        return "tiff";
    // "P1" to "P3" are text, "P4" to "P6" binary; in both, the kind is followed by white space.
    if (start.size() > 2 && start[0] == 'P' && start[1] >= '1' && start[1] <= '6' &&
        QByteArray(" \t\r\n#").contains(start[2]))
        return std::array{"pbm", "pgm", "ppm"}[static_cast<std::size_t>(start[1] - '1') % 3];
    return {};
}

/// What else people take for a picture.
std::optional<const char*> rejectedTitle(QByteArray start)
{
    if (start.startsWith("\x1f\x8b"))
        return "Compressed (SVGZ)";
    if (start.startsWith("%PDF") || start.startsWith("%!PS"))
        return "PDF and PostScript";
    const QByteArray brand = start.mid(4, 8);
    if (brand == "ftypheic" || brand == "ftypheix" || brand == "ftypmif1" || brand == "ftypavif")
        return "HEIC and AVIF";
    start.replace('\0', ""); // UTF-16
    return start.contains("<svg") ? std::optional("SVG") : std::nullopt;
}

/// `separator` precedes the last one.
std::string titles(const char* separator)
{
    std::string text;
    for (const PictureFormat& format : kFormats) {
        const bool isLast = &format == &kFormats.back();
        text += (text.empty() ? "" : isLast ? separator : ", ") + std::string(format.title);
    }
    return text;
}

} // namespace

engine::Result<PictureFormat> identifyPicture(const QByteArray& start, const std::string& name)
{
    const QByteArray found = nameOf(start);
    for (const PictureFormat& format : kFormats) {
        if (found != format.name)
            continue;
        if (QImageReader::supportedImageFormats().contains(found))
            return format;
        return failure(ErrorCode::BadFormat,
                       name + ": " + format.title +
                           " pictures need a Qt plugin that is not installed; export it "
                           "as PNG.");
    }
    if (const auto title = rejectedTitle(start))
        return failure(ErrorCode::BadFormat,
                       name + ": " + *title + " pictures are not read; export it as PNG.");
    return failure(ErrorCode::BadFormat, name + ": expected an image file (" + titles(" or ") +
                                             "), but its content is none of them.");
}

QStringList pictureFilePatterns()
{
    const QList<QByteArray> supported = QImageReader::supportedImageFormats();
    QStringList patterns;
    for (const PictureFormat& format : kFormats) {
        if (!supported.contains(format.name))
            continue;
        for (const QByteArray& suffix : QByteArray(format.suffixes).split(' '))
            patterns << QStringLiteral("*.") + QString::fromLatin1(suffix);
    }
    return patterns;
}

QStringList pictureMimeTypes()
{
    const QList<QByteArray> supported = QImageReader::supportedImageFormats();
    QStringList types;
    for (const PictureFormat& format : kFormats) {
        if (supported.contains(format.name))
            types << QStringLiteral("image/") + QLatin1String(format.name);
    }
    return types;
}

} // namespace ui
