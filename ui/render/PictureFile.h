// Pictures of any format that Qt reads, of any size.
#pragma once

#include "engine/Result.h"

#include <QImage>
#include <cstdint>
#include <vector>

namespace ui
{

/// In color. What is transparent is white, or black where what covers it is light. At most 1,024 pixels a side: more
/// tell nothing of a digit.
QImage boundedPicture(const QImage& picture);
/// The same of a file, which is made smaller while it is read. Errors: NotFound, CannotRead, BadFormat.
engine::Result<QImage> readPicture(const QString& path);

/// Grayscale8, 0 black … 255 white. What is transparent is white, or black where what covers it is light. At
/// most 1,024 pixels a side: more tell nothing of a digit.
QImage grayPicture(const QImage& picture);

/// The same of a file, which is made smaller while it is read. Errors: NotFound, CannotRead, BadFormat.
engine::Result<QImage> readGrayPicture(const QString& path);

/// Of a picture in Grayscale8, row by row.
std::vector<std::uint8_t> pixelsOf(const QImage& gray);

} // namespace ui
