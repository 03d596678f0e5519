// Pictures of any format that Qt reads, of any size, as gray or in color.
#pragma once

#include "engine/Result.h"

#include <QImage>
#include <cstdint>
#include <vector>

namespace ui
{

/// Grayscale8, 0 black … 255 white. What is transparent is white, or black where what covers it is light. At
/// most 1,024 pixels a side: more tell nothing of a digit.
QImage grayPicture(const QImage& picture);

/// The same in color: RGB32.
QImage colorPicture(const QImage& picture);

/// Of a file, which is made smaller while it is read: gray where `channels` is 1, else in color. Errors:
/// NotFound, CannotRead, BadFormat.
engine::Result<QImage> readPicture(const QString& path, int channels);
inline engine::Result<QImage> readGrayPicture(const QString& path)
{
    return readPicture(path, 1);
}

/// As a data set has them, channel by channel, each row by row: of a gray picture one channel, of one in
/// color red, green and blue.
std::vector<std::uint8_t> pixelsOf(const QImage& picture, int channels = 1);

} // namespace ui
