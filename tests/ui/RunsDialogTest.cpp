// All runs in a table, on the real window, with keys and clicks.
#include "ui/window/RunsDialog.h"

#include "WindowFixture.h"
#include "core/runs/FolderLock.h"
#include "core/runs/RunStore.h"
#include "support/WaitUntil.h"
#include "ui/widgets/Chip.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QTimer>
#include <gtest/gtest.h>

using test::waitUntil;

namespace
{

class RunsDialog : public testing::Test
{
protected:
    void SetUp() override
    {
        m_studio.open();
        for (int run = 1; run <= 3; ++run) {
            m_studio.find<QSpinBox>("epochs")->setValue(run);
            m_studio.click("trainButton");
            ASSERT_TRUE(waitUntil([&] {
                return !m_studio.session->isActive() && m_studio.find<QWidget>("messageBar")->isVisible();
            }));
            m_studio.click("messageClose");
        }
        ASSERT_TRUE(
            waitUntil([&] { return m_studio.runs.runs().size() == 3 && runShown() == QStringLiteral("3"); }));
    }
    void openDialog()
    {
        QMenu* menu = m_studio.find<ui::Chip>("runChip")->menu();
        Q_EMIT menu->aboutToShow();
        menu->findChild<QAction*>(QStringLiteral("run_all"))->trigger();
        ASSERT_NE(dialog(), nullptr);
        ASSERT_TRUE(QTest::qWaitForWindowActive(dialog()));
    }
    ui::RunsDialog* dialog() { return m_studio.find<ui::RunsDialog>("runsDialog"); }
    template<typename Widget>
    Widget* find(const char* name)
    {
        return dialog()->findChild<Widget*>(QString::fromLatin1(name));
    }
    QTableView* table() { return find<QTableView>("runsTable"); }
    QString runShown() { return m_studio.find<ui::Chip>("runChip")->value(); }
    QString cell(int row, int column) { return table()->model()->index(row, column).data().toString(); }
    /// A click on the first row with this number.
    void select(int number, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        for (int row = 0; row < table()->model()->rowCount(); ++row) {
            if (cell(row, 0) == QString::number(number)) {
                const QRect place = table()->visualRect(table()->model()->index(row, 1));
                return QTest::mouseClick(table()->viewport(), Qt::LeftButton, modifiers, place.center());
            }
        }
        FAIL() << "there is no run " << number;
    }
    /// Deleted, or closed and about to be: Qt's versions differ in when.
    static bool isGone(const QWidget* widget) { return widget == nullptr || !widget->isVisible(); }
    QMessageBox* question() { return find<QMessageBox>("deleteRunsQuestion"); }
    void confirm()
    {
        ASSERT_NE(question(), nullptr);
        QTest::mouseClick(question()->findChild<QPushButton*>(QStringLiteral("deleteRunsConfirm")),
                          Qt::LeftButton);
    }

    test::WindowFixture m_studio;
};

} // namespace

TEST_F(RunsDialog, listsSortsAndFilters)
{
    openDialog();
    ASSERT_EQ(table()->model()->rowCount(), 3);
    EXPECT_EQ(cell(0, 0), QStringLiteral("3"));
    table()->sortByColumn(5, Qt::AscendingOrder); // epochs
    EXPECT_EQ(cell(0, 0), QStringLiteral("1"));
    QTest::keyClicks(find<QLineEdit>("runsFilter"), QStringLiteral("2 of 2"));
    ASSERT_EQ(table()->model()->rowCount(), 1);
    EXPECT_EQ(cell(0, 0), QStringLiteral("2"));
    EXPECT_EQ(find<QLabel>("runsCount")->text(), QStringLiteral("1 of 3 runs"));
}

TEST_F(RunsDialog, enterOpensARun)
{
    openDialog();
    select(1);
    QTest::keyClick(table(), Qt::Key_Return);
    EXPECT_TRUE(waitUntil([&] { return runShown() == QStringLiteral("1"); }));
    EXPECT_TRUE(isGone(dialog()));
    EXPECT_EQ(m_studio.find<QSpinBox>("epochs")->value(), 1);
}

TEST_F(RunsDialog, deletesAfterAQuestionThatSaysWhatIsLost)
{
    openDialog();
    select(1);
    select(2, Qt::ControlModifier);
    QTest::keyClick(table(), Qt::Key_Delete);
    ASSERT_NE(question(), nullptr);
    EXPECT_TRUE(question()->informativeText().contains(QStringLiteral("Run 1: digits")))
        << question()->informativeText().toStdString();
    QTest::keyClick(question(), Qt::Key_Return); // the default is to keep them
    EXPECT_TRUE(isGone(question()));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    ASSERT_EQ(question(), nullptr);
    EXPECT_TRUE(std::filesystem::exists(m_studio.folder / "runs/1/weights.pt"));

    QTest::keyClick(table(), Qt::Key_Delete);
    confirm();
    ASSERT_TRUE(waitUntil([&] { return table()->model()->rowCount() == 1; }));
    EXPECT_FALSE(std::filesystem::exists(m_studio.folder / "runs/1"));
    EXPECT_FALSE(std::filesystem::exists(m_studio.folder / "runs/2"));
    EXPECT_TRUE(std::filesystem::exists(m_studio.folder / "runs/3/weights.pt"));
    EXPECT_EQ(runShown(), QStringLiteral("3"));
    EXPECT_EQ(find<QLabel>("messageText")->text(), QStringLiteral("2 runs deleted."));
}

