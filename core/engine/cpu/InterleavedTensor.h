// A batch-interleaved tensor, [channel][y][x][image]: image i of a chunk is lane i of every SIMD vector, so
// all lanes are used whatever the number of channels. (With the channels innermost, as in most libraries, 10
// hidden units would leave 6 of 16 lanes empty.)
#pragma once

#include <cstddef>
#include <cstdint>

namespace engine
{

/// `channels` consecutive planes, each (height + 2·border) × (width + 2·border) vectors with one float per
/// image. The border is always 0, so kernels need no bounds checks.
struct InterleavedTensor {
    float* data = nullptr;
    int channels = 0;
    int height = 0;
    int width = 0;
    int border = 0;

    int rowLength() const { return width + 2 * border; }
    std::size_t vectorCount() const
    {
        return static_cast<std::size_t>(channels) * static_cast<std::size_t>(height + 2 * border) *
               static_cast<std::size_t>(rowLength());
    }
};

} // namespace engine
