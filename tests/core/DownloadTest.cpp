// Downloads that succeed: fetching, finding things done already, resuming.
#include "core/DownloadFixture.h"

#include <QCryptographicHash>

namespace
{

class DownloadTest : public DownloadFixture
{
protected:
    /// As a download leaves it that was broken off in the first file.
    void writePart(const std::string& beginning, const std::string& etag = {}) const
    {
        QDir().mkpath(m_folder);
        test::writeFile(filePath(0, ".gz.part").toStdString(), beginning);
        if (!etag.empty())
            test::writeFile(filePath(0, ".gz.part.etag").toStdString(), etag);
    }
    std::string beginning() const { return m_tiny.gz[0].substr(0, kSent); }

    void setEtag(const QByteArray& etag)
    {
        Answer answer = whole(0);
        answer.etag = etag;
        m_first.setAnswer(path("/a/", 0), answer);
    }
    QByteArray askedFor(qsizetype request, const char* header) const
    {
        return m_first.requests().value(request).headers.value(header);
    }
};

} // namespace

TEST_F(DownloadTest, fetchesAllFilesFromTheFirstMirror)
{
    auto download = newDownload();
    ASSERT_TRUE(download.run());
    EXPECT_EQ(download.folder(), m_folder);
    EXPECT_TRUE(isComplete());
    EXPECT_EQ(m_first.requests().size(), 4);
    EXPECT_TRUE(m_second.requests().isEmpty());
}

TEST_F(DownloadTest, reportsProgressOverAllFiles)
{
    const qint64 size = m_tiny.known.downloadSize;
    m_tiny.known.downloadSize = size - 1000;
    auto download = newDownload();
    ASSERT_TRUE(download.run());
    const auto& progress = download.progress();
    ASSERT_GE(progress.size(), 4U);
    qint64 last = 0;
    for (const auto& [received, total] : progress) {
        EXPECT_GE(received, last);
        EXPECT_LE(received, total);
        EXPECT_TRUE(total == size || total >= m_tiny.known.downloadSize) << total;
        last = received;
    }
    EXPECT_EQ(progress.back().received, size);
    EXPECT_EQ(progress.back().total, size);
}

TEST_F(DownloadTest, asksForNothingThatIsThereAlready)
{
    ASSERT_TRUE(newDownload().run());
    m_first.forgetRequests();
    auto second = newDownload();
    ASSERT_TRUE(second.run());
    EXPECT_TRUE(m_first.requests().isEmpty());
    EXPECT_TRUE(isComplete());
    EXPECT_EQ(second.progress().back().received, m_tiny.known.downloadSize);
}

TEST_F(DownloadTest, fetchesOnlyWhatIsMissingOrWrong)
{
    test::writeIdxFolder(m_folder, m_tiny.gz, ".gz");
    std::filesystem::remove(filePath(1).toStdString());
    test::writeFile(filePath(3).toStdString(), "wrong");
    ASSERT_TRUE(newDownload().run());
    ASSERT_EQ(m_first.requests().size(), 2);
    EXPECT_EQ(m_first.requests()[0].path, path("/a/", 1));
    EXPECT_EQ(m_first.requests()[1].path, path("/a/", 3));
    EXPECT_TRUE(isComplete());
}

TEST_F(DownloadTest, takesPlainFilesThatAreThereAlready)
{
    test::writeIdxFolder(m_folder, m_tiny.plain);
    ASSERT_TRUE(newDownload().run());
    EXPECT_TRUE(m_first.requests().isEmpty());
}

TEST_F(DownloadTest, replacesAWrongPlainFile)
{
    test::writeIdxFolder(m_folder, {"wrong", "wrong", "wrong", "wrong"});
    ASSERT_TRUE(newDownload().run());
    EXPECT_TRUE(isComplete());
}

TEST_F(DownloadTest, followsRedirects)
{
    m_first.setAnswer(path("/a/", 0), {.status = 302, .location = m_second.url(path("/b/", 0)).toEncoded()});
    ASSERT_TRUE(newDownload().run());
    EXPECT_EQ(m_second.requests().size(), 1);
    EXPECT_TRUE(isComplete());
}

TEST_F(DownloadTest, takesAFileWhoseLengthTheServerDoesNotName)
{
    Answer answer = whole(0);
    answer.sendsLength = false;
    m_first.setAnswer(path("/a/", 0), answer);
    ASSERT_TRUE(newDownload().run());
    EXPECT_TRUE(isComplete());
}

TEST_F(DownloadTest, comparesTheMd5WhereThatIsAllThatIsKnown)
{
    for (std::size_t i = 0; i < m_tiny.gz.size(); ++i) {
        m_tiny.known.files[i].sha256.clear();
        m_tiny.known.files[i].md5OfGz =
            QCryptographicHash::hash(whole(i).body, QCryptographicHash::Md5).toHex();
    }
    m_first.setAnswer(path("/a/", 2), whole(3));
    ASSERT_TRUE(newDownload().run());
    EXPECT_EQ(m_second.requests().size(), 1);
    EXPECT_TRUE(isComplete());
}

TEST_F(DownloadTest, resumesAPart)
{
    writePart(beginning());
    auto download = newDownload();
    ASSERT_TRUE(download.run());
    EXPECT_EQ(askedFor(0, "range"), "bytes=100000-");
    EXPECT_EQ(askedFor(0, "if-range"), QByteArray());
    EXPECT_EQ(m_first.requests().size(), 4);
    EXPECT_GE(download.progress().front().received, kSent);
    EXPECT_TRUE(isComplete());
}

TEST_F(DownloadTest, resumesOnlyTheSameVersionOfAFile)
{
    setEtag("\"new\"");
    writePart(std::string(kSent, 'x'), "\"old\"");
    ASSERT_TRUE(newDownload().run());
    EXPECT_EQ(askedFor(0, "if-range"), "\"old\"");
    EXPECT_EQ(m_first.requests().size(), 4);
    EXPECT_TRUE(isComplete());
}

TEST_F(DownloadTest, startsAfreshWhereTheServerKnowsNoRanges)
{
    Answer answer = whole(0);
    answer.supportsRange = false;
    m_first.setAnswer(path("/a/", 0), answer);
    writePart(beginning());
    ASSERT_TRUE(newDownload().run());
    EXPECT_EQ(m_first.requests().size(), 4);
    EXPECT_TRUE(isComplete());
}

TEST_F(DownloadTest, startsAfreshWhereThePartIsLongerThanTheFile)
{
    writePart(m_tiny.gz[0] + "and more");
    ASSERT_TRUE(newDownload().run());
    EXPECT_EQ(m_first.requests().size(), 5);
    EXPECT_EQ(askedFor(1, "range"), QByteArray());
    EXPECT_TRUE(m_second.requests().isEmpty());
    EXPECT_TRUE(isComplete());
}

TEST_F(DownloadTest, startsAfreshWhereThePartWasWrong)
{
    writePart(std::string(kSent, 'x'));
    ASSERT_TRUE(newDownload().run());
    EXPECT_EQ(m_first.requests().size(), 5);
    EXPECT_EQ(askedFor(1, "range"), QByteArray());
    EXPECT_TRUE(m_second.requests().isEmpty());
    EXPECT_TRUE(isComplete());
}
