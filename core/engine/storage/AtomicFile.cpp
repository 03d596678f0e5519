#include "engine/storage/AtomicFile.h"

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace engine
{
namespace
{

class FileDescriptor
{
public:
    explicit FileDescriptor(int descriptor) : m_descriptor(descriptor) {}
    ~FileDescriptor()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;

    int get() const { return m_descriptor; }
    /// close() may be the first call that reports a full disk.
    bool close() { return ::close(std::exchange(m_descriptor, -1)) == 0; }

private:
    int m_descriptor;
};

/// mkstemp ignores the umask and creates files for the owner only. On Linux the umask can be read without
/// changing it.
mode_t currentUmask()
{
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("Umask:"))
            return static_cast<mode_t>(std::strtoul(line.c_str() + 6, nullptr, 8));
    }
    return 022;
}

// A temporary file is named "weights.pt.Xyz123.tmp", a name that users do not choose.
constexpr std::string_view kUnique = "XXXXXX";
constexpr std::string_view kTemporaryEnding = ".tmp";

bool writeAll(int descriptor, std::string_view content)
{
    while (!content.empty()) {
        const ssize_t count = ::write(descriptor, content.data(), content.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        content.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

/// The descriptor that a path such as /dev/stdout stands for, which is a link to /proc/self/fd/1; −1 if it is
/// none.
int descriptorOf(std::filesystem::path path)
{
    std::error_code status;
    constexpr int kMostLinks = 16;
    for (int i = 0; i < kMostLinks; ++i) {
        const std::string text = path.lexically_normal().string();
        for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
            int descriptor = -1;
            if (text.starts_with(folder)) {
                const auto [end, error] =
                    std::from_chars(text.data() + folder.size(), text.data() + text.size(), descriptor);
                return error == std::errc() && end == text.data() + text.size() ? descriptor : -1;
            }
        }
        const auto target = std::filesystem::read_symlink(path, status);
        if (status)
            return -1;
        path = path.parent_path() / target;
    }
    return -1;
}

} // namespace

Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view content)
{
    std::string temporary;
    const auto cannotWrite = [&](const char* step) {
        const std::string reason = std::strerror(errno);
        if (!temporary.empty())
            ::unlink(temporary.c_str());
        return failure(ErrorCode::CannotWrite,
                       path.string() + ": cannot be written (" + step + "): " + reason + ".");
    };
    std::error_code status;
    const auto type = std::filesystem::symlink_status(path, status).type();
    using std::filesystem::file_type;
    if (type != file_type::not_found && type != file_type::none && type != file_type::regular &&
        type != file_type::symlink && type != file_type::directory) {
        return failure(ErrorCode::CannotWrite,
                       path.string() + ": cannot be written: expected a file; found a device or pipe.");
    }
    temporary = path.string() + "." + std::string(kUnique) + std::string(kTemporaryEnding);
    FileDescriptor file(::mkstemps(temporary.data(), static_cast<int>(kTemporaryEnding.size())));
    if (file.get() < 0) {
        temporary.clear();
        return cannotWrite("creating a temporary file beside it");
    }
    ::fchmod(file.get(), 0666 & ~currentUmask());
    if (!writeAll(file.get(), content))
        return cannotWrite("writing");
    if (::fsync(file.get()) != 0 || !file.close())
        return cannotWrite("flushing to the disk");
    if (::rename(temporary.c_str(), path.c_str()) != 0)
        return cannotWrite("renaming");
    // Flush the folder too, so that the rename survives a power failure. Some file systems cannot; ignore
    // that.
    const FileDescriptor folder(
        ::open(path.has_parent_path() ? path.parent_path().c_str() : ".", O_RDONLY | O_DIRECTORY));
    if (folder.get() >= 0)
        ::fsync(folder.get());
    return {};
}

Result<void> writeOutput(const std::filesystem::path& path, std::string_view content)
{
    std::error_code status;
    const int known = descriptorOf(path);
    const auto type = std::filesystem::status(path, status).type();
    using std::filesystem::file_type;
    if (known < 0 && type != file_type::character && type != file_type::fifo && type != file_type::socket &&
        type != file_type::block)
        return writeFileAtomically(path, content);
    FileDescriptor device(known >= 0 ? ::dup(known) : ::open(path.c_str(), O_WRONLY));
    if (device.get() >= 0 && writeAll(device.get(), content) && device.close())
        return {};
    return failure(errno == EPIPE ? ErrorCode::BrokenPipe : ErrorCode::CannotWrite,
                   path.string() + ": cannot be written: " + std::strerror(errno) + ".");
}

void removeLeftovers(const std::filesystem::path& path)
{
    const std::string begin = path.filename().string() + ".";
    const auto isLeftover = [&](const std::string& name) {
        return name.size() == begin.size() + kUnique.size() + kTemporaryEnding.size() &&
               name.starts_with(begin) && name.ends_with(kTemporaryEnding);
    };
    std::error_code status;
    std::vector<std::filesystem::path> leftovers;
    for (std::filesystem::directory_iterator entry(path.parent_path(), status), end; !status && entry != end;
         entry.increment(status)) {
        if (isLeftover(entry->path().filename().string()))
            leftovers.push_back(entry->path());
    }
    for (const std::filesystem::path& leftover : leftovers)
        std::filesystem::remove(leftover, status);
}

Result<std::uintmax_t> sizeOfFile(const std::filesystem::path& path)
{
    std::error_code status;
    if (!std::filesystem::exists(path, status))
        return failure(ErrorCode::NotFound, path.string() + ": no such file.");
    if (!std::filesystem::is_regular_file(path, status))
        return failure(ErrorCode::CannotRead,
                       path.string() + ": expected a file; found a folder or special file.");
    const std::uintmax_t size = std::filesystem::file_size(path, status);
    if (status)
        return failure(ErrorCode::CannotRead, path.string() + ": cannot be read: " + status.message() + ".");
    return size;
}

Result<std::string> readWholeFile(const std::filesystem::path& path, std::size_t largestSize)
{
    const auto size = sizeOfFile(path);
    if (!size)
        return tl::unexpected(size.error());
    if (*size > largestSize) {
        return failure(ErrorCode::BadFormat, path.string() + ": expected at most " +
                                                 std::to_string(largestSize) + " bytes; found " +
                                                 std::to_string(*size) + ".");
    }
    std::string content(static_cast<std::size_t>(*size), '\0');
    std::ifstream file(path, std::ios::binary);
    if (!file || !file.read(content.data(), static_cast<std::streamsize>(*size)))
        return failure(ErrorCode::CannotRead,
                       path.string() + ": cannot be read: " + std::strerror(errno) + ".");
    return content;
}

} // namespace engine
