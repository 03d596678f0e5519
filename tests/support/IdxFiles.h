// IDX files as bytes, right ones and, by way of header(), wrong ones.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>

namespace test
{

/// Two zero bytes, the element type, the number of dimensions and the dimensions.
inline std::string idxHeader(std::initializer_list<std::uint32_t> dimensions, char elementType = 0x08)
{
    std::string bytes = {0, 0, elementType, static_cast<char>(dimensions.size())};
    for (const std::uint32_t dimension : dimensions) {
        for (const int shift : {24, 16, 8, 0})
            bytes += static_cast<char>(dimension >> shift & 0xff);
    }
    return bytes;
}

/// `size` bytes that differ from their neighbors.
inline std::string someBytes(std::size_t size)
{
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<char>((i * 37 + i / 256) % 256);
    return bytes;
}

inline std::string idxImages(std::uint32_t count, std::uint32_t height, std::uint32_t width)
{
    return idxHeader({count, height, width}) + someBytes(std::size_t{count} * height * width);
}

/// The labels 0, 1, … `classCount` − 1, and again.
inline std::string idxLabels(std::uint32_t count, int classCount = 10)
{
    std::string bytes = idxHeader({count});
    for (std::uint32_t i = 0; i < count; ++i)
        bytes += static_cast<char>(i % static_cast<std::uint32_t>(classCount));
    return bytes;
}

} // namespace test