TEST_F(RunsDialog, afterTheRunOnShowIsDeletedTheNewestOtherIsShown)
{
    openDialog();
    select(3);
    QTest::mouseClick(find<QPushButton>("runsDelete"), Qt::LeftButton);
    ASSERT_NE(question(), nullptr);
    EXPECT_TRUE(question()->informativeText().contains(QStringLiteral("currently shown in the window")));
    confirm();
    EXPECT_TRUE(waitUntil([&] { return runShown() == QStringLiteral("2"); }));
}

TEST_F(RunsDialog, marksDamagedAndMissingRunsAndDeletesThem)
{
    std::filesystem::remove_all(m_studio.folder / "runs/1");
    for (const char* name : {"checkpoint.safetensors", "weights.pt"})
        std::filesystem::resize_file(m_studio.folder / "runs/2" / name, 100);
    openDialog();
    ASSERT_TRUE(waitUntil([&] {
        return cell(1, 4) == QStringLiteral("damaged") && cell(2, 4) == QStringLiteral("files missing");
    }));
    select(2);
    EXPECT_FALSE(find<QPushButton>("runsOpen")->isEnabled());
    EXPECT_FALSE(find<QPushButton>("runsExport")->isEnabled());
    QTest::keyClick(table(), Qt::Key_Return);
    EXPECT_NE(dialog(), nullptr);
    select(1, Qt::ControlModifier);
    QTest::keyClick(table(), Qt::Key_Delete);
    confirm();
    ASSERT_TRUE(waitUntil([&] { return table()->model()->rowCount() == 1; }));
    EXPECT_EQ(cell(0, 0), QStringLiteral("3"));
    EXPECT_FALSE(std::filesystem::exists(m_studio.folder / "runs/2"));
}

TEST_F(RunsDialog, opensAndExportsWhatIsSoundOfADamagedRun)
{
    std::filesystem::resize_file(m_studio.folder / "runs/1/checkpoint.safetensors", 100);
    std::filesystem::resize_file(m_studio.folder / "runs/2/weights.pt", 100);
    openDialog();
    ASSERT_TRUE(waitUntil(
        [&] { return cell(1, 4) == QStringLiteral("damaged") && cell(2, 4) == QStringLiteral("damaged"); }));
    EXPECT_EQ(cell(0, 4), QStringLiteral("finished"));
    select(2);
    EXPECT_TRUE(find<QPushButton>("runsOpen")->isEnabled());
    EXPECT_FALSE(find<QPushButton>("runsExport")->isEnabled());
    select(1);
    EXPECT_TRUE(find<QPushButton>("runsExport")->isEnabled());
    QTest::keyClick(table(), Qt::Key_Return);
    ASSERT_TRUE(waitUntil([&] { return runShown() == QStringLiteral("1"); }));
    EXPECT_TRUE(m_studio.text("messageText").contains(QStringLiteral("cannot be resumed")));
    EXPECT_FALSE(m_studio.find<QPushButton>("resumeButton")->isVisible());
    EXPECT_FALSE(m_studio.find<QPushButton>("extendButton")->isVisible());
    EXPECT_TRUE(waitUntil([&] {
        return m_studio.model.get() && m_studio.model.get()->runFolder.endsWith(QStringLiteral("/1"));
    }));

    QMenu* menu = m_studio.find<ui::Chip>("runChip")->menu();
    Q_EMIT menu->aboutToShow();
    EXPECT_TRUE(
        menu->findChild<QAction*>(QStringLiteral("run_1"))->text().contains(QStringLiteral("damaged")));
    std::filesystem::resize_file(m_studio.folder / "runs/3/weights.pt", 100);
    const auto* newest = menu->findChild<QAction*>(QStringLiteral("run_3"));
    Q_EMIT menu->aboutToShow(); // reads them anew, and tells in the open menu
    ASSERT_TRUE(waitUntil([&] {
        newest = menu->findChild<QAction*>(QStringLiteral("run_3"));
        return newest && newest->text().contains(QStringLiteral("damaged"));
    }));
    EXPECT_TRUE(newest->toolTip().contains(QStringLiteral("weights.pt")));
}

