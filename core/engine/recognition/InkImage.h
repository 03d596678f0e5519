// Ink on a ground, whatever it was drawn with: what a canvas, a scan or a photograph comes to before it is
// made to look as MNIST's digits do.
#pragma once

#include <cstdint>
#include <vector>

namespace engine
{

struct InkImage {
    int width = 0;                 ///< pixels
    int height = 0;                ///< pixels
    std::vector<std::uint8_t> ink; ///< 0 background … 255 full ink, row by row; width × height of them

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
