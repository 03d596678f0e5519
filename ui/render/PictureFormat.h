// The picture formats that are read. The first bytes of the content decide, whatever the file is called, so
// that no decoder of another format ever sees the content.
#pragma once

#include "engine/Result.h"

#include <QByteArray>
#include <QStringList>

namespace ui
{

struct PictureFormat {
    const char* name;     ///< of QImageReader's plugin
    const char* title;    ///< "PNG"
    const char* suffixes; ///< "jpg jpeg"
};

/// First bytes of a content that identifyPicture() needs.
constexpr int kPictureStart = 1024;

/// The format of a content that begins with `start`. Error: BadFormat, which says what the content is if that
/// is known; vector pictures are never read, as they can refer to other files and cost unbounded time.
engine::Result<PictureFormat> identifyPicture(const QByteArray& start, const std::string& name);

/// Of the formats that this installation of Qt can decode: "*.png", "*.jpg", …
QStringList pictureFilePatterns();

/// MIME types of the same formats, the best first: "image/png", …
QStringList pictureMimeTypes();

} // namespace ui
