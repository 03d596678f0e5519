// A list of runs may name any folder: only the files of a run are deleted, and nothing behind a link.
#include "core/runs/RunDeletion.h"
#include "core/runs/FolderLock.h"
#include "core/runs/RunFiles.h"

#include "core/RecordedRun.h"
#include "support/Files.h"
#include "support/Results.h"

#include <QDir>
#include <gtest/gtest.h>

using core::RunInfo;
using core::RunStore;
using engine::ErrorCode;
using test::failsWith;
using test::succeeds;

namespace
{

class RunDeletion : public testing::Test
{
protected:
    QString path(const char* name) const { return QString::fromStdString((m_root / name).string()); }
    /// In the list, with its files in `folder`; in a numbered folder where that is empty.
    RunInfo recordRun(const QString& folder = {}) const
    {
        test::recordRun(m_runs, {.folder = folder});
        return (*RunStore::open(m_runs))->list()->front();
    }
    /// As a damaged list may have it.
    RunInfo listFolder(const QString& folder) const
    {
        RunInfo run;
        run.folder = folder;
        EXPECT_TRUE(succeeds((*RunStore::open(m_runs))->add(run)));
        return (*RunStore::open(m_runs))->list()->front();
    }
    bool isListed(const RunInfo& run) const
    {
        return (*RunStore::open(m_runs))->find(run.number)->has_value();
    }
    static std::vector<std::string> filesIn(const std::filesystem::path& folder)
    {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            names.push_back(entry.path().filename().string());
        std::ranges::sort(names);
        return names;
    }

    test::TemporaryFolder m_root;
    QString m_runs = path("runs");
};

} // namespace

TEST_F(RunDeletion, takesTheFilesTheFolderAndTheEntry)
{
    const RunInfo run = recordRun();
    test::writeFile(m_root / "runs/1/weights.pt.Ab12cd.tmp", "half");
    const auto deleted = core::deleteRun(run, m_runs);
    ASSERT_TRUE(succeeds(deleted));
    EXPECT_FALSE(deleted->isFolderLeft);
    EXPECT_EQ(deleted->leftBecause.toStdString(), "");
    EXPECT_FALSE(std::filesystem::exists(m_root / "runs/1"));
    EXPECT_FALSE(isListed(run));
}

TEST_F(RunDeletion, leavesOtherFilesOfARunsFolder)
{
    const RunInfo run = recordRun(path("mine"));
    test::writeFile(m_root / "mine/notes.txt", "mine");
    std::filesystem::create_directory(m_root / "mine/more");
    const auto deleted = core::deleteRun(run, m_runs);
    ASSERT_TRUE(succeeds(deleted));
    EXPECT_TRUE(deleted->isFolderLeft);
    EXPECT_EQ(deleted->leftBecause.toStdString(), "");
    EXPECT_EQ(filesIn(m_root / "mine"), (std::vector<std::string>{"more", "notes.txt"}));
}

TEST_F(RunDeletion, leavesAFolderThatIsNoRun)
{
    std::filesystem::create_directories(m_root / "thesis");
    const std::vector<std::string> names = {"checkpoint.safetensors", "notes.txt", "predictions.safetensors",
                                            "weights.json", "weights.pt"};
    for (const std::string& name : names)
        test::writeFile(m_root / "thesis" / name, "precious");
    const RunInfo run = listFolder(path("thesis"));
    const auto deleted = core::deleteRun(run, m_runs);
    ASSERT_TRUE(succeeds(deleted));
    EXPECT_TRUE(deleted->isFolderLeft);
    EXPECT_EQ(deleted->leftBecause.toStdString(), path("thesis").toStdString() +
                                                      ": expected the folder of run 1; found no checkpoint "
                                                      "of this program.");
    EXPECT_EQ(filesIn(m_root / "thesis"), names);
    EXPECT_FALSE(isListed(run)) << "or it could never be removed from the list";
}

TEST_F(RunDeletion, leavesFilesThatAreNoRunsInANumberedFolderToo)
{
    const RunInfo run = listFolder({});
    std::filesystem::create_directories(m_root / "runs/1");
    test::writeFile(m_root / "runs/1/weights.pt", "precious");
    const auto deleted = core::deleteRun(run, m_runs);
    ASSERT_TRUE(succeeds(deleted));
    EXPECT_NE(deleted->leftBecause.toStdString(), "");
    EXPECT_EQ(test::readFile(m_root / "runs/1/weights.pt"), "precious");
}

