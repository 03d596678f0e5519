// A list of runs that is damaged or lost is made anew from the run folders, and nothing of it is lost unsaid.
#include "core/RecordedRun.h"
#include "core/runs/FolderLock.h"
#include "core/runs/RunFiles.h"
#include "support/Files.h"
#include "support/Results.h"

#include <QDir>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <atomic>
#include <gtest/gtest.h>
#include <thread>

using core::RunInfo;
using core::RunStore;
using engine::ErrorCode;
using test::failsWith;
using test::succeeds;
using State = core::RunInfo::State;

namespace
{

class RunListRebuild : public testing::Test
{
protected:
    QString path(const char* name) const { return QString::fromStdString((m_root / name).string()); }
    std::filesystem::path listFile() const { return m_root / "runs.sqlite"; }
    std::unique_ptr<RunStore> open() const
    {
        auto store = RunStore::open(m_runs);
        EXPECT_TRUE(succeeds(store));
        return store ? std::move(*store) : nullptr;
    }
    std::vector<RunInfo> list() const { return open()->list().value(); }
    static std::vector<int> numbersOf(const std::vector<RunInfo>& runs)
    {
        std::vector<int> numbers;
        for (const RunInfo& run : runs)
            numbers.push_back(run.number);
        return numbers;
    }
    void record(const test::RunRecipe& recipe = {}) const { test::recordRun(m_runs, recipe); }
    void loseList() const
    {
        for (const char* name : {"runs.sqlite", "runs.sqlite-wal", "runs.sqlite-shm"})
            std::filesystem::remove(m_root / name);
    }
    void damageList() const
    {
        loseList();
        test::writeFile(listFile(), std::string(9000, 'x'));
    }
    /// As another program would.
    void execute(const QString& statement) const
    {
        {
            QSqlDatabase database =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("rebuild"));
            database.setDatabaseName(path("runs.sqlite"));
            ASSERT_TRUE(database.open());
            QSqlQuery query(database);
            ASSERT_TRUE(query.exec(statement)) << qPrintable(statement);
        }
        QSqlDatabase::removeDatabase(QStringLiteral("rebuild"));
    }
    int asideCount() const
    {
        int count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(m_root.path()))
            count += entry.path().filename().string().find(".damaged-") != std::string::npos ? 1 : 0;
        return count;
    }

    test::TemporaryFolder m_root;
    QString m_runs = path("runs");
};

void expectSame(const RunInfo& found, const RunInfo& expected)
{
    EXPECT_EQ(found.number, expected.number);
    EXPECT_EQ(found.folder, expected.folder);
    EXPECT_EQ(found.datasetId, expected.datasetId);
    EXPECT_EQ(found.datasetTitle, expected.datasetTitle);
    EXPECT_EQ(found.recipe, expected.recipe);
    EXPECT_EQ(found.state, expected.state);
    EXPECT_EQ(found.epochsDone, expected.epochsDone);
    EXPECT_EQ(found.epochsPlanned, expected.epochsPlanned);
    EXPECT_EQ(found.testCorrect, expected.testCorrect);
    EXPECT_EQ(found.testTotal, expected.testTotal);
    EXPECT_EQ(found.seconds, expected.seconds);
    EXPECT_LT(std::abs(found.created.secsTo(expected.created)), 3600);
}

} // namespace

TEST_F(RunListRebuild, readsEveryRunFromItsOwnFiles)
{
    record({.epochsDone = 2, .epochsPlanned = 2});
    record({.epochsDone = 1, .epochsPlanned = 3, .isStopped = true});
    record({.epochsDone = 1, .epochsPlanned = 3}); // its program ended
    const auto before = list();
    ASSERT_EQ(before.size(), 3U);
    loseList();
    const auto after = list();
    ASSERT_EQ(after.size(), 3U);
    expectSame(after[2], before[2]);
    EXPECT_EQ(after[2].state, State::Finished);
    expectSame(after[1], before[1]);
    EXPECT_EQ(after[1].state, State::Stopped);
    EXPECT_EQ(after[0].state, State::Interrupted);
    EXPECT_EQ(after[0].epochsDone, 1);
}

