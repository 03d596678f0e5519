#include "engine/data/IdxReader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <memory>
#include <new>
#include <span>
#include <zlib.h>

namespace engine
{
namespace
{

constexpr std::uint8_t kUnsignedByte = 0x08;
constexpr std::uint32_t kLargestSide = 4096;
constexpr std::uint64_t kLargestContent = std::uint64_t{1} << 30; // of each of the four files
// Images compress to a fifth, labels to half. What claims much more is rejected before memory is allocated,
// if it is more than this.
constexpr std::uint64_t kBestCompression = 100;
constexpr std::uint64_t kAnyCompression = std::uint64_t{64} << 20;

struct GzClose {
    void operator()(gzFile file) const { gzclose(file); }
};
using GzHandle = std::unique_ptr<gzFile_s, GzClose>;

tl::unexpected<Error> badFormat(const std::filesystem::path& path, const std::string& expected,
                                const std::string& found)
{
    return failure(ErrorCode::BadFormat, path.string() + ": expected " + expected + "; found " + found + ".");
}

std::string hex(std::span<const std::uint8_t> bytes)
{
    constexpr const char* kDigits = "0123456789abcdef";
    std::string text = "0x";
    for (const std::uint8_t byte : bytes) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

/// Reads up to target.size() bytes, also beyond gzread's limit of one int. Returns the number of bytes read.
Result<std::size_t> readBytes(gzFile file, const std::filesystem::path& path, std::span<std::uint8_t> target)
{
    std::size_t done = 0;
    while (done < target.size()) {
        const auto step = std::min<std::size_t>(target.size() - done,
                                                static_cast<std::size_t>(std::numeric_limits<int>::max()));
        const int count = gzread(file, target.data() + done, static_cast<unsigned>(step));
        if (count > 0) {
            done += static_cast<std::size_t>(count);
            continue;
        }
        // gzread reports a truncated stream as its end; only gzerror tells the difference.
        int code = Z_OK;
        const char* text = gzerror(file, &code);
        if (code == Z_ERRNO)
            return failure(ErrorCode::CannotRead,
                           path.string() + ": cannot be read: " + std::strerror(errno) + ".");
        if (code != Z_OK)
            return badFormat(path, "a complete gzip stream", std::string("damaged data (") + text + ")");
        break;
    }
    return done;
}

std::string dimensionsText(std::span<const std::uint32_t> dimensions)
{
    std::string text;
    for (const std::uint32_t dimension : dimensions)
        text += (text.empty() ? "" : " × ") + std::to_string(dimension);
    return text;
}

struct IdxContent {
    std::vector<std::uint32_t> dimensions;
    std::vector<std::uint8_t> elements;
};

/// Also accepts more dimensions than `rank`, up to `largestRank`.
Result<IdxContent> readIdx(const std::filesystem::path& path, std::size_t rank, std::size_t largestRank)
{
    std::error_code status;
    const auto type = std::filesystem::status(path, status).type();
    if (type == std::filesystem::file_type::not_found)
        return failure(ErrorCode::NotFound, path.string() + ": no such file.");
    if (type == std::filesystem::file_type::none)
        return failure(ErrorCode::CannotRead, path.string() + ": cannot be read: " + status.message() + ".");
    if (type != std::filesystem::file_type::regular)
        return failure(ErrorCode::CannotRead,
                       path.string() + ": expected a file; found a folder or special file.");
    const std::uint64_t fileSize = std::filesystem::file_size(path, status);
    const GzHandle file(status ? nullptr : gzopen(path.c_str(), "rb"));
    if (!file)
        return failure(ErrorCode::CannotRead,
                       path.string() + ": cannot be opened: " + std::strerror(errno) + ".");
    gzbuffer(file.get(), 256 * 1024);

    std::array<std::uint8_t, 20> header{};
    auto headerRead = readBytes(file.get(), path, std::span(header).first(4));
    if (!headerRead)
        return tl::unexpected(headerRead.error());
    if (*headerRead == 0)
        return badFormat(path, "an IDX file", "an empty file");

    if (*headerRead == 4 && header[3] > rank && header[3] <= largestRank)
        rank = header[3];
    const std::array<std::uint8_t, 4> magic = {0, 0, kUnsignedByte, static_cast<std::uint8_t>(rank)};
    if (*headerRead < 4 || !std::equal(magic.begin(), magic.end(), header.begin())) {
        return badFormat(path,
                         "the magic number " + hex(magic) + " (unsigned bytes, " + std::to_string(rank) +
                             " dimensions)",
                         hex(std::span(header).first(std::min<std::size_t>(*headerRead, 4))));
    }
    const std::size_t headerSize = 4 + 4 * rank;
    const auto sizesRead = readBytes(file.get(), path, std::span(header).subspan(4, headerSize - 4));
    if (!sizesRead)
        return tl::unexpected(sizesRead.error());
    *headerRead += *sizesRead;
    if (*headerRead < headerSize)
        return badFormat(path, "a header of " + std::to_string(headerSize) + " bytes",
                         std::to_string(*headerRead) + " bytes");

    IdxContent content;
    std::uint64_t length = 1;
    for (std::size_t d = 0; d < rank; ++d) {
        const std::uint8_t* bytes = header.data() + 4 + 4 * d;
        const std::uint32_t dimension = std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
                                        std::uint32_t{bytes[2]} << 8 | std::uint32_t{bytes[3]};
        if (d > 0 && (dimension == 0 || dimension > kLargestSide)) {
            return badFormat(path, "image sides from 1 to " + std::to_string(kLargestSide) + " pixels",
                             std::to_string(dimension));
        }
        content.dimensions.push_back(dimension);
        length *= dimension;
        if (length > (std::uint64_t{1} << 48)) // one more dimension could overflow
            return badFormat(path, "at most " + std::to_string(kLargestContent) + " bytes of content",
                             "dimensions " + dimensionsText(content.dimensions) + " and more");
    }
    if (content.dimensions.front() == 0)
        return badFormat(path, "at least one element", "dimensions " + dimensionsText(content.dimensions));

    const std::string expectedLength =
        std::to_string(length) + " bytes of content (" + dimensionsText(content.dimensions) + ")";
    if (length > kLargestContent)
        return badFormat(path, "at most " + std::to_string(kLargestContent) + " bytes of content",
                         expectedLength);
    if (gzdirect(file.get()) != 0) {
        if (fileSize != headerSize + length)
            return badFormat(path, expectedLength, std::to_string(fileSize - headerSize) + " bytes");
    } else if (length > std::max(fileSize * kBestCompression, kAnyCompression)) {
        return badFormat(path, expectedLength,
                         "a gzip file of " + std::to_string(fileSize) + " bytes, from which at most " +
                             std::to_string(std::max(fileSize * kBestCompression, kAnyCompression)) +
                             " are unpacked");
    }

    try {
        content.elements.resize(static_cast<std::size_t>(length));
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::OutOfMemory,
                       path.string() + ": not enough memory for " + expectedLength + ".");
    }
    const auto elementsRead = readBytes(file.get(), path, content.elements);
    if (!elementsRead)
        return tl::unexpected(elementsRead.error());
    if (*elementsRead < length)
        return badFormat(path, expectedLength, std::to_string(*elementsRead) + " bytes");
    std::array<std::uint8_t, 1> rest{};
    const auto restRead = readBytes(file.get(), path, rest);
    if (!restRead)
        return tl::unexpected(restRead.error());
    if (*restRead != 0)
        return badFormat(path, expectedLength, "additional bytes after them");
    return content;
}

/// Converts interleaved pixels (red, green, blue, red, …) to planar channels, for every image.
std::vector<std::uint8_t> channelByChannel(const std::vector<std::uint8_t>& pixels, std::size_t area,
                                           std::size_t channels)
{
    std::vector<std::uint8_t> planes(pixels.size());
    for (std::size_t image = 0; image < pixels.size(); image += area * channels) {
        for (std::size_t i = 0; i < area * channels; ++i)
            planes[image + i % channels * area + i / channels] = pixels[image + i];
    }
    return planes;
}

} // namespace

Result<IdxImages> readIdxImages(const std::filesystem::path& path)
{
    return readIdx(path, 3, 4).and_then([&](IdxContent&& content) -> Result<IdxImages> {
        std::vector<int> sizes(content.dimensions.begin(), content.dimensions.end());
        if (sizes.size() == 3)
            return IdxImages{sizes[0], {1, sizes[1], sizes[2]}, std::move(content.elements)};
        if (sizes[1] <= 4)
            return IdxImages{sizes[0], {sizes[1], sizes[2], sizes[3]}, std::move(content.elements)};
        if (sizes[3] != 3) {
            return badFormat(path, "images of 1 to 4 channels, count × channels × height × width",
                             "dimensions " + dimensionsText(content.dimensions));
        }
        return IdxImages{
            sizes[0],
            {3, sizes[1], sizes[2]},
            channelByChannel(content.elements, static_cast<std::size_t>(sizes[1] * sizes[2]), 3)};
    });
}

Result<std::vector<std::uint8_t>> readIdxLabels(const std::filesystem::path& path)
{
    return readIdx(path, 1, 1).map([](IdxContent&& content) { return std::move(content.elements); });
}

} // namespace engine
