#include "core/catalog/DatasetCatalog.h"
#include "support/Files.h"
#include "support/Results.h"
#include "support/TinyKnownDataset.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTemporaryDir>
#include <gtest/gtest.h>

using core::DatasetCatalog;
using core::Verification;
using engine::ErrorCode;

namespace
{

/// As a published sum: lower-case hex.
QByteArray sum(QCryptographicHash::Algorithm algorithm, const std::string& content)
{
    return QCryptographicHash::hash(QByteArray::fromStdString(content), algorithm).toHex();
}

class CatalogTest : public testing::Test
{
protected:
    CatalogTest()
    {
        m_folders.datasets = path(QStringLiteral("user"));
        m_folders.systemDatasets = {path(QStringLiteral("system1")), path(QStringLiteral("system2"))};
    }

    QString path(const QString& relative) const { return m_root.filePath(relative); }

    DatasetCatalog catalog() const { return DatasetCatalog(m_folders, {m_tiny.known}); }

    /// A file in the user's folder, as error messages name it.
    std::string file(std::size_t index) const
    {
        return (m_userFolder + QLatin1Char('/') + m_tiny.known.files[index].name).toStdString();
    }

    /// As a data set of which nothing but the MD5 of the compressed files is known.
    void publishOnlyMd5()
    {
        for (std::size_t i = 0; i < m_tiny.gz.size(); ++i) {
            m_tiny.known.files[i].sha256.clear();
            m_tiny.known.files[i].md5OfGz = sum(QCryptographicHash::Md5, m_tiny.gz[i]);
        }
    }

    test::TinyKnownDataset m_tiny = test::makeTinyKnownDataset();
    QTemporaryDir m_root;
    core::StudioFolders m_folders;
    QString m_userFolder = path(QStringLiteral("user/tiny"));
};

} // namespace

TEST(KnownDatasets, areCompletelyDescribed)
{
    const QList<core::KnownDataset> known = core::knownDatasets();
    ASSERT_EQ(known.size(), 3);
    EXPECT_EQ(known[0].id, QStringLiteral("mnist"));
    EXPECT_EQ(known[1].id, QStringLiteral("fashion-mnist"));
    EXPECT_EQ(known[2].id, QStringLiteral("kmnist"));
    for (const core::KnownDataset& dataset : known) {
        SCOPED_TRACE(dataset.id.toStdString());
        EXPECT_EQ(dataset.classNames.size(), 10);
        EXPECT_FALSE(dataset.licence.isEmpty());
        EXPECT_GT(dataset.downloadSize, 10'000'000);
        ASSERT_FALSE(dataset.mirrors.isEmpty());
        for (const QUrl& mirror : dataset.mirrors)
            EXPECT_TRUE(mirror.isValid() && mirror.path().endsWith(QLatin1Char('/')));
        for (const core::KnownFile& file : dataset.files) {
            EXPECT_TRUE(file.sha256.size() == 64 || file.md5OfGz.size() == 32);
            EXPECT_GT(file.uncompressedSize, 0);
        }
    }
}

TEST_F(CatalogTest, looksInTheUsersFolderBeforeTheSystems)
{
    EXPECT_EQ(catalog().locate(m_tiny.known), std::nullopt);
    test::writeIdxFolder(path(QStringLiteral("system2/tiny-system")), m_tiny.gz, ".gz");
    EXPECT_EQ(catalog().locate(m_tiny.known), path(QStringLiteral("system2/tiny-system")));
    test::writeIdxFolder(path(QStringLiteral("system1/tiny-system")), m_tiny.plain);
    EXPECT_EQ(catalog().locate(m_tiny.known), path(QStringLiteral("system1/tiny-system")));
    test::writeIdxFolder(m_userFolder, m_tiny.plain);
    EXPECT_EQ(catalog().locate(m_tiny.known), m_userFolder);
    EXPECT_EQ(catalog().userFolder(m_tiny.known), m_userFolder);
}

TEST_F(CatalogTest, passesOverAnIncompleteFolder)
{
    test::writeIdxFolder(m_userFolder, m_tiny.plain);
    test::writeIdxFolder(path(QStringLiteral("system1/tiny-system")), m_tiny.plain);
    std::filesystem::remove(file(3));
    EXPECT_EQ(catalog().locate(m_tiny.known), path(QStringLiteral("system1/tiny-system")));
}