TEST_F(RunListRebuild, keepsADamagedListAside)
{
    record();
    damageList();
    test::writeFile(m_root / "runs.sqlite.new", "half"); // of a program that was killed at this
    EXPECT_EQ(numbersOf(list()), std::vector<int>{1});
    EXPECT_EQ(test::readFile(m_root / "runs.sqlite.damaged-1"), std::string(9000, 'x'));
    damageList();
    EXPECT_EQ(numbersOf(list()), std::vector<int>{1});
    EXPECT_TRUE(std::filesystem::exists(m_root / "runs.sqlite.damaged-2"));
    EXPECT_FALSE(std::filesystem::exists(m_root / "runs.sqlite.new"));
}

TEST_F(RunListRebuild, keepsAListAsideOnceAfterAKill)
{
    record();
    damageList();
    std::filesystem::create_hard_link(listFile(), m_root / "runs.sqlite.damaged-1");
    EXPECT_EQ(numbersOf(list()), std::vector<int>{1});
    EXPECT_EQ(asideCount(), 1);
    EXPECT_EQ(open()->takeRebuilt()->damagedFile, path("runs.sqlite.damaged-1"));
    EXPECT_EQ(test::readFile(m_root / "runs.sqlite.damaged-1"), std::string(9000, 'x'));
}

TEST_F(RunListRebuild, isToldOnce)
{
    record();
    EXPECT_FALSE(open()->takeRebuilt()) << "a first start is none";
    loseList();
    const auto missing = open()->takeRebuilt();
    ASSERT_TRUE(missing);
    EXPECT_EQ(missing->runCount, 1);
    EXPECT_EQ(missing->damagedFile.toStdString(), "");
    EXPECT_FALSE(open()->takeRebuilt());
    damageList();
    list(); // by who does not tell
    const auto damaged = open()->takeRebuilt();
    ASSERT_TRUE(damaged);
    EXPECT_EQ(damaged->damagedFile, path("runs.sqlite.damaged-1"));
    EXPECT_FALSE(open()->takeRebuilt());
}

TEST_F(RunListRebuild, happensOnceWhereManyProgramsFindTheDamage)
{
    for (int run = 0; run < 3; ++run)
        record();
    damageList();
    std::atomic<int> told = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            const auto store = RunStore::open(m_runs);
            ASSERT_TRUE(succeeds(store));
            EXPECT_EQ((*store)->list()->size(), 3U);
            told += (*store)->takeRebuilt() ? 1 : 0;
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(told, 1);
    EXPECT_EQ(asideCount(), 1);
}

TEST_F(RunListRebuild, findsDamageOfEveryKind)
{
    record();
    const std::string sound = [&] {
        open().reset(); // the last connection writes all into the one file
        return test::readFile(listFile());
    }();
    const std::vector<std::string> damages = {
        sound.substr(0, sound.size() / 2),
        sound.substr(0, 50),
        "SQLite format 3",
        std::string(16, 'x') + sound.substr(16),
        sound.substr(0, 4096) + std::string(sound.size() - 4096, '\xff'),
    };
    int aside = 0;
    for (const std::string& damage : damages) {
        loseList();
        test::writeFile(listFile(), damage);
        EXPECT_EQ(numbersOf(list()), std::vector<int>{1});
        EXPECT_EQ(asideCount(), ++aside) << damage.size();
    }
    for (const char* statement :
         {"DROP TABLE runs", "UPDATE runs SET test_correct = 41", "UPDATE runs SET epochs_done = -1",
          "UPDATE runs SET folder = 'runs/1'", "ALTER TABLE runs RENAME COLUMN recipe TO formula"}) {
        execute(QLatin1String(statement));
        EXPECT_EQ(numbersOf(list()), std::vector<int>{1});
        EXPECT_EQ(list().front().testCorrect, 21U);
        EXPECT_EQ(list().front().folder, path("runs/1"));
        EXPECT_EQ(asideCount(), ++aside) << statement;
    }
}

TEST_F(RunListRebuild, survivesEveryBitThatIsFlipped)
{
    record();
    open().reset();
    const std::string sound = test::readFile(listFile());
    for (std::size_t at = 0; at < sound.size(); at += at < 200 ? 1 : 211) {
        loseList();
        std::string damaged = sound;
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
        test::writeFile(listFile(), damaged);
        const auto store = RunStore::open(m_runs);
        if (!store) { // another version
            EXPECT_NE(store.error().message.find("newer version"), std::string::npos)
                << at << ": " << store.error().message;
            continue;
        }
        const auto runs = (*store)->list();
        ASSERT_TRUE(succeeds(runs)) << at;
        EXPECT_EQ(runs->size(), 1U) << at;
    }
}