TEST_F(RunsDialog, leavesWhatIsBeingTrainedAlone)
{
    // As another program that trains run 1.
    const QString folder = QString::fromStdString((m_studio.folder / "runs/1").string());
    const auto lock = core::FolderLock::take(folder);
    ASSERT_TRUE(lock);
    core::RunInfo run = m_studio.runs.runs().back();
    run.state = core::RunInfo::State::Running;
    ASSERT_TRUE((*core::RunStore::open(m_studio.folders.runs))->update(run));
    openDialog();
    ASSERT_TRUE(waitUntil([&] { return cell(2, 4) == QStringLiteral("running"); }));
    select(1);
    EXPECT_FALSE(find<QPushButton>("runsDelete")->isEnabled());
    EXPECT_FALSE(find<QPushButton>("runsOpen")->isEnabled());
    QTest::keyClick(table(), Qt::Key_Delete);
    EXPECT_EQ(question(), nullptr);

    // Where the list does not know of it yet, the folder does.
    m_studio.runs.remove({run});
    ASSERT_TRUE(waitUntil(
        [&] { return find<QLabel>("messageText")->text().contains(QStringLiteral("being trained")); }));
    EXPECT_TRUE(std::filesystem::exists(m_studio.folder / "runs/1/weights.pt"));
}

TEST_F(RunsDialog, exportsARunIntoAFolderOfItsOwn)
{
    openDialog();
    select(2);
    const std::filesystem::path target = m_studio.folder / "elsewhere";
    std::filesystem::create_directories(target);
    QTimer typist;
    QObject::connect(&typist, &QTimer::timeout, &typist, [&] {
        auto* files = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        auto* name = files ? files->findChild<QLineEdit*>(QStringLiteral("fileNameEdit")) : nullptr;
        if (name == nullptr)
            return;
        typist.stop();
        name->setText(QString::fromStdString(target.string()));
        QTest::keyClick(name, Qt::Key_Return);
    });
    typist.start(5);
    QTest::mouseClick(find<QPushButton>("runsExport"), Qt::LeftButton);
    ASSERT_TRUE(waitUntil(
        [&] { return find<QLabel>("messageText")->text().contains(QStringLiteral("epochs.csv")); }));
    EXPECT_EQ(test::readFile(target / "tinyvgg-run-2/weights.pt"),
              test::readFile(m_studio.folder / "runs/2/weights.pt"));
    EXPECT_TRUE(std::filesystem::exists(target / "tinyvgg-run-2/batches.csv"));
}

TEST_F(RunsDialog, saysWhatItHasLeftOfARunsFolder)
{
    // A damaged list may name any folder.
    std::filesystem::create_directories(m_studio.folder / "thesis");
    test::writeFile(m_studio.folder / "thesis/weights.pt", "precious");
    core::RunInfo run;
    run.folder = QString::fromStdString((m_studio.folder / "thesis").string());
    ASSERT_TRUE((*core::RunStore::open(m_studio.folders.runs))->add(run));
    openDialog();
    ASSERT_TRUE(waitUntil([&] { return table()->model()->rowCount() == 4; }));
    select(4);
    QTest::keyClick(table(), Qt::Key_Delete);
    confirm();
    ASSERT_TRUE(waitUntil([&] { return table()->model()->rowCount() == 3; }));
    const QString text = find<QLabel>("messageText")->text();
    EXPECT_TRUE(text.contains(QStringLiteral("Run 4 removed from the list."))) << text.toStdString();
    EXPECT_TRUE(text.contains(QStringLiteral("no checkpoint of this program"))) << text.toStdString();
    EXPECT_EQ(test::readFile(m_studio.folder / "thesis/weights.pt"), "precious");
}

TEST_F(RunsDialog, aListThatWasDamagedIsSaidToBeRebuilt)
{
    for (const char* name : {"runs.sqlite-wal", "runs.sqlite-shm"})
        std::filesystem::remove(m_studio.folder / name);
    test::writeFile(m_studio.folder / "runs.sqlite", std::string(9000, 'x'));
    m_studio.runs.list();
    ASSERT_TRUE(waitUntil(
        [&] { return m_studio.text("messageText").contains(QStringLiteral("list of runs was damaged")); }));
    EXPECT_TRUE(m_studio.text("messageText").contains(QStringLiteral("with 3 runs")));
    EXPECT_TRUE(m_studio.text("messageText").contains(QStringLiteral("runs.sqlite.damaged-1")));
    EXPECT_TRUE(waitUntil([&] { return m_studio.runs.runs().size() == 3; }));
    EXPECT_EQ(runShown(), QStringLiteral("3"));
}

TEST_F(RunsDialog, aTrainingSaysThatItIsUnlisted)
{
    for (const char* name : {"runs.sqlite", "runs.sqlite-wal", "runs.sqlite-shm"})
        std::filesystem::remove(m_studio.folder / name);
    std::filesystem::create_directory(m_studio.folder / "runs.sqlite");
    QStringList texts;
    QObject::connect(m_studio.session.get(), &core::TrainingSession::unlisted, m_studio.window.get(),
                     [&] { texts << m_studio.text("messageText"); });
    m_studio.click("trainButton");
    ASSERT_TRUE(waitUntil([&] { return !texts.isEmpty() && !m_studio.session->isActive(); }));
    EXPECT_TRUE(texts.first().contains(QStringLiteral("not in the list of runs")))
        << texts.first().toStdString();
    EXPECT_TRUE(texts.first().contains(QStringLiteral("runs.sqlite"))) << texts.first().toStdString();
}
