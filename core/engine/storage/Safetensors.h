// Named arrays of float32 and uint8, with text metadata, in one file of the safetensors format
// (https://github.com/huggingface/safetensors): header length, JSON header, data. In Python, open it with the
// library of that name.
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
    std::vector<T> values;          ///< row-major
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

/// Names are unique across both types.
struct Safetensors {
    std::map<std::string, std::string> metadata = {};
    std::map<std::string, ShapedArray<float>> floats = {};
    std::map<std::string, ShapedArray<std::uint8_t>> bytes = {};

    bool operator==(const Safetensors&) const = default;
};

/// Serializes; adds a checksum of the data to the metadata as "crc32".
std::string toBytes(const Safetensors& content);

/// Errors: NotFound, CannotRead, OutOfMemory, and BadFormat if the content differs from what toBytes() writes
/// or the checksum does not match.
Result<Safetensors> readSafetensors(const std::filesystem::path& path);

} // namespace engine