TEST_F(RunListRebuild, keepsFoldersElsewhereThatTheDamagedListStillNames)
{
    record();
    record({.folder = path("mine")});
    record({.folder = path("gone")});
    std::filesystem::remove_all(m_root / "gone");
    execute(QStringLiteral("UPDATE runs SET seconds = -1 WHERE number = 1"));
    const auto after = list();
    EXPECT_EQ(numbersOf(after), (std::vector<int>{2, 1}));
    EXPECT_EQ(after[0].folder, path("mine"));
    EXPECT_EQ(open()->add({}).value(), 4) << "3 was given before";
}

TEST_F(RunListRebuild, neverGivesTheNumberOfADeletedRun)
{
    record();
    record();
    EXPECT_TRUE(succeeds(open()->remove(2)));
    std::filesystem::remove_all(m_root / "runs/2");
    record();
    EXPECT_EQ(numbersOf(list()), (std::vector<int>{3, 1}));
    EXPECT_TRUE(succeeds(open()->remove(3)));
    std::filesystem::remove_all(m_root / "runs/3");
    std::filesystem::create_directories(m_root / "runs/5/empty"); // of another that is gone
    loseList();
    EXPECT_EQ(numbersOf(list()), std::vector<int>{1});
    record();
    EXPECT_EQ(numbersOf(list()), (std::vector<int>{6, 1}));
}

