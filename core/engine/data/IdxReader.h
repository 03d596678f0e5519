// The IDX format of MNIST and its kin: a big-endian header (two zero bytes, an element type, a number of
// dimensions, then each dimension as 32 bits), then the elements. Plain or gzip, told apart by content.
// Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", section "File formats".
//
// Nothing is believed before it is checked: type, dimensions and length come before any allocation, and every
// message names the path, what was expected and what was found.
#pragma once

#include "engine/ImageShape.h"
#include "engine/Result.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace engine
{

struct IdxImages {
    int count = 0;
    ImageShape shape;
    std::vector<std::uint8_t> pixels; ///< count × channels × height × width
};

/// idx3 of unsigned bytes, count × height × width; or idx4 for images in color, count × channels × height ×
/// width or, as picture files have it, count × height × width × channels with 3 channels. Errors: NotFound,
/// CannotRead, BadFormat, OutOfMemory.
Result<IdxImages> readIdxImages(const std::filesystem::path& path);

/// idx1 of unsigned bytes. Errors as above.
Result<std::vector<std::uint8_t>> readIdxLabels(const std::filesystem::path& path);

} // namespace engine