TEST_F(CatalogTest, findsKnownDatasetsInAnyCase)
{
    const DatasetCatalog all(m_folders);
    ASSERT_NE(all.find(QStringLiteral("Fashion-MNIST")), nullptr);
    EXPECT_EQ(all.find(QStringLiteral("Fashion-MNIST"))->title, QStringLiteral("Fashion-MNIST"));
    EXPECT_EQ(all.find(QStringLiteral("fashion")), nullptr);
}

TEST_F(CatalogTest, loadsSketchDigitsWithoutAnyFile)
{
    const auto loaded = catalog().load(QStringLiteral("sketch-digits"));
    ASSERT_TRUE(test::succeeds(loaded));
    EXPECT_EQ(loaded->splits.id, "sketch-digits");
    EXPECT_FALSE(loaded->splits.train.isEmpty());
    EXPECT_EQ(loaded->verification, Verification::NotApplicable);
    EXPECT_TRUE(loaded->folder.isEmpty());
}

TEST_F(CatalogTest, loadsAndVerifiesAKnownDataset)
{
    for (const bool compressed : {true, false}) {
        SCOPED_TRACE(compressed);
        if (compressed)
            test::writeIdxFolder(m_userFolder, m_tiny.gz, ".gz");
        else
            test::writeIdxFolder(m_userFolder, m_tiny.plain);
        const auto loaded = catalog().load(QStringLiteral("tiny"));
        ASSERT_TRUE(test::succeeds(loaded));
        EXPECT_EQ(loaded->verification, Verification::Verified);
        EXPECT_EQ(loaded->folder, m_userFolder);
        EXPECT_EQ(loaded->licence, QStringLiteral("CC0"));
        EXPECT_EQ(loaded->splits.id, "tiny");
        EXPECT_EQ(loaded->splits.title, "Tiny digits");
        EXPECT_EQ(loaded->splits.classNames[3], "class 3");
        EXPECT_EQ(loaded->splits.train.size(), 300U);
        EXPECT_EQ(loaded->splits.test.size(), 20U);
    }
}

TEST_F(CatalogTest, loadsAChangedKnownDatasetAndMarksIt)
{
    m_tiny.plain[0].back() ^= 1;
    test::writeIdxFolder(m_userFolder, m_tiny.plain);
    const auto loaded = catalog().load(QStringLiteral("tiny"));
    ASSERT_TRUE(test::succeeds(loaded));
    EXPECT_EQ(loaded->verification, Verification::Differs);
}

TEST_F(CatalogTest, loadsAFolderOfOnesOwn)
{
    const QString folder = path(QStringLiteral("my digits é"));
    test::writeIdxFolder(folder, m_tiny.gz, ".gz");
    const auto loaded = catalog().load(path(QStringLiteral("./my digits é/")));
    ASSERT_TRUE(test::succeeds(loaded));
    EXPECT_EQ(loaded->splits.id, folder.toStdString());
    EXPECT_EQ(loaded->splits.title, "my digits é");
    EXPECT_EQ(loaded->folder, folder);
    EXPECT_EQ(loaded->verification, Verification::NotApplicable);
    EXPECT_EQ(loaded->splits.classNames.size(), 10U);

    const auto relative = catalog().load(QDir::current().relativeFilePath(folder));
    ASSERT_TRUE(test::succeeds(relative));
    EXPECT_EQ(relative->splits.id, folder.toStdString());
}

TEST_F(CatalogTest, saysWhatAFolderOfOnesOwnLacks)
{
    EXPECT_TRUE(test::failsWith(catalog().load(m_root.path()), ErrorCode::NotFound,
                                {m_root.path().toStdString(), "train-images-idx3-ubyte"}));
}

TEST_F(CatalogTest, namesTheKnownDatasetsToWhoAsksForAnother)
{
    for (const QString& name : {QStringLiteral("imagenet"), QString(), path(QStringLiteral("nowhere"))}) {
        EXPECT_TRUE(test::failsWith(DatasetCatalog(m_folders).load(name), ErrorCode::NotFound,
                                    {name.toStdString(),
                                     "sketch-digits, sketch-digits-color, mnist, fashion-mnist, kmnist",
                                     "or a folder"}));
    }
}

TEST_F(CatalogTest, saysWhereItLookedForAnAbsentDataset)
{
    EXPECT_TRUE(test::failsWith(DatasetCatalog(m_folders).load(QStringLiteral("MNIST")), ErrorCode::NotFound,
                                {"MNIST is not on this computer", m_folders.datasets.toStdString()}));
}

