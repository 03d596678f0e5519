// What a mirror can do wrong, and what becomes of it: the next mirror, and a message that names each.
#include "core/DownloadFixture.h"
#include "support/Results.h"

#include <QTcpServer>

namespace
{

/// A port on which nobody listens.
QUrl deadMirror()
{
    QTcpServer server;
    EXPECT_TRUE(server.listen(QHostAddress::LocalHost));
    return QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(server.serverPort()));
}

class DownloadMirrorTest : public DownloadFixture
{
protected:
    void setFirstAnswer(const Answer& answer) { m_first.setAnswer(path("/a/", 0), answer); }

    /// The first file comes from the second mirror, from its first byte on.
    void expectSecondMirror()
    {
        auto download = newDownload();
        ASSERT_TRUE(download.run()) << download.error().value_or(engine::Error{}).message;
        EXPECT_TRUE(isComplete());
        ASSERT_EQ(m_second.requests().size(), 1);
        EXPECT_FALSE(m_second.requests()[0].headers.contains("range"));
    }

    static void expectNetworkError(const test::RecordedDownload& download,
                                   const std::vector<std::string>& parts)
    {
        ASSERT_TRUE(download.error().has_value());
        EXPECT_TRUE(test::failsWith(engine::Result<void>(tl::unexpected(*download.error())),
                                    engine::ErrorCode::Network, parts));
        EXPECT_EQ(download.ends(), 1);
    }

    /// With the first mirror only.
    void expectFailure(const std::vector<std::string>& parts)
    {
        m_tiny.known.mirrors.removeLast();
        auto download = newDownload();
        EXPECT_FALSE(download.run());
        expectNetworkError(download, parts);
        EXPECT_FALSE(QFileInfo::exists(filePath(0)));
    }

    std::string firstUrl() const { return m_first.url(path("/a/", 0)).toString().toStdString(); }
};

} // namespace

TEST_F(DownloadMirrorTest, deadMirrorIsFollowedByTheNext)
{
    m_tiny.known.mirrors[0] = deadMirror();
    ASSERT_TRUE(newDownload().run());
    EXPECT_EQ(m_second.requests().size(), 4);
    EXPECT_TRUE(isComplete());
}

TEST_F(DownloadMirrorTest, httpErrorIsFollowedByTheNext)
{
    setFirstAnswer({.status = 503, .body = "busy"});
    expectSecondMirror();
}

TEST_F(DownloadMirrorTest, webPageIsFollowedByTheNext)
{
    setFirstAnswer({.body = "<html>Please log in</html>", .contentType = "text/html; charset=utf-8"});
    expectSecondMirror();
}

TEST_F(DownloadMirrorTest, wrongContentIsFollowedByTheNext)
{
    m_tiny.plain[0].back() ^= 1;
    setFirstAnswer({.body = QByteArray::fromStdString(test::gzipped(m_tiny.plain[0]))});
    expectSecondMirror();
}

TEST_F(DownloadMirrorTest, truncatedFileIsFollowedByTheNext)
{
    setFirstAnswer({.body = whole(0).body.chopped(1000)});
    expectSecondMirror();
}

TEST_F(DownloadMirrorTest, emptyFileIsFollowedByTheNext)
{
    setFirstAnswer({});
    expectSecondMirror();
}

TEST_F(DownloadMirrorTest, overlongFileIsFollowedByTheNext)
{
    for (const bool sendsLength : {true, false}) {
        SCOPED_TRACE(sendsLength);
        QDir(m_folder).removeRecursively();
        m_second.forgetRequests();
        setFirstAnswer({.body = QByteArray(10'000'000, 'x'), .sendsLength = sendsLength});
        expectSecondMirror();
    }
}

TEST_F(DownloadMirrorTest, brokenTransferIsResumedFromTheNext)
{
    auto download = newDownload();
    ASSERT_TRUE(runUntilStalled(download));
    m_first.closeConnections();
    ASSERT_TRUE(download.waitForEnd());
    ASSERT_EQ(m_second.requests().size(), 1);
    EXPECT_EQ(m_second.requests()[0].headers.value("range"), "bytes=" + QByteArray::number(kSent) + '-');
    EXPECT_TRUE(isComplete());
}