TEST_F(RunDeletion, leavesAnEmptyFolderThatItHasNotMade)
{
    std::filesystem::create_directories(m_root / "empty");
    EXPECT_TRUE(core::deleteRun(listFolder(path("empty")), m_runs)->isFolderLeft);
    EXPECT_TRUE(std::filesystem::exists(m_root / "empty"));
}

TEST_F(RunDeletion, leavesAnExport)
{
    ASSERT_TRUE(succeeds(core::exportRun(recordRun(), path("for-python"))));
    const auto names = filesIn(m_root / "for-python");
    EXPECT_TRUE(core::deleteRun(listFolder(path("for-python")), m_runs)->isFolderLeft);
    EXPECT_EQ(filesIn(m_root / "for-python"), names);
}

TEST_F(RunDeletion, followsNoLinkToAFolder)
{
    recordRun(path("mine"));
    const auto names = filesIn(m_root / "mine");
    std::filesystem::create_directory_symlink(m_root / "mine", m_root / "link");
    for (const char* name : {"link", "link/"}) {
        const RunInfo run = listFolder(path("") + QLatin1String(name));
        const auto deleted = core::deleteRun(run, m_runs);
        ASSERT_TRUE(succeeds(deleted));
        EXPECT_NE(deleted->leftBecause.toStdString().find("found a symbolic link"), std::string::npos);
        EXPECT_FALSE(isListed(run));
    }
    EXPECT_EQ(filesIn(m_root / "mine"), names);
    EXPECT_TRUE(std::filesystem::is_symlink(m_root / "link"));
}

TEST_F(RunDeletion, followsNoLinkToAFile)
{
    const RunInfo run = recordRun();
    test::writeFile(m_root / "file", "precious");
    for (const char* name : {"weights.json", "weights.pt"}) {
        std::filesystem::remove(m_root / "runs/1" / name);
        std::filesystem::create_symlink(m_root / "file", m_root / "runs/1" / name);
    }
    const auto deleted = core::deleteRun(run, m_runs);
    ASSERT_TRUE(succeeds(deleted));
    EXPECT_TRUE(deleted->isFolderLeft);
    EXPECT_EQ(test::readFile(m_root / "file"), "precious");
    EXPECT_EQ(filesIn(m_root / "runs/1"), (std::vector<std::string>{"weights.json", "weights.pt"}));
}

TEST_F(RunDeletion, doesNotTakeALinkedCheckpointForARun)
{
    recordRun();
    std::filesystem::create_directory(m_root / "thesis");
    std::filesystem::create_symlink(m_root / "runs/1/checkpoint.safetensors",
                                    m_root / "thesis/checkpoint.safetensors");
    test::writeFile(m_root / "thesis/weights.pt", "precious");
    EXPECT_TRUE(core::deleteRun(listFolder(path("thesis")), m_runs)->isFolderLeft);
    EXPECT_EQ(test::readFile(m_root / "thesis/weights.pt"), "precious");
}

TEST_F(RunDeletion, takesADamagedRun)
{
    for (const bool isElsewhere : {false, true}) {
        const RunInfo run = recordRun(isElsewhere ? path("mine") : QString());
        const std::filesystem::path folder = run.folder.toStdString();
        for (const std::string& name : filesIn(folder))
            std::filesystem::resize_file(folder / name, 100);
        EXPECT_TRUE(succeeds(core::deleteRun(run, m_runs)));
        EXPECT_FALSE(std::filesystem::exists(folder));
    }
}

TEST_F(RunDeletion, takesARunThatHadNotBegun)
{
    const RunInfo run = listFolder({});
    std::filesystem::create_directories(m_root / "runs/1");
    test::writeFile(m_root / "runs/1/checkpoint.safetensors.Ab12cd.tmp", "half");
    EXPECT_FALSE(core::deleteRun(run, m_runs)->isFolderLeft);
    EXPECT_FALSE(std::filesystem::exists(m_root / "runs/1"));
    EXPECT_FALSE(isListed(run));
}

TEST_F(RunDeletion, removesTheEntryOfAFolderThatIsGone)
{
    const RunInfo run = listFolder(path("gone"));
    EXPECT_FALSE(core::deleteRun(run, m_runs)->isFolderLeft);
    EXPECT_FALSE(isListed(run));
}

TEST_F(RunDeletion, waitsForTheTrainingOfARun)
{
    const RunInfo run = recordRun();
    const auto lock = core::FolderLock::take(run.folder);
    EXPECT_TRUE(failsWith(core::deleteRun(run, m_runs), ErrorCode::BadValue, {"Run 1 is being trained"}));
    EXPECT_TRUE(isListed(run));
    EXPECT_TRUE(std::filesystem::exists(m_root / "runs/1/weights.pt"));
}
