#include "core/catalog/DatasetDownload.h"
#include "support/Files.h"
#include "support/Results.h"
#include "support/TinyKnownDataset.h"

#include <QDir>
#include <QTemporaryDir>
#include <gtest/gtest.h>

using engine::ErrorCode;

namespace
{

class ImportTest : public testing::Test
{
protected:
    engine::Result<void> importTiny() const { return core::importDataset(m_tiny.known, m_from, m_to); }

    std::string source(std::size_t file) const { return path(m_from, file); }
    std::string target(std::size_t file) const { return path(m_to, file); }
    qsizetype targetCount() const { return QDir(m_to).entryList(QDir::Files | QDir::Hidden).size(); }

    test::TinyKnownDataset m_tiny = test::makeTinyKnownDataset();
    QTemporaryDir m_root;
    QString m_from = m_root.filePath(QStringLiteral("stick"));
    QString m_to = m_root.filePath(QStringLiteral("studio/datasets/tiny"));

private:
    std::string path(const QString& folder, std::size_t file) const
    {
        return (folder + QLatin1Char('/') + m_tiny.known.files[file].name).toStdString();
    }
};

} // namespace

TEST_F(ImportTest, takesPlainFiles)
{
    test::writeIdxFolder(m_from, m_tiny.plain);
    ASSERT_TRUE(test::succeeds(importTiny()));
    for (std::size_t i = 0; i < m_tiny.plain.size(); ++i)
        EXPECT_EQ(test::readFile(target(i)), m_tiny.plain[i]);
    EXPECT_EQ(targetCount(), 4);
}

TEST_F(ImportTest, takesCompressedFilesAsTheyAre)
{
    test::writeIdxFolder(m_from, m_tiny.gz, ".gz");
    ASSERT_TRUE(test::succeeds(importTiny()));
    for (std::size_t i = 0; i < m_tiny.gz.size(); ++i)
        EXPECT_EQ(test::readFile(target(i) + ".gz"), m_tiny.gz[i]);
    EXPECT_EQ(targetCount(), 4);
}

TEST_F(ImportTest, leavesNoOtherFormOfAFileBehind)
{
    test::writeIdxFolder(m_to, {"a wrong plain file", "", "", ""});
    test::writeIdxFolder(m_to, {"the beginning of a download", "", "", ""}, ".gz.part");
    test::writeIdxFolder(m_from, m_tiny.gz, ".gz");
    ASSERT_TRUE(test::succeeds(importTiny()));
    EXPECT_EQ(targetCount(), 4);
    EXPECT_EQ(test::readFile(target(0) + ".gz"), m_tiny.gz[0]);
}

TEST_F(ImportTest, refusesWrongContentAndLeavesTheOldFilesAlone)
{
    test::writeIdxFolder(m_to, {"old", "old", "old", "old"});
    m_tiny.plain[3].back() ^= 1;
    test::writeIdxFolder(m_from, m_tiny.plain);
    EXPECT_TRUE(test::failsWith(importTiny(), ErrorCode::BadFormat, {source(3), "SHA-256"}));
    for (std::size_t i = 0; i < m_tiny.plain.size(); ++i)
        EXPECT_EQ(test::readFile(target(i)), "old");
}

TEST_F(ImportTest, namesTheFileThatIsMissing)
{
    test::writeIdxFolder(m_from, m_tiny.plain);
    std::filesystem::remove(source(2));
    EXPECT_TRUE(
        test::failsWith(importTiny(), ErrorCode::NotFound, {m_from.toStdString(), "t10k-images-idx3-ubyte"}));
    EXPECT_FALSE(QDir(m_to).exists());
}

TEST_F(ImportTest, namesTheFolderThatCannotBeWritten)
{
    test::writeIdxFolder(m_from, m_tiny.plain);
    test::writeFile(m_root.filePath(QStringLiteral("file")).toStdString(), "no folder");
    m_to = m_root.filePath(QStringLiteral("file/tiny"));
    EXPECT_TRUE(test::failsWith(importTiny(), ErrorCode::CannotWrite, {m_to.toStdString()}));
}

TEST_F(ImportTest, leavesAFolderAloneThatIsItsOwnTarget)
{
    test::writeIdxFolder(m_from, m_tiny.plain);
    test::writeIdxFolder(m_from, m_tiny.gz, ".gz");
    m_to = m_from;
    ASSERT_TRUE(test::succeeds(importTiny()));
    EXPECT_EQ(targetCount(), 8);
}