TEST_F(RunListRebuild, doesNotOverflow)
{
    record();
    for (const char* number : {"2147483647", "9223372036854775807", "-5", "0"}) {
        execute(QStringLiteral("UPDATE runs SET number = %1").arg(QLatin1String(number)));
        EXPECT_EQ(numbersOf(list()), std::vector<int>{1}) << number;
        EXPECT_EQ(open()->add({}).value(), 2) << number;
        EXPECT_TRUE(succeeds(open()->withdraw(2)));
    }
    EXPECT_EQ(open()->add({}, core::kLargestRunNumber - 1).value(), core::kLargestRunNumber);
    EXPECT_EQ(open()->add({}).value(), 2) << "the first gap";
    EXPECT_EQ(open()->add({}, 2'147'483'647).value(), 3);
}

TEST_F(RunListRebuild, numbersFoldersWithOtherNames)
{
    record();
    std::filesystem::rename(m_root / "runs/1", m_root / "runs/best");
    for (const char* name : {"7", "2147483647", "03", ".hidden"})
        std::filesystem::copy(m_root / "runs/best", m_root / "runs" / name);
    loseList();
    const auto after = list();
    EXPECT_EQ(numbersOf(after), (std::vector<int>{11, 10, 9, 8, 7}));
    EXPECT_EQ(after[4].folder, path("runs/7"));
}

TEST_F(RunListRebuild, listsOnlyWhatHoldsARun)
{
    record();
    std::filesystem::create_directories(m_root / "runs/2");
    test::writeFile(m_root / "runs/2/weights.pt", "precious");
    std::filesystem::create_directories(m_root / "runs/notes");
    test::writeFile(m_root / "runs/file", "a file");
    record({.folder = path("mine")});
    std::filesystem::create_directory_symlink(m_root / "mine", m_root / "runs/9");
    loseList();
    EXPECT_EQ(numbersOf(list()), std::vector<int>{1});
}

TEST_F(RunListRebuild, listsADamagedRun)
{
    record();
    for (const char* name : core::kRunFileNames)
        std::filesystem::resize_file(m_root / "runs/1" / name, 100);
    loseList();
    const auto after = list();
    ASSERT_EQ(after.size(), 1U);
    EXPECT_EQ(after[0].number, 1);
    EXPECT_EQ(after[0].state, State::Interrupted);
    EXPECT_EQ(after[0].testTotal, 0U);
}

TEST_F(RunListRebuild, takesTheRestOfARunWithoutItsCheckpoint)
{
    record({.epochsDone = 2, .epochsPlanned = 2});
    const RunInfo before = list().front();
    std::filesystem::remove(m_root / "runs/1/checkpoint.safetensors");
    loseList();
    expectSame(list().front(), before);
}

TEST_F(RunListRebuild, leavesARunThatIsBeingTrainedToItsProgram)
{
    record({.epochsDone = 1, .epochsPlanned = 3});
    const auto lock = core::FolderLock::take(path("runs/1"));
    loseList();
    EXPECT_EQ(list().front().state, State::Running);
    std::filesystem::create_directory(m_root / "runs/2");
    const auto beginning = core::FolderLock::take(path("runs/2"));
    loseList();
    EXPECT_EQ(numbersOf(list()), (std::vector<int>{2, 1})) << "it has no checkpoint yet";
    EXPECT_EQ(list().front().state, State::Running);
}

TEST_F(RunListRebuild, aTrainingIsListedAgainWithItsNextEpoch)
{
    engine::TrainingConfig config;
    config.epochs = 2;
    engine::DatasetSplits data;
    data.id = "some-data";
    data.classNames = std::vector<std::string>(10, "a class");
    const auto recorder = core::RunRecorder::createAt(path("mine"), m_runs, config, data);
    ASSERT_TRUE(succeeds(recorder));
    EXPECT_EQ((*recorder)->number(), 1);
    loseList();
    record(); // takes number 1, as nobody knows of the other
    EXPECT_TRUE(
        succeeds((*recorder)->recordEpoch(test::reportOf(1), test::makeModel(), engine::Evaluation())));
    const auto after = list();
    ASSERT_EQ(numbersOf(after), (std::vector<int>{2, 1}));
    EXPECT_EQ(after[0].folder, path("mine"));
    EXPECT_EQ(after[0].epochsDone, 1);
    EXPECT_EQ((*recorder)->number(), 2);
}

TEST_F(RunListRebuild, onRequestComparesTheListWithTheFolders)
{
    for (int run = 0; run < 3; ++run)
        record();
    record({.folder = path("mine")});
    execute(QStringLiteral("DELETE FROM runs WHERE number = 1"));
    execute(QStringLiteral("UPDATE runs SET epochs_done = 0, state = 'running' WHERE number = 2"));
    std::filesystem::remove_all(m_root / "runs/3");
    const auto changes = open()->rebuild();
    ASSERT_TRUE(succeeds(changes));
    EXPECT_EQ(changes->runCount, 3);
    EXPECT_EQ(changes->added, 1);
    EXPECT_EQ(changes->removed, 1);
    const auto after = list();
    EXPECT_EQ(numbersOf(after), (std::vector<int>{4, 2, 1}));
    EXPECT_EQ(after[0].folder, path("mine"));
    EXPECT_EQ(after[1].epochsDone, 1);
    EXPECT_EQ(after[1].state, State::Finished);
    EXPECT_FALSE(open()->takeRebuilt()) << "who asked for it knows";
    EXPECT_EQ(asideCount(), 0);
    EXPECT_EQ(open()->add({}).value(), 5);
}

TEST_F(RunListRebuild, onRequestKeepsWhatOnlyTheListKnows)
{
    record();
    execute(QStringLiteral("UPDATE runs SET state = 'stopped', created = '2020-02-02T10:00:00Z'"));
    ASSERT_TRUE(succeeds(open()->rebuild()));
    EXPECT_EQ(list().front().state, State::Stopped);
    EXPECT_EQ(list().front().created.date().year(), 2020);
}

TEST_F(RunListRebuild, isNotDoneForAListThatCannotBeOpened)
{
    record();
    loseList();
    std::filesystem::create_directory(listFile());
    EXPECT_TRUE(failsWith(RunStore::open(m_runs), ErrorCode::CannotRead,
                          {listFile().string(), "expected the list of runs", "found a folder"}));
    const auto recorder = core::RunRecorder::createNumbered(m_runs, {}, {});
    ASSERT_TRUE(succeeds(recorder)) << "an unusable list must not prevent training";
    EXPECT_FALSE((*recorder)->number());
    EXPECT_NE((*recorder)->listError().message.find("runs.sqlite"), std::string::npos);
    EXPECT_EQ((*recorder)->folder(), path("runs/2"));
}
