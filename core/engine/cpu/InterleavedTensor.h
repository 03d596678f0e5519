// A batch-interleaved tensor, [channel][y][x][image]: image i of a chunk lies in lane i of every SIMD vector,
// so that each instruction works on as many images as a register holds, whatever the number of channels.
// (With the channels innermost, as libraries have it, 6 of 16 lanes would be empty with 10 hidden units.)
#pragma once

#include <cstddef>
#include <cstdint>

namespace engine
{

/// `channels` planes behind each other, each (height + 2·border) × (width + 2·border) vectors of a float for
/// each image of the chunk. The border is 0 everywhere, so that no kernel asks where an image ends.
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
