// Reads the IDX format of MNIST: a big-endian header (two zero bytes, an element type, a number of
// dimensions, then each dimension as 32 bits) followed by the elements. Plain and gzip files are told apart
// by content. Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", section
// "File formats".
//
// Type, dimensions and length are validated before any allocation. Every message names the path, what was
// expected and what was found.
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

/// idx3 of unsigned bytes, count × height × width; or idx4 for color images, count × channels × height ×
/// width, or interleaved as count × height × width × 3. Errors: NotFound, CannotRead, BadFormat, OutOfMemory.
Result<IdxImages> readIdxImages(const std::filesystem::path& path);

/// idx1 of unsigned bytes. Errors as for readIdxImages().
Result<std::vector<std::uint8_t>> readIdxLabels(const std::filesystem::path& path);

} // namespace engine
