#include "engine/storage/AtomicFile.h"

#include "support/Files.h"
#include "support/Results.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using engine::ErrorCode;
using engine::readWholeFile;
using engine::writeFileAtomically;
using test::failsWith;
using test::TemporaryFolder;
using test::writeFile;

namespace
{

std::size_t fileCount(const std::filesystem::path& folder)
{
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()));
}

} // namespace

TEST(AtomicFile, writesANewFile)
{
    const TemporaryFolder folder;
    const std::string content("a\0b\nc", 5);
    ASSERT_TRUE(test::succeeds(writeFileAtomically(folder / "new", content)));
    EXPECT_EQ(test::readFile(folder / "new"), content);
    EXPECT_EQ(fileCount(folder.path()), 1U);
}

TEST(AtomicFile, replacesAFile)
{
    const TemporaryFolder folder;
    writeFile(folder / "file", "what was there, and longer");
    ASSERT_TRUE(test::succeeds(writeFileAtomically(folder / "file", "new")));
    EXPECT_EQ(test::readFile(folder / "file"), "new");
    EXPECT_EQ(fileCount(folder.path()), 1U);
}

TEST(AtomicFile, writesNothingIntoAFolderThatIsNotThere)
{
    const TemporaryFolder folder;
    const auto path = folder.path() / "nowhere" / "file";
    EXPECT_TRUE(
        failsWith(writeFileAtomically(path, "x"), ErrorCode::CannotWrite, {path.string(), "No such file"}));
    EXPECT_FALSE(std::filesystem::exists(folder / "nowhere"));
}

// A folder from somebody else may hold links to any file of the user.
TEST(AtomicFile, replacesASymbolicLinkAndLeavesItsTarget)
{
    for (const auto& write : {writeFileAtomically, engine::writeOutput}) {
        const TemporaryFolder folder;
        writeFile(folder / "real", "old");
        std::filesystem::create_symlink(folder / "real", folder / "link");
        std::filesystem::create_symlink(folder / "nowhere", folder / "dangling");
        std::filesystem::create_symlink(folder.path(), folder / "folder");
        for (const char* name : {"link", "dangling", "folder"}) {
            ASSERT_TRUE(write(folder / name, "new"));
            EXPECT_FALSE(std::filesystem::is_symlink(folder / name));
            EXPECT_EQ(test::readFile(folder / name), "new");
        }
        EXPECT_EQ(test::readFile(folder / "real"), "old");
        EXPECT_EQ(fileCount(folder.path()), 4U);
    }
}

TEST(AtomicFile, putsNoFileInThePlaceOfADevice)
{
    const TemporaryFolder folder;
    const std::filesystem::path pipe = folder / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_TRUE(failsWith(writeFileAtomically(pipe, "x"), ErrorCode::CannotWrite,
                          {pipe.string(), "expected a file; found a device or pipe"}));
    EXPECT_TRUE(std::filesystem::is_fifo(pipe));
    EXPECT_EQ(fileCount(folder.path()), 1U);
}

TEST(WriteOutput, writesToTheDeviceThatTheUserNames)
{
    const TemporaryFolder folder;
    std::filesystem::create_symlink("/dev/null", folder / "link");
    ASSERT_TRUE(engine::writeOutput(folder / "link", "gone"));
    EXPECT_TRUE(std::filesystem::is_symlink(folder / "link"));
    EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
    EXPECT_EQ(fileCount(folder.path()), 1U);
}

// /dev/stdout is a link to /proc/self/fd/1, which may be a file: "… --predictions-csv /dev/stdout > file".
TEST(WriteOutput, writesToAnOpenFileWhereItStands)
{
    const TemporaryFolder folder;
    const int descriptor = ::open((folder / "out.txt").c_str(), O_WRONLY | O_CREAT, 0600);
    ASSERT_GE(descriptor, 0);
    ASSERT_EQ(::write(descriptor, "report\n", 7), 7);
    const std::filesystem::path target = "/proc/self/fd/" + std::to_string(descriptor);
    std::filesystem::create_symlink(target, folder / "link");
    ASSERT_TRUE(test::succeeds(engine::writeOutput(folder / "link", "table\n")));
    ASSERT_TRUE(test::succeeds(engine::writeOutput("/dev/fd/" + std::to_string(descriptor), "more\n")));
    ASSERT_EQ(::write(descriptor, "end\n", 4), 4);
    ::close(descriptor);
    EXPECT_EQ(test::readFile(folder / "out.txt"), "report\ntable\nmore\nend\n");
    EXPECT_TRUE(std::filesystem::is_symlink(folder / "link"));
    EXPECT_EQ(fileCount(folder.path()), 2U);
    EXPECT_TRUE(failsWith(engine::writeOutput(folder / "link", "x"), ErrorCode::CannotWrite, {"link"}));
}

