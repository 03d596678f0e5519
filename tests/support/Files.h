// Files that tests make and look at. Bytes are kept in std::string.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace test
{

/// A new, empty folder, which goes with everything in it when the test ends.
class TemporaryFolder
{
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path operator/(std::string_view name) const { return m_path / name; }

private:
    std::filesystem::path m_path;
};

/// Returns `path`, so that a test can write and use a file in one line. Throws where the disk does not obey.
std::filesystem::path writeFile(const std::filesystem::path& path, std::string_view bytes);
std::string readFile(const std::filesystem::path& path);

std::string gzipped(std::string_view bytes);

/// Who is root may read and write everything, so tests of missing rights prove nothing.
bool isRoot();

/// The folder with MNIST's four files: TINYVGG_MNIST_DIR, else where the program looks for data sets; nothing
/// where they are not on this machine.
std::optional<std::filesystem::path> mnistFolder();

} // namespace test
