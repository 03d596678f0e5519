// Reads picture files of the formats in PictureFormat.h, as gray or in color. What decoding costs is bounded
// before it begins: files, pixels and JPEG's scans beyond what a picture of a digit can need are refused.
#pragma once

#include "engine/Result.h"

#include <QImage>
#include <cstdint>
#include <vector>

namespace ui
{

/// Grayscale8, 0 black … 255 white, at most 1,024 pixels per side, which is enough for a digit. Transparent
/// areas become white, or black if the opaque parts are light.
QImage grayPicture(const QImage& picture);

/// The same in color: RGB32.
QImage colorPicture(const QImage& picture);

/// Reads a file, scaled down while decoding: gray if `channels` is 1, otherwise in color. Errors: NotFound,
/// CannotRead (also for folders, pipes and devices, which are not opened), BadFormat.
engine::Result<QImage> readPicture(const QString& path, int channels);
/// The same for the content of a file; `name` begins the error messages. Error: BadFormat.
engine::Result<QImage> readPictureContent(const QByteArray& content, const std::string& name, int channels);
inline engine::Result<QImage> readGrayPicture(const QString& path)
{
    return readPicture(path, 1);
}

/// In data set layout, channel by channel, row by row: one channel of a gray picture; red, green and blue of
/// a color picture.
std::vector<std::uint8_t> pixelsOf(const QImage& picture, int channels = 1);

} // namespace ui