TEST(AtomicFile, leavesNothingBehindWhenItFails)
{
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder / "taken");
    writeFile(folder / "taken" / "inside", "kept");
    EXPECT_TRUE(failsWith(writeFileAtomically(folder / "taken", "x"), ErrorCode::CannotWrite,
                          {(folder / "taken").string(), "Is a directory"}));
    EXPECT_EQ(fileCount(folder.path()), 1U);
    EXPECT_EQ(test::readFile(folder / "taken" / "inside"), "kept");
}

TEST(AtomicFile, keepsTheOldFileInAFolderThatMayNotBeWritten)
{
    if (test::isRoot())
        GTEST_SKIP() << "root may write everywhere";
    const TemporaryFolder folder;
    const auto path = writeFile(folder / "file", "old");
    std::filesystem::permissions(folder.path(),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    EXPECT_TRUE(
        failsWith(writeFileAtomically(path, "new"), ErrorCode::CannotWrite, {path.string(), "denied"}));
    EXPECT_EQ(test::readFile(path), "old");
}

TEST(ReadWholeFile, returnsTheBytes)
{
    const TemporaryFolder folder;
    const std::string content("a\0b", 3);
    EXPECT_EQ(readWholeFile(writeFile(folder / "file", content), 3).value(), content);
    EXPECT_EQ(readWholeFile(writeFile(folder / "empty", ""), 0).value(), "");
}

TEST(ReadWholeFile, rejectsWhatIsTooLong)
{
    const TemporaryFolder folder;
    const auto path = writeFile(folder / "file", "four");
    EXPECT_TRUE(
        failsWith(readWholeFile(path, 3), ErrorCode::BadFormat, {path.string(), "at most 3", "found 4"}));
}

TEST(ReadWholeFile, rejectsWhatIsNoFile)
{
    const TemporaryFolder folder;
    EXPECT_TRUE(failsWith(readWholeFile(folder / "nowhere", 9), ErrorCode::NotFound,
                          {(folder / "nowhere").string()}));
    EXPECT_TRUE(failsWith(readWholeFile(folder.path(), 9), ErrorCode::CannotRead,
                          {folder.path().string(), "expected a file"}));
}

TEST(AtomicFile, removesWhatAKilledProgramHasLeftAndNothingElse)
{
    const TemporaryFolder folder;
    const std::vector<std::string> others = {"weights.pt",
                                             "weights.pt.backup",
                                             "weights.pt.tmp",
                                             "weights.pt.before.tmp",
                                             "weights.json.aB3dE6",
                                             "other.weights.pt.aB3dE6.tmp",
                                             "predictions.x1Y2z3.tmp"};
    for (const std::string& name : others)
        writeFile(folder / name, "precious");
    for (const char* name : {"weights.pt.aB3dE6.tmp", "weights.pt.000000.tmp"})
        writeFile(folder / name, "half");
    engine::removeLeftovers(folder / "weights.pt");
    EXPECT_EQ(fileCount(folder.path()), others.size() - 1) << "\"before\" could be by lot too";
    EXPECT_FALSE(std::filesystem::exists(folder / "weights.pt.before.tmp"));
    engine::removeLeftovers(folder.path() / "nowhere" / "weights.pt");
}

TEST(AtomicFile, namesWhatItIsWritingSoThatItIsKnownForALeftover)
{
    const TemporaryFolder folder;
    const pid_t child = ::fork();
    if (child == 0) {
        const rlimit none = {64, 64}; // the kernel ends a program that writes more
        ::setrlimit(RLIMIT_FSIZE, &none);
        (void)writeFileAtomically(folder / "weights.pt", std::string(1 << 16, 'x'));
        ::_exit(0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "killed while writing";
    EXPECT_EQ(fileCount(folder.path()), 1U);
    EXPECT_FALSE(std::filesystem::exists(folder / "weights.pt"));
    engine::removeLeftovers(folder / "weights.pt");
    EXPECT_EQ(fileCount(folder.path()), 0U);
}