TEST_F(DownloadMirrorTest, silentMirrorIsFollowedByTheNext)
{
    auto download = newDownload();
    download->setTransferTimeout(std::chrono::seconds(2));
    ASSERT_TRUE(runUntilStalled(download));
    ASSERT_TRUE(download.waitForEnd());
    EXPECT_TRUE(isComplete());
}

TEST_F(DownloadMirrorTest, reportsAnHttpError)
{
    setFirstAnswer({.status = 404, .body = "gone"});
    expectFailure({"Tiny digits", firstUrl(), "answered 404 Not Found"});
}

TEST_F(DownloadMirrorTest, reportsAWebPage)
{
    setFirstAnswer({.body = "<html>", .contentType = "text/html"});
    expectFailure({firstUrl(), "web page"});
}

TEST_F(DownloadMirrorTest, reportsWrongContentAndKeepsNothingOfIt)
{
    m_tiny.plain[0].back() ^= 1;
    setFirstAnswer({.body = QByteArray::fromStdString(test::gzipped(m_tiny.plain[0]))});
    expectFailure({firstUrl(), "SHA-256 " + m_tiny.known.files[0].sha256.toStdString()});
    EXPECT_FALSE(QFileInfo::exists(filePath(0, ".gz.part")));
}

TEST_F(DownloadMirrorTest, reportsABrokenTransferAndKeepsThePart)
{
    m_tiny.known.mirrors.removeLast();
    auto download = newDownload();
    ASSERT_TRUE(runUntilStalled(download));
    m_first.closeConnections();
    ASSERT_TRUE(download.waitForEnd());
    expectNetworkError(download, {firstUrl() + ": "});
    EXPECT_EQ(partSize(0), kSent);
}

TEST_F(DownloadMirrorTest, reportsSilence)
{
    Answer silence = whole(0);
    silence.stallAfter = 0;
    setFirstAnswer(silence);
    m_tiny.known.mirrors.removeLast();
    auto download = newDownload();
    download->setTransferTimeout(std::chrono::milliseconds(500));
    EXPECT_FALSE(download.run());
    expectNetworkError(download, {firstUrl() + ": sent nothing for 0.5 seconds"});
}

TEST_F(DownloadMirrorTest, tooSlowMirrorIsReportedAndFollowedByTheNextThatResumesItsPart)
{
    Answer slow = whole(0);
    slow.trickles = true;
    setFirstAnswer(slow);
    m_second.setAnswer(path("/b/", 0), {.status = 404, .body = "gone"});
    {
        auto download = newDownload();
        download->setLeastRate(10'240, std::chrono::milliseconds(500));
        EXPECT_FALSE(download.run());
        expectNetworkError(download, {firstUrl() + ": sent only ", " bytes in the last 0.5 seconds"});
    }
    ASSERT_EQ(m_second.requests().size(), 1) << "the next one is asked";
    EXPECT_EQ(test::readFile(filePath(0, ".gz.part").toStdString()),
              m_tiny.gz[0].substr(0, static_cast<std::size_t>(partSize(0))));

    const qint64 kept = partSize(0);
    m_tiny.known.mirrors.removeFirst();
    m_second.setAnswer(path("/b/", 0), whole(0));
    m_second.forgetRequests();
    ASSERT_TRUE(newDownload().run());
    EXPECT_TRUE(isComplete());
    EXPECT_EQ(m_second.requests()[0].headers.value("range"),
              kept > 0 ? "bytes=" + QByteArray::number(kept) + '-' : QByteArray());
}

TEST_F(DownloadMirrorTest, namesEachMirrorWhereAllFail)
{
    const QUrl dead = deadMirror();
    m_tiny.known.mirrors.prepend(dead);
    setFirstAnswer({.status = 404, .body = "gone"});
    m_second.setAnswer(path("/b/", 0), {.status = 503, .body = "busy"});
    auto download = newDownload();
    EXPECT_FALSE(download.run());
    const std::string secondUrl = m_second.url(path("/b/", 0)).toString().toStdString();
    expectNetworkError(download,
                       {dead.toString().toStdString() + "train-images-idx3-ubyte.gz: Connection refused",
                        firstUrl() + ": answered 404", secondUrl + ": answered 503"});
}
