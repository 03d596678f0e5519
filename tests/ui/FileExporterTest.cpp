#include "ui/render/FileExporter.h"

#include "support/Files.h"
#include "support/WaitUntil.h"

#include <QSignalSpy>
#include <QThread>
#include <gtest/gtest.h>
#include <stdexcept>

using test::waitUntil;

namespace
{

class FileExporter : public testing::Test
{
protected:
    std::filesystem::path pathOf(const char* name) const { return m_folder.path() / name; }
    void write(const char* name, ui::FileContent content)
    {
        m_exporter.write(QString::fromStdString(pathOf(name).string()), std::move(content));
    }

    test::TemporaryFolder m_folder;
    ui::FileExporter m_exporter;
    QSignalSpy m_written{&m_exporter, &ui::FileExporter::written};
    QSignalSpy m_failed{&m_exporter, &ui::FileExporter::failed};
};

} // namespace

TEST_F(FileExporter, makesTheContentOnAnotherThread)
{
    QThread* maker = nullptr;
    write("a.txt", [&] {
        maker = QThread::currentThread();
        return QByteArray("content");
    });
    ASSERT_TRUE(waitUntil([&] { return m_written.count() == 1; }));
    EXPECT_EQ(m_written[0][0].toString().toStdString(), pathOf("a.txt").string());
    EXPECT_EQ(test::readFile(pathOf("a.txt")), "content");
    EXPECT_NE(maker, nullptr);
    EXPECT_NE(maker, QThread::currentThread());
}

TEST_F(FileExporter, writesEveryFileInTheOrderOfTheCalls)
{
    for (const char* name : {"1", "2", "3"})
        write(name, [name] { return QByteArray(name); });
    ASSERT_TRUE(waitUntil([&] { return m_written.count() == 3; }));
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(m_written[i][0].toString().endsWith(QString::number(i + 1)));
}

TEST_F(FileExporter, leavesWhatIsThereWhereTheContentCannotBeMade)
{
    write("kept.txt", [] { return QByteArray("old"); });
    write("kept.txt", []() -> QByteArray { throw std::runtime_error("no memory"); });
    write("kept.txt", [] { return QByteArray(); });
    ASSERT_TRUE(waitUntil([&] { return m_failed.count() == 2; }));
    EXPECT_NE(m_failed[0][0].value<engine::Error>().message.find("kept.txt: no memory"), std::string::npos);
    EXPECT_EQ(test::readFile(pathOf("kept.txt")), "old");
}

TEST(FileExporterEnd, waitsForItsFiles)
{
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "late.txt";
    {
        ui::FileExporter exporter;
        exporter.write(QString::fromStdString(path.string()), [] { return QByteArray("late"); });
    }
    EXPECT_EQ(test::readFile(path), "late");
}
