// Reads picture files of any size and any format that Qt supports.
#pragma once

#include "engine/Result.h"

#include <QImage>
#include <cstdint>
#include <vector>

namespace ui
{

/// In color, at most 1,024 pixels per side, which is enough for a digit. Transparent areas become white, or
/// black if the opaque parts are light.
QImage boundedPicture(const QImage& picture);
/// The same for a file, scaled down while decoding. Errors: NotFound, CannotRead, BadFormat.
engine::Result<QImage> readPicture(const QString& path);

/// Grayscale8, 0 black … 255 white, at most 1,024 pixels per side, which is enough for a digit. Transparent
/// areas become white, or black if the opaque parts are light.
QImage grayPicture(const QImage& picture);

/// The same for a file, scaled down while decoding. Errors: NotFound, CannotRead, BadFormat.
engine::Result<QImage> readGrayPicture(const QString& path);

/// Pixels of a Grayscale8 picture, row by row.
std::vector<std::uint8_t> pixelsOf(const QImage& gray);

} // namespace ui
