// Named arrays of float32 and uint8, with text metadata, in one file of the safetensors format
// (https://github.com/huggingface/safetensors): header length, JSON header, data. In Python, open it with the
// library of that name.
#pragma once

#include "engine/Result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
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

/// What a file announces, before its arrays are read.
struct SafetensorsHeader {
    struct Array {
        std::vector<std::size_t> shape;
        std::size_t begin = 0; ///< in bytes, after the header
        std::size_t end = 0;
        bool isFloat = false; ///< otherwise bytes

        std::size_t size() const { return (end - begin) / (isFloat ? sizeof(float) : 1); }
    };

    std::map<std::string, std::string> metadata;
    std::map<std::string, Array> arrays;
};

/// Serializes; adds a checksum of the data to the metadata as "crc32".
std::string toBytes(const Safetensors& content);

/// Calls `check` before the arrays are read: it throws if they are not those that the caller can use, as
/// memory is allocated for whatever it accepts. Errors: NotFound, CannotRead, OutOfMemory, and BadFormat if
/// the content differs from what toBytes() writes or the checksum does not match.
Result<Safetensors> readSafetensors(const std::filesystem::path& path,
                                    const std::function<void(const SafetensorsHeader&)>& check);

} // namespace engine
