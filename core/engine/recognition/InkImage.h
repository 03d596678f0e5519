// Ink on a background: the common form of drawings, scans and photographs before preprocessing.
#pragma once

#include <cstdint>
#include <vector>

namespace engine
{

struct InkImage {
    int width = 0;                 ///< pixels
    int height = 0;                ///< pixels
    std::vector<std::uint8_t> ink; ///< width × height, 0 background … 255 full ink, row by row

    std::uint8_t at(int x, int y) const { return ink[index(x, y)]; }
    std::uint8_t& at(int x, int y) { return ink[index(x, y)]; }

    static InkImage blank(int width, int height)
    {
        return {
            width, height,
            std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height))};
    }

    bool operator==(const InkImage&) const = default;

private:
    std::size_t index(int x, int y) const
    {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
    }
};

} // namespace engine
