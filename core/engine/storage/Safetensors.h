// Named arrays of float32 and uint8 and some text in one file, in the safetensors format
// (https://github.com/huggingface/safetensors): the header's length, a JSON header, the numbers. Python opens
// such a file with the library of that name.
#pragma once

#include "engine/Result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace engine
{

template<typename T>
struct ShapedArray {
    std::vector<T> values;          ///< row by row
    std::vector<std::size_t> shape; ///< their product is values.size()

    ShapedArray() : ShapedArray(std::vector<T>()) {}
    ShapedArray(std::vector<T> ofOneDimension) : values(std::move(ofOneDimension)), shape{values.size()} {}
    ShapedArray(std::vector<T> rowByRow, std::vector<std::size_t> itsShape)
        : values(std::move(rowByRow)),
          shape(std::move(itsShape))
    {
    }

    bool operator==(const ShapedArray&) const = default;
};

/// No two arrays have the same name, of whichever type they are.
struct Safetensors {
    std::map<std::string, std::string> metadata = {};
    std::map<std::string, ShapedArray<float>> floats = {};
    std::map<std::string, ShapedArray<std::uint8_t>> bytes = {};

    bool operator==(const Safetensors&) const = default;
};

/// As bytes; a checksum of the numbers is put into the metadata as "crc32".
std::string toBytes(const Safetensors& content);

/// Errors: NotFound, CannotRead, OutOfMemory, and BadFormat where anything is not as toBytes() writes it, or
/// the checksum is another.
Result<Safetensors> readSafetensors(const std::filesystem::path& path);

} // namespace engine
