// Other users of the machine read nothing of the program's own folders.
#include "core/PrivateFolder.h"
#include "core/StudioFolders.h"

#include "support/Files.h"

#include <QString>
#include <gtest/gtest.h>

using std::filesystem::perms;

namespace
{

class PrivateFolder : public testing::Test
{
protected:
    std::filesystem::path make(const char* name, perms rights = perms(0755)) const
    {
        std::filesystem::create_directories(m_folder / name);
        std::filesystem::permissions(m_folder / name, rights);
        return m_folder / name;
    }
    static perms rightsOf(const std::filesystem::path& path)
    {
        return std::filesystem::symlink_status(path).permissions();
    }
    static QString text(const std::filesystem::path& path) { return QString::fromStdString(path.string()); }

    test::TemporaryFolder m_folder;
};

} // namespace

TEST_F(PrivateFolder, isMadeForItsUserAloneWithAllThatIsMissingAboveIt)
{
    const auto there = make("there");
    EXPECT_TRUE(core::makePrivateFolder(text(there / "studio/runs/")));
    EXPECT_EQ(rightsOf(there / "studio"), perms::owner_all);
    EXPECT_EQ(rightsOf(there / "studio/runs"), perms::owner_all);
    EXPECT_EQ(rightsOf(there), perms(0755)) << "it was there before";
    EXPECT_TRUE(core::makePrivateFolder(text(there)));
    EXPECT_EQ(rightsOf(there), perms(0755));
}

TEST_F(PrivateFolder, isNotMadeInTheFileOfAnother)
{
    test::writeFile(m_folder / "file", "mine");
    EXPECT_FALSE(core::makePrivateFolder(text(m_folder / "file")));
    EXPECT_FALSE(core::makePrivateFolder(text(m_folder / "file/below")));
    EXPECT_EQ(errno, ENOTDIR);
    EXPECT_EQ(test::readFile(m_folder / "file"), "mine");
}

TEST_F(PrivateFolder, isClosedToOthersWhereItWasOpen)
{
    const auto open = make("open", perms(0775));
    core::denyOthers(text(open));
    EXPECT_EQ(rightsOf(open), perms::owner_all);
    const auto readOnly = make("read-only", perms(0555));
    core::denyOthers(text(readOnly));
    EXPECT_EQ(rightsOf(readOnly), perms(0500)) << "the user's own rights stay";
    core::denyOthers(text(m_folder / "missing"));
    EXPECT_FALSE(std::filesystem::exists(m_folder / "missing"));
}

TEST_F(PrivateFolder, leavesWhatALinkLeadsTo)
{
    const auto elsewhere = make("elsewhere");
    std::filesystem::create_directory_symlink(elsewhere, m_folder / "link");
    core::denyOthers(text(m_folder / "link"));
    core::denyOthers(text(m_folder / "link/"));
    EXPECT_EQ(rightsOf(elsewhere), perms(0755));
}

TEST_F(PrivateFolder, coversRunsVerdictsAndKeptDigits)
{
    core::StudioFolders folders;
    folders.data = text(m_folder / "data");
    folders.datasets = text(m_folder / "data/datasets");
    folders.runs = text(m_folder / "data/runs");
    folders.verdicts = text(m_folder / "data/verdicts");
    folders.makePrivate();
    EXPECT_FALSE(std::filesystem::exists(m_folder / "data")) << "what is missing stays so";
    const char* own[] = {"data", "data/runs", "data/verdicts", "data/datasets/my-digits"};
    for (const char* name : own)
        make(name);
    make("data/datasets");
    folders.makePrivate();
    for (const char* name : own)
        EXPECT_EQ(rightsOf(m_folder / name), perms::owner_all) << name;
    EXPECT_EQ(core::StudioFolders::standard().runs,
              core::StudioFolders::standard().data + QStringLiteral("/runs"));
}
