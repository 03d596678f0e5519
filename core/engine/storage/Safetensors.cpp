#include "engine/storage/Safetensors.h"

#include "engine/storage/AtomicFile.h"

#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>
#include <zlib.h>

namespace engine
{
namespace
{

using nlohmann::json;

static_assert(std::endian::native == std::endian::little, "the format is little-endian, and so is this code");

constexpr std::size_t kLargestFile = std::size_t{8} << 30;
constexpr std::size_t kLargestHeader = std::size_t{64} << 20;
constexpr const char* kChecksum = "crc32";

std::string checksum(std::string_view bytes)
{
    return std::to_string(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

Result<Safetensors> parse(std::string_view bytes)
{
    std::uint64_t headerLength = 0;
    if (bytes.size() < sizeof headerLength)
        return failure(ErrorCode::BadFormat,
                       "expected at least 8 bytes; found " + std::to_string(bytes.size()) + ".");
    std::memcpy(&headerLength, bytes.data(), sizeof headerLength);
    bytes.remove_prefix(sizeof headerLength);
    if (headerLength > bytes.size() || headerLength > kLargestHeader)
        return failure(ErrorCode::BadFormat, "expected a header of at most " +
                                                 std::to_string(std::min(bytes.size(), kLargestHeader)) +
                                                 " bytes; found a length of " + std::to_string(headerLength) +
                                                 ".");
    const json header = json::parse(bytes.substr(0, headerLength), nullptr, false);
    const std::string_view data = bytes.substr(headerLength);
    if (!header.is_object())
        return failure(ErrorCode::BadFormat, "expected a JSON object as header; found something else.");

    Safetensors content;
    for (const auto& [name, value] : header.items()) {
        if (name == "__metadata__") {
            content.metadata = value.get<std::map<std::string, std::string>>();
            continue;
        }
        const auto offsets = value.at("data_offsets").get<std::vector<std::uint64_t>>();
        const auto shape = value.at("shape").get<std::vector<std::uint64_t>>();
        if (value.at("dtype") != "F32" || shape.size() != 1 || offsets.size() != 2 ||
            offsets[0] > offsets[1] || offsets[1] > data.size() ||
            shape[0] != (offsets[1] - offsets[0]) / sizeof(float) ||
            (offsets[1] - offsets[0]) % sizeof(float) != 0)
            return failure(ErrorCode::BadFormat,
                           name + ": expected float32 numbers within the file; found " + value.dump() + ".");
        std::vector<float>& numbers = content.arrays[name];
        numbers.resize(shape[0]);
        if (!numbers.empty())
            std::memcpy(numbers.data(), data.data() + offsets[0], offsets[1] - offsets[0]);
    }
    const std::string expected = content.metadata[kChecksum];
    if (expected != checksum(data))
        return failure(ErrorCode::BadFormat, "expected numbers with the checksum " + expected + "; found " +
                                                 checksum(data) + ": the file is damaged.");
    content.metadata.erase(kChecksum);
    return content;
}

} // namespace

std::string toBytes(const Safetensors& content)
{
    std::string data;
    json header = json::object();
    for (const auto& [name, numbers] : content.arrays) {
        const std::size_t begin = data.size();
        data.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(float));
        header[name] = {
            {"dtype", "F32"}, {"shape", {numbers.size()}}, {"data_offsets", {begin, data.size()}}};
    }
    header["__metadata__"] = content.metadata;
    header["__metadata__"][kChecksum] = checksum(data);
    std::string text = header.dump(-1, ' ', false, json::error_handler_t::replace);
    text.resize((text.size() + 7) / 8 * 8, ' '); // so that the numbers are aligned
    const std::uint64_t length = text.size();
    return std::string(reinterpret_cast<const char*>(&length), sizeof length) + text + data;
}

Result<Safetensors> readSafetensors(const std::filesystem::path& path)
{
    const auto bytes = readWholeFile(path, kLargestFile);
    if (!bytes)
        return tl::unexpected(bytes.error());
    const auto parsed = [&]() -> Result<Safetensors> {
        try {
            return parse(*bytes);
        } catch (const json::exception& error) {
            return failure(ErrorCode::BadFormat,
                           std::string("expected a header as safetensors has it: ") + error.what());
        }
    };
    return parsed().map_error([&](Error error) {
        error.message = path.string() + ": " + error.message;
        return error;
    });
}

} // namespace engine
