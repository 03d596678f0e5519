// Named arrays of float32 and some text in one file, in the safetensors format
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

struct Safetensors {
    std::map<std::string, std::string> metadata;
    std::map<std::string, std::vector<float>> arrays; ///< all of one dimension
};

/// As bytes; a checksum of the numbers is put into the metadata as "crc32".
std::string toBytes(const Safetensors& content);

/// Errors: NotFound, CannotRead, OutOfMemory, and BadFormat where anything is not as toBytes() writes it, or
/// the checksum is another.
Result<Safetensors> readSafetensors(const std::filesystem::path& path);

} // namespace engine
