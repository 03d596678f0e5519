// Downloading a data set in the real window, from a mirror on this machine.
#include "WindowFixture.h"
#include "engine/data/IdxFolder.h"
#include "support/LocalHttpServer.h"
#include "support/TinyKnownDataset.h"
#include "support/WaitUntil.h"
#include "ui/widgets/Chip.h"

#include <QProgressDialog>
#include <QTest>
#include <gtest/gtest.h>

using test::waitUntil;

namespace
{

class DownloadDialog : public testing::Test
{
protected:
    DownloadDialog()
    {
        m_tiny.known.mirrors = {m_mirror.url("/tiny/")};
        for (std::size_t i = 0; i < m_tiny.gz.size(); ++i)
            m_mirror.setAnswer(path(i), whole(i));
    }

    static QByteArray path(std::size_t file)
    {
        return QByteArray("/tiny/") + engine::kIdxFileNames[file] + ".gz";
    }
    test::LocalHttpServer::Answer whole(std::size_t file) const
    {
        return {.body = QByteArray::fromStdString(m_tiny.gz[file])};
    }
    QProgressDialog* dialog() { return m_studio->find<QProgressDialog>("downloadDialog"); }
    QString shownDataset() { return m_studio->find<ui::Chip>("datasetChip")->value(); }

    void open()
    {
        m_studio = std::make_unique<test::WindowFixture>(64, 20, QList<core::KnownDataset>{m_tiny.known});
        m_studio->open();
    }
    void expectTheDatasetIsShown()
    {
        ASSERT_TRUE(waitUntil([&] { return shownDataset() == QStringLiteral("Tiny digits"); }));
        ASSERT_TRUE(waitUntil([&] { return dialog() == nullptr; }));
        EXPECT_TRUE(m_studio->text("statusFacts").contains(QStringLiteral("300 + 20")));
        EXPECT_EQ(m_studio->settings.dataset(), QStringLiteral("tiny"));
    }

    test::TinyKnownDataset m_tiny = test::makeTinyKnownDataset();
    test::LocalHttpServer m_mirror;
    std::unique_ptr<test::WindowFixture> m_studio;
};

} // namespace

TEST_F(DownloadDialog, endsWithTheDataSetChosen)
{
    open();
    m_studio->chooseDataset("tiny");
    ASSERT_NE(dialog(), nullptr);
    expectTheDatasetIsShown();
}

TEST_F(DownloadDialog, showsHowFarItIsAndCanBeCancelledAndTakenUpAgain)
{
    auto stalling = whole(0);
    stalling.stallAfter = 100'000;
    m_mirror.setAnswer(path(0), stalling);
    open();
    m_studio->chooseDataset("tiny");
    ASSERT_TRUE(waitUntil([&] { return dialog()->value() > 0; }));
    EXPECT_LT(dialog()->value(), dialog()->maximum());
    EXPECT_TRUE(dialog()->labelText().contains(QStringLiteral(" of ")))
        << dialog()->labelText().toStdString();

    QTest::mouseClick(dialog()->findChild<QPushButton*>(), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return dialog() == nullptr; }));
    EXPECT_EQ(shownDataset(), QStringLiteral("digits"));
    EXPECT_FALSE(m_studio->find<QWidget>("messageBar")->isVisible()) << "cancelling is no error";

    m_mirror.setAnswer(path(0), whole(0));
    m_mirror.forgetRequests();
    m_studio->chooseDataset("tiny");
    expectTheDatasetIsShown();
    EXPECT_EQ(m_mirror.requests()[0].headers[QByteArray("range")], QByteArray("bytes=100000-"));
}

TEST_F(DownloadDialog, reportsAFailureAndTriesAgain)
{
    m_mirror.setAnswer(path(2), {.status = 503});
    open();
    m_studio->chooseDataset("tiny");
    ASSERT_TRUE(waitUntil([&] { return m_studio->find<QWidget>("messageBar")->isVisible(); }));
    ASSERT_TRUE(waitUntil([&] { return dialog() == nullptr; }));
    EXPECT_TRUE(m_studio->text("messageText").contains(QStringLiteral("t10k-images")))
        << m_studio->text("messageText").toStdString();
    EXPECT_EQ(shownDataset(), QStringLiteral("digits"));

    m_mirror.setAnswer(path(2), whole(2));
    m_studio->click("messageAction");
    expectTheDatasetIsShown();
    EXPECT_FALSE(m_studio->find<QWidget>("messageBar")->isVisible());
}

TEST_F(DownloadDialog, closingTheWindowEndsTheDownload)
{
    auto stalling = whole(0);
    stalling.stallAfter = 1000;
    m_mirror.setAnswer(path(0), stalling);
    open();
    m_studio->chooseDataset("tiny");
    ASSERT_NE(dialog(), nullptr);
    m_studio->window->close();
    m_studio.reset();
    SUCCEED();
}

TEST_F(DownloadDialog, bringsBackTheDataSetOfARunThatIsToBeShown)
{
    open();
    m_studio->chooseDataset("tiny");
    expectTheDatasetIsShown();
    m_studio->click("trainButton");
    ASSERT_TRUE(
        waitUntil([&] { return m_studio->text("messageText").contains(QStringLiteral("finished")); }));
    m_studio->chooseDataset("sketch-digits");
    ASSERT_TRUE(waitUntil([&] { return shownDataset() == QStringLiteral("Sketch digits"); }));
    ASSERT_TRUE(QDir(m_studio->catalog->userFolder(m_tiny.known)).removeRecursively());

    m_studio->chooseRun(1);
    ASSERT_TRUE(waitUntil(
        [&] { return m_studio->text("messageText").contains(QStringLiteral("not on this computer")); }));
    EXPECT_EQ(shownDataset(), QStringLiteral("Sketch digits"));
    EXPECT_TRUE(m_studio->find<QPushButton>("messageAction")
                    ->text()
                    .startsWith(QStringLiteral("Download Tiny digits")));
    m_studio->click("messageAction");
    expectTheDatasetIsShown();
    EXPECT_TRUE(
        waitUntil([&] { return m_studio->find<ui::Chip>("runChip")->value() == QStringLiteral("1"); }));
}
