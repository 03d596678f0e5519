// Picture files of any format that Qt reads, of any size and colour, as grey.
#pragma once

#include "engine/Result.h"

#include <QString>
#include <cstdint>
#include <vector>

namespace app
{

struct GreyPicture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> pixels; ///< 0 black … 255 white, row by row
};

/// What is transparent is white, or black where what covers it is light. A picture larger than 2,048 pixels
/// is made smaller while it is read. Errors: NotFound, CannotRead, BadFormat.
engine::Result<GreyPicture> readGreyPicture(const QString& path);

/// In another size, smoothly.
GreyPicture scaled(const GreyPicture& picture, int width, int height);

} // namespace app
