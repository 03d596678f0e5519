#pragma once

#include <string>

namespace engine
{

/// Channels × height × width of an image.
struct ImageShape {
    int channels = 1;
    int height = 28;
    int width = 28;

    int size() const { return channels * height * width; }
    bool operator==(const ImageShape&) const = default;
};

/// "28 × 28", or "3 × 64 × 64" if there is more than one channel.
inline std::string text(const ImageShape& shape)
{
    const std::string sides = std::to_string(shape.height) + " × " + std::to_string(shape.width);
    return shape.channels == 1 ? sides : std::to_string(shape.channels) + " × " + sides;
}

} // namespace engine
