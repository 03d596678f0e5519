// Downloads that somebody or something ends: cancelling, destruction, the disk.
#include "core/DownloadFixture.h"
#include "support/Results.h"

#include <QCoreApplication>
#include <csignal>
#include <sys/resource.h>

namespace
{

using core::DatasetDownload;

class DownloadEndTest : public DownloadFixture
{
protected:
    void expectCannotWrite(const QString& named)
    {
        auto download = newDownload();
        EXPECT_FALSE(download.run());
        ASSERT_TRUE(download.error().has_value());
        EXPECT_EQ(download.error()->code, engine::ErrorCode::CannotWrite);
        EXPECT_NE(download.error()->message.find(named.toStdString()), std::string::npos)
            << download.error()->message;
        EXPECT_EQ(download.ends(), 1);
        EXPECT_TRUE(m_second.requests().isEmpty());
    }
};

} // namespace

TEST_F(DownloadEndTest, cancellingKeepsThePartForAResume)
{
    auto download = newDownload();
    ASSERT_TRUE(runUntilStalled(download, "\"version 1\""));
    download->cancel();
    EXPECT_EQ(download.ends(), 0) << "the signal comes from the event loop";
    ASSERT_TRUE(download.waitForEnd());
    EXPECT_TRUE(download.isCancelled());
    EXPECT_EQ(partSize(0), kSent);

    m_first.forgetRequests();
    Answer answer = whole(0);
    answer.etag = "\"version 1\"";
    m_first.setAnswer(path("/a/", 0), answer);
    ASSERT_TRUE(newDownload().run());
    EXPECT_EQ(m_first.requests()[0].headers.value("range"), "bytes=100000-");
    EXPECT_EQ(m_first.requests()[0].headers.value("if-range"), "\"version 1\"");
    EXPECT_EQ(m_first.requests().size(), 4);
    EXPECT_TRUE(isComplete());
    EXPECT_EQ(download.ends(), 1);
}

TEST_F(DownloadEndTest, canBeCancelledFromItsOwnProgress)
{
    auto download = newDownload();
    QObject::connect(download.get(), &DatasetDownload::progressed, download.get(), &DatasetDownload::cancel);
    EXPECT_FALSE(download.run());
    EXPECT_TRUE(download.isCancelled());
    EXPECT_EQ(download.ends(), 1);
}

TEST_F(DownloadEndTest, canBeCancelledBeforeItHasBegun)
{
    auto download = newDownload();
    download->start();
    download->cancel();
    ASSERT_TRUE(download.waitForEnd());
    EXPECT_TRUE(download.isCancelled());
    EXPECT_TRUE(m_first.requests().isEmpty());
}

TEST_F(DownloadEndTest, canBeDestroyedInMidDownload)
{
    auto download = newDownload();
    ASSERT_TRUE(runUntilStalled(download));
    download.destroy();
    EXPECT_EQ(download.ends(), 0);
    EXPECT_EQ(partSize(0), kSent);

    m_first.setAnswer(path("/a/", 0), whole(0));
    ASSERT_TRUE(newDownload().run());
    EXPECT_TRUE(isComplete());
}

TEST_F(DownloadEndTest, canBeDestroyedWhileFilesAreChecked)
{
    test::writeIdxFolder(m_folder, m_tiny.gz, ".gz");
    auto download = newDownload();
    download->start();
    QCoreApplication::processEvents();
    download.destroy();
    QCoreApplication::processEvents();
    EXPECT_EQ(download.ends(), 0);
}

TEST_F(DownloadEndTest, canBeDestroyedByItsOwnSignals)
{
    bool isDestroyed = false;
    const auto destroyOn = [&](auto signal) {
        isDestroyed = false;
        QDir(m_folder).removeRecursively();
        auto* download = new DatasetDownload(m_tiny.known, m_folder);
        // Directly, where others would take deleteLater().
        QObject::connect(download, signal, download, [&isDestroyed, download] {
            isDestroyed = true;
            delete download;
        });
        download->start();
        EXPECT_TRUE(test::waitUntil([&] { return isDestroyed; }));
    };
    destroyOn(&DatasetDownload::progressed);
    destroyOn(&DatasetDownload::succeeded);
    m_tiny.known.mirrors.clear();
    destroyOn(&DatasetDownload::failed);
}

TEST_F(DownloadEndTest, refusesAFolderThatAnotherDownloadFills)
{
    auto download = newDownload();
    ASSERT_TRUE(runUntilStalled(download));
    auto second = newDownload();
    EXPECT_FALSE(second.run());
    ASSERT_TRUE(second.error().has_value());
    EXPECT_EQ(second.error()->code, engine::ErrorCode::CannotWrite);
    EXPECT_NE(second.error()->message.find("another download"), std::string::npos) << second.error()->message;

    const QString stick = m_root.filePath(QStringLiteral("stick"));
    test::writeIdxFolder(stick, m_tiny.gz, ".gz");
    EXPECT_TRUE(test::failsWith(core::importDataset(m_tiny.known, stick, m_folder),
                                engine::ErrorCode::CannotWrite,
                                {m_folder.toStdString(), "another download"}));
    EXPECT_EQ(partSize(0), kSent);
    EXPECT_EQ(download.ends(), 0);
}

TEST_F(DownloadEndTest, namesAFolderThatCannotBeCreated)
{
    test::writeFile(m_root.filePath(QStringLiteral("datasets")).toStdString(),
                    "a file in the folder's place");
    expectCannotWrite(m_folder);
}

TEST_F(DownloadEndTest, namesAFolderThatCannotBeWritten)
{
    if (test::isRoot())
        GTEST_SKIP() << "root may write everywhere";
    QDir().mkpath(m_folder);
    std::filesystem::permissions(m_folder.toStdString(), std::filesystem::perms(0555));
    expectCannotWrite(m_folder);
    std::filesystem::permissions(m_folder.toStdString(), std::filesystem::perms(0755));
}

TEST_F(DownloadEndTest, namesTheFileThatCannotGrow)
{
    // As on a full disk.
    const auto before = std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit = {};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    const rlimit small = {1000, limit.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    expectCannotWrite(filePath(0, ".gz.part"));
    ::setrlimit(RLIMIT_FSIZE, &limit);
    std::signal(SIGXFSZ, before);
}

TEST_F(DownloadEndTest, replacesLinksInsteadOfFollowingThem)
{
    QDir().mkpath(m_folder);
    const std::string victim = m_folder.toStdString() + "-victim";
    test::writeFile(victim, "of the user");
    for (const char* suffix : {".gz.part", ".gz.part.etag", ".gz"})
        std::filesystem::create_symlink(victim, filePath(0, suffix).toStdString());
    m_first.setAnswer(path("/a/", 0), {.body = whole(0).body, .etag = "\"1\""});
    ASSERT_TRUE(newDownload().run());
    EXPECT_TRUE(isComplete());
    EXPECT_FALSE(std::filesystem::is_symlink(filePath(0).toStdString()));
    EXPECT_EQ(test::readFile(victim), "of the user");
}