TEST_F(CatalogTest, verifyNamesEveryFileThatDiffersWithBothSums)
{
    m_tiny.plain[0].back() ^= 1;
    m_tiny.plain[3].back() ^= 1;
    test::writeIdxFolder(m_userFolder, m_tiny.plain);
    const auto verified = catalog().verify(m_tiny.known, m_userFolder);
    EXPECT_TRUE(test::failsWith(verified, ErrorCode::BadFormat,
                                {file(0), m_tiny.known.files[0].sha256.toStdString(),
                                 sum(QCryptographicHash::Sha256, m_tiny.plain[0]).toStdString(), file(3),
                                 m_tiny.known.files[3].sha256.toStdString()}));
    EXPECT_EQ(verified.error().message.find(file(1)), std::string::npos) << verified.error().message;
}

TEST_F(CatalogTest, verifyNamesWhatIsMissing)
{
    test::writeIdxFolder(m_userFolder, m_tiny.plain);
    std::filesystem::remove(file(1));
    EXPECT_TRUE(test::failsWith(catalog().verify(m_tiny.known, m_userFolder), ErrorCode::NotFound,
                                {m_userFolder.toStdString(), "train-labels-idx1-ubyte.gz"}));
}

TEST_F(CatalogTest, verifyTellsTruncatedAndOverlongFiles)
{
    m_tiny.gz[0].resize(m_tiny.gz[0].size() / 2);
    m_tiny.gz[2] = test::gzipped(m_tiny.plain[2] + "more");
    test::writeIdxFolder(m_userFolder, m_tiny.gz, ".gz");
    EXPECT_TRUE(test::failsWith(catalog().verify(m_tiny.known, m_userFolder), ErrorCode::BadFormat,
                                {file(0) + ".gz: expected a complete gzip stream",
                                 file(2) + ".gz: expected 15696 bytes of content; found more"}));
}

TEST_F(CatalogTest, verifiesByTheMd5OfTheGzWhereThatIsAllThatIsKnown)
{
    publishOnlyMd5();
    test::writeIdxFolder(m_userFolder, m_tiny.gz, ".gz");
    EXPECT_EQ(catalog().verify(m_tiny.known, m_userFolder), Verification::Verified);

    m_tiny.plain[1].back() ^= 1;
    m_tiny.gz[1] = test::gzipped(m_tiny.plain[1]);
    test::writeIdxFolder(m_userFolder, m_tiny.gz, ".gz");
    EXPECT_TRUE(test::failsWith(catalog().verify(m_tiny.known, m_userFolder), ErrorCode::BadFormat,
                                {file(1) + ".gz", "MD5 " + m_tiny.known.files[1].md5OfGz.toStdString()}));
}

TEST_F(CatalogTest, comparesTheLengthOfPlainFilesWhereOnlyAnMd5IsKnown)
{
    publishOnlyMd5();
    test::writeIdxFolder(m_userFolder, m_tiny.plain);
    const auto loaded = catalog().load(QStringLiteral("tiny"));
    ASSERT_TRUE(test::succeeds(loaded));
    EXPECT_EQ(loaded->verification, Verification::NotApplicable);

    test::writeFile(file(1), m_tiny.plain[3]);
    EXPECT_TRUE(test::failsWith(catalog().verify(m_tiny.known, m_userFolder), ErrorCode::BadFormat,
                                {file(1) + ": expected 308 bytes of content; found 28"}));
}

TEST(RealMnist, isVerifiedAndLoaded)
{
    const auto folder = test::mnistFolder();
    if (!folder)
        GTEST_SKIP() << "MNIST is not on this machine; TINYVGG_MNIST_DIR can name its folder.";
    QTemporaryDir root;
    std::filesystem::create_directory_symlink(std::filesystem::absolute(*folder),
                                              QDir(root.path()).filesystemPath() / "mnist");
    core::StudioFolders folders;
    folders.datasets = root.path();
    const auto loaded = DatasetCatalog(folders).load(QStringLiteral("mnist"));
    ASSERT_TRUE(test::succeeds(loaded));
    EXPECT_EQ(loaded->verification, Verification::Verified);
    EXPECT_EQ(loaded->splits.train.size(), 60'000U);
    EXPECT_EQ(loaded->splits.test.size(), 10'000U);
    EXPECT_EQ(loaded->splits.test.label(0), 7);
}
