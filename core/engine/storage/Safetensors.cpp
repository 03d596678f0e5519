#include "engine/storage/Safetensors.h"

#include "engine/JsonText.h"
#include "engine/storage/AtomicFile.h"
#include "engine/storage/TrainingJson.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <zlib.h>

namespace engine
{
namespace
{

using nlohmann::json;

static_assert(std::endian::native == std::endian::little, "the format is little-endian, and so is this code");

constexpr std::size_t kLargestHeader = std::size_t{16} << 20;
constexpr std::size_t kMaxArrays = 4096;
constexpr const char* kChecksum = "crc32";
constexpr const char* kFloat = "F32";
constexpr const char* kByte = "U8";

std::string checksum(std::string_view bytes)
{
    return std::to_string(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

/// The array described by `value`; nothing if its bytes are outside the file or not as many as its shape
/// requires.
std::optional<SafetensorsHeader::Array> arrayFrom(const json& value, std::size_t dataSize)
{
    SafetensorsHeader::Array array;
    const std::string type = value.at("dtype");
    array.isFloat = type == kFloat;
    const json& offsets = value.at("data_offsets");
    array.begin = wholeNumber<std::size_t>(offsets.at(0), 0, kAnyNumber);
    array.end = wholeNumber<std::size_t>(offsets.at(1), 0, kAnyNumber);
    if (!(array.isFloat || type == kByte) || offsets.size() != 2 || array.begin > array.end ||
        array.end > dataSize)
        return std::nullopt;
    for (const json& extent : value.at("shape").get_ref<const json::array_t&>())
        array.shape.push_back(wholeNumber<std::size_t>(extent, 0, kAnyNumber));
    if (array.isFloat && (array.end - array.begin) % sizeof(float) != 0)
        return std::nullopt;
    // Division, because a product may overflow.
    std::size_t left = array.size();
    for (const std::size_t extent : array.shape) {
        if (extent == 0)
            return array.size() == 0 ? std::optional(array) : std::nullopt;
        if (left % extent != 0)
            return std::nullopt;
        left /= extent;
    }
    return left == 1 ? std::optional(array) : std::nullopt;
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

Result<SafetensorsHeader> headerFrom(std::string_view text, std::size_t dataSize)
{
    auto parsed = parseJson(text);
    if (!parsed)
        return failure(ErrorCode::BadFormat,
                       "expected a JSON object as header; found " + parsed.error().message + ".");
    if (!parsed->is_object())
        return failure(ErrorCode::BadFormat, "expected a JSON object as header; found other content.");
    if (parsed->size() > kMaxArrays)
        return failure(ErrorCode::BadFormat, "expected at most " + std::to_string(kMaxArrays) +
                                                 " arrays; found " + std::to_string(parsed->size()) + ".");
    SafetensorsHeader header;
    for (const auto& [name, value] : parsed->get_ref<const json::object_t&>()) {
        if (name == "__metadata__") {
            header.metadata = value.get<std::map<std::string, std::string>>();
            continue;
        }
        auto array = arrayFrom(value, dataSize);
        if (!array) {
            return failure(ErrorCode::BadFormat,
                           name +
                               ": expected float32 or uint8 numbers within the file, as many as the shape "
                               "requires; found " +
                               value.dump(-1, ' ', false, json::error_handler_t::replace) + ".");
        }
        header.arrays.emplace(name, std::move(*array));
    }
    return header;
}

Result<SafetensorsHeader> guardedHeaderFrom(std::string_view text, std::size_t dataSize)
{
    const auto bad = [](const char* what) {
        return failure(ErrorCode::BadFormat, std::string("expected a safetensors header: ") + what);
    };
    try {
        return headerFrom(text, dataSize);
    } catch (const json::exception& error) {
        return bad(error.what());
    } catch (const std::out_of_range& error) {
        return bad(error.what());
    }
}

/// The arrays in the order of their bytes, which is that of the data.
std::vector<std::pair<std::string, SafetensorsHeader::Array>> inOrder(const SafetensorsHeader& header)
{
    std::vector<std::pair<std::string, SafetensorsHeader::Array>> arrays(header.arrays.begin(),
                                                                         header.arrays.end());
    std::ranges::stable_sort(
        arrays, {}, [](const auto& named) { return std::pair(named.second.begin, named.second.end); });
    return arrays;
}

/// Reads numbers from a file and adds up their checksum.
class DataReader
{
public:
    explicit DataReader(std::istream& file) : m_file(file) {}

    template<typename T>
    bool read(const SafetensorsHeader::Array& header, ShapedArray<T>& array)
    {
        array.shape = header.shape;
        array.values.resize(header.size());
        auto* const bytes = reinterpret_cast<char*>(array.values.data());
        const std::size_t size = header.end - header.begin;
        if (size == 0) // zlib takes null for a request of the first checksum
            return true;
        if (!m_file.read(bytes, static_cast<std::streamsize>(size)))
            return false;
        m_checksum = crc32_z(m_checksum, reinterpret_cast<const Bytef*>(bytes), size);
        return true;
    }
    std::string checksum() const { return std::to_string(m_checksum); }

private:
    std::istream& m_file;
    uLong m_checksum = crc32_z(0, nullptr, 0);
};

Result<Safetensors> parse(std::istream& file, std::uintmax_t fileSize,
                          const std::function<void(const SafetensorsHeader&)>& check)
{
    std::uint64_t headerLength = 0;
    if (fileSize < sizeof headerLength)
        return failure(ErrorCode::BadFormat,
                       "expected at least 8 bytes; found " + std::to_string(fileSize) + ".");
    file.read(reinterpret_cast<char*>(&headerLength), sizeof headerLength);
    const std::uintmax_t rest = fileSize - sizeof headerLength;
    if (headerLength > rest || headerLength > kLargestHeader)
        return failure(ErrorCode::BadFormat,
                       "expected a header of at most " +
                           std::to_string(std::min<std::uintmax_t>(rest, kLargestHeader)) +
                           " bytes; found a length of " + std::to_string(headerLength) + ".");
    std::string text(headerLength, '\0');
    if (!file.read(text.data(), static_cast<std::streamsize>(text.size())))
        return failure(ErrorCode::CannotRead, std::string("cannot be read: ") + std::strerror(errno) + ".");
    const std::size_t dataSize = rest - headerLength;
    const auto header = guardedHeaderFrom(text, dataSize);
    if (!header)
        return tl::unexpected(header.error());
    const auto arrays = inOrder(*header);
    std::size_t end = 0;
    for (const auto& [name, array] : arrays) {
        if (array.begin != end)
            return failure(ErrorCode::BadFormat, name + ": expected to begin at byte " + std::to_string(end) +
                                                     " of the data; found " + std::to_string(array.begin) +
                                                     ".");
        end = array.end;
    }
    if (end != dataSize)
        return failure(ErrorCode::BadFormat, "expected " + std::to_string(end) + " bytes of numbers; found " +
                                                 std::to_string(dataSize) + ".");
    check(*header);

    Safetensors content;
    content.metadata = header->metadata;
    DataReader data(file);
    for (const auto& [name, array] : arrays) {
        if (!(array.isFloat ? data.read(array, content.floats[name]) : data.read(array, content.bytes[name])))
            return failure(ErrorCode::CannotRead, name + ": cannot be read: " + std::strerror(errno) + ".");
    }
    const std::string expected = content.metadata[kChecksum];
    if (expected != data.checksum())
        return failure(ErrorCode::BadFormat, "expected data with the checksum " + expected + "; found " +
                                                 data.checksum() + ": the file is damaged.");
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

Result<Safetensors> readSafetensors(const std::filesystem::path& path,
                                    const std::function<void(const SafetensorsHeader&)>& check)
{
    const auto size = sizeOfFile(path);
    if (!size)
        return tl::unexpected(size.error());
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return failure(ErrorCode::CannotRead,
                       path.string() + ": cannot be read: " + std::strerror(errno) + ".");
    return parse(file, *size, check).map_error([&](Error error) {
        error.message = path.string() + ": " + error.message;
        return error;
    });
}

} // namespace engine
