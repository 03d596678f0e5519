#include "engine/storage/Safetensors.h"

#include "engine/storage/AtomicFile.h"
#include "engine/storage/TrainingJson.h"

#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <zlib.h>

namespace engine
{
namespace
{

using nlohmann::json;

static_assert(std::endian::native == std::endian::little, "the format is little-endian, and so is this code");

constexpr std::size_t kLargestFile = std::size_t{8} << 30;
constexpr std::size_t kLargestHeader = std::size_t{64} << 20;
constexpr int kMaxDepth = 8; ///< maximum nesting of the header; the format needs 3
constexpr const char* kChecksum = "crc32";
constexpr const char* kFloat = "F32";
constexpr const char* kByte = "U8";

std::string checksum(std::string_view bytes)
{
    return std::to_string(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

/// The bytes of the array described by `header`; nothing if they are outside the file.
std::optional<std::string_view> partOf(const json& header, std::string_view data)
{
    const json& offsets = header.at("data_offsets");
    const auto begin = wholeNumber<std::size_t>(offsets.at(0), 0, kAnyNumber);
    const auto end = wholeNumber<std::size_t>(offsets.at(1), 0, kAnyNumber);
    if (offsets.size() != 2 || begin > end || end > data.size())
        return std::nullopt;
    return data.substr(begin, end - begin);
}

/// False if the shape in `header` does not match the number of bytes.
template<typename T>
bool read(const json& header, std::string_view bytes, ShapedArray<T>& array)
{
    array.shape.clear();
    for (const json& extent : header.at("shape").get_ref<const json::array_t&>())
        array.shape.push_back(wholeNumber<std::size_t>(extent, 0, kAnyNumber));
    // Division, because a product may overflow.
    std::size_t left = bytes.size() / sizeof(T);
    for (const std::size_t extent : array.shape) {
        if (extent == 0)
            return bytes.empty();
        if (left % extent != 0)
            return false;
        left /= extent;
    }
    if (left != 1 || bytes.size() % sizeof(T) != 0)
        return false;
    array.values.resize(bytes.size() / sizeof(T));
    std::memcpy(array.values.data(), bytes.data(), bytes.size());
    return true;
}

template<typename T>
void write(const std::map<std::string, ShapedArray<T>>& arrays, const char* type, json& header,
           std::string& data)
{
    for (const auto& [name, array] : arrays) {
        const std::size_t begin = data.size();
        data.append(reinterpret_cast<const char*>(array.values.data()), array.values.size() * sizeof(T));
        header[name] = {{"dtype", type}, {"shape", array.shape}, {"data_offsets", {begin, data.size()}}};
    }
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
    // Deeply nested JSON would overflow the stack when formatted for the error message.
    const auto isShallow = [](int depth, json::parse_event_t, const json&) { return depth < kMaxDepth; };
    const json header = json::parse(bytes.substr(0, headerLength), isShallow, false);
    const std::string_view data = bytes.substr(headerLength);
    if (!header.is_object())
        return failure(ErrorCode::BadFormat, "expected a JSON object as header; found other content.");

    Safetensors content;
    std::size_t unread = data.size();
    for (const auto& [name, value] : header.items()) {
        if (name == "__metadata__") {
            content.metadata = value.get<std::map<std::string, std::string>>();
            continue;
        }
        const std::string type = value.at("dtype");
        const std::optional<std::string_view> part = partOf(value, data);
        // Overlapping arrays could request more memory than the file is long.
        const bool isRead = part && part->size() <= unread &&
                            ((type == kFloat && read(value, *part, content.floats[name])) ||
                             (type == kByte && read(value, *part, content.bytes[name])));
        if (!isRead)
            return failure(ErrorCode::BadFormat,
                           name +
                               ": expected float32 or uint8 numbers within the file, as many as the shape "
                               "requires; found " +
                               value.dump() + ".");
        unread -= part->size();
    }
    if (unread > 0)
        return failure(ErrorCode::BadFormat, "expected " + std::to_string(data.size() - unread) +
                                                 " bytes of numbers; found " + std::to_string(data.size()) +
                                                 ".");
    const std::string expected = content.metadata[kChecksum];
    if (expected != checksum(data))
        return failure(ErrorCode::BadFormat, "expected data with the checksum " + expected + "; found " +
                                                 checksum(data) + ": the file is damaged.");
    content.metadata.erase(kChecksum);
    return content;
}

} // namespace

std::string toBytes(const Safetensors& content)
{
    std::string data;
    json header = json::object();
    write(content.floats, kFloat, header, data); // floats before bytes, for alignment
    write(content.bytes, kByte, header, data);
    header["__metadata__"] = content.metadata;
    header["__metadata__"][kChecksum] = checksum(data);
    std::string text = header.dump(-1, ' ', false, json::error_handler_t::replace);
    text.resize((text.size() + 7) / 8 * 8, ' '); // aligns the numbers
    const std::uint64_t length = text.size();
    return std::string(reinterpret_cast<const char*>(&length), sizeof length) + text + data;
}

Result<Safetensors> readSafetensors(const std::filesystem::path& path)
{
    const auto bytes = readWholeFile(path, kLargestFile);
    if (!bytes)
        return tl::unexpected(bytes.error());
    const auto parsed = [&]() -> Result<Safetensors> {
        const auto bad = [](const char* what) {
            return failure(ErrorCode::BadFormat, std::string("expected a safetensors header: ") + what);
        };
        try {
            return parse(*bytes);
        } catch (const json::exception& error) {
            return bad(error.what());
        } catch (const std::out_of_range& error) {
            return bad(error.what());
        }
    };
    return parsed().map_error([&](Error error) {
        error.message = path.string() + ": " + error.message;
        return error;
    });
}

} // namespace engine
