#include "core/runs/RunStore.h"
#include "core/runs/FolderLock.h"

#include "support/Files.h"
#include "support/Results.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <atomic>
#include <gtest/gtest.h>
#include <set>
#include <thread>

using core::RunInfo;
using core::RunStore;
using engine::ErrorCode;
using test::failsWith;
using test::succeeds;

namespace
{

class RunStoreTest : public testing::Test
{
protected:
    std::unique_ptr<RunStore> open() const { return std::move(RunStore::open(m_runs).value()); }
    QString databasePath() const { return m_root.filePath(QStringLiteral("runs.sqlite")); }
    static RunInfo mnist(const QString& folder = {})
    {
        RunInfo run;
        run.folder = folder;
        run.datasetId = QStringLiteral("mnist");
        run.datasetTitle = QStringLiteral("MNIST „1“; DROP TABLE runs");
        run.recipe = QStringLiteral("Notebook");
        run.epochsPlanned = 3;
        return run;
    }
    /// As another program would.
    void execute(const QString& statement) const
    {
        {
            QSqlDatabase database =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("test"));
            database.setDatabaseName(databasePath());
            ASSERT_TRUE(database.open());
            QSqlQuery query(database);
            ASSERT_TRUE(query.exec(statement));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("test"));
    }

    QTemporaryDir m_root;
    QString m_runs = m_root.filePath(QStringLiteral("runs"));
};

} // namespace

TEST_F(RunStoreTest, storesWhatIsGiven)
{
    {
        const auto store = open();
        EXPECT_EQ(store->add(mnist()).value(), 1);
        RunInfo run = mnist();
        run.number = 1;
        run.state = RunInfo::State::Stopped;
        run.epochsDone = 2;
        run.epochsPlanned = 5;
        run.testCorrect = 9866;
        run.testTotal = 10'000;
        run.seconds = 7.25;
        EXPECT_TRUE(succeeds(store->update(run)));
    }
    const auto found = open()->find(1);
    ASSERT_TRUE(succeeds(found));
    ASSERT_TRUE(*found);
    const RunInfo& run = **found;
    EXPECT_EQ(run.number, 1);
    EXPECT_EQ(run.folder, m_runs + QStringLiteral("/1"));
    EXPECT_EQ(run.datasetId, mnist().datasetId);
    EXPECT_EQ(run.datasetTitle, mnist().datasetTitle);
    EXPECT_EQ(run.state, RunInfo::State::Stopped);
    EXPECT_EQ(run.epochsDone, 2);
    EXPECT_EQ(run.epochsPlanned, 5);
    EXPECT_EQ(run.testCorrect, 9866U);
    EXPECT_EQ(run.testTotal, 10'000U);
    EXPECT_EQ(run.seconds, 7.25);
    EXPECT_LT(std::abs(run.created.secsTo(QDateTime::currentDateTimeUtc())), 3600);
    EXPECT_FALSE(run.isFolderThere);
    QDir().mkpath(run.folder);
    test::writeFile(run.folder.toStdString() + "/weights.pt", "x");
    EXPECT_TRUE((*open()->find(1))->isFolderThere);
}

TEST_F(RunStoreTest, numbersOnFromTheLargestOfAllThatAreUsed)
{
    const auto store = open();
    EXPECT_EQ(store->add(mnist()).value(), 1);
    EXPECT_EQ(store->add(mnist(), 7).value(), 8);
    EXPECT_EQ(store->add(mnist(), 3).value(), 9);
    EXPECT_TRUE(succeeds(store->remove(8)));
    EXPECT_EQ(store->add(mnist(QStringLiteral("/elsewhere"))).value(), 10);
    const auto runs = store->list();
    ASSERT_TRUE(succeeds(runs));
    std::vector<int> numbers;
    for (const RunInfo& run : *runs)
        numbers.push_back(run.number);
    EXPECT_EQ(numbers, (std::vector<int>{10, 9, 1})) << "the newest first";
    EXPECT_EQ((*store->findFolder(QStringLiteral("/elsewhere")))->number, 10);
    EXPECT_FALSE(*store->findFolder(QStringLiteral("/nowhere")));
    EXPECT_FALSE(*store->find(8));
    EXPECT_TRUE(succeeds(store->remove(10)));
    EXPECT_EQ(store->add(mnist()).value(), 11) << "a deleted run's number is not given again";
    EXPECT_TRUE(succeeds(store->withdraw(11)));
    EXPECT_EQ(store->add(mnist()).value(), 11) << "nothing was recorded under it";
}

TEST_F(RunStoreTest, givesANumberThatCanBeClaimed)
{
    const auto store = open();
    const auto given = store->add(mnist(), 0, [](int number) { return engine::Result<bool>(number >= 3); });
    EXPECT_EQ(given.value(), 3);
    EXPECT_EQ((*store->find(3))->folder, m_runs + QStringLiteral("/3"));
    const auto refused = store->add(mnist(), 0, [](int) -> engine::Result<bool> {
        return engine::failure(ErrorCode::CannotWrite, "no room");
    });
    EXPECT_TRUE(failsWith(refused, ErrorCode::CannotWrite, {"no room"}));
    EXPECT_EQ(store->list()->size(), 1U);
}

TEST_F(RunStoreTest, isSafeWithSeveralWritersAtOnce)
{
    constexpr int kWriters = 4;
    constexpr int kRuns = 25;
    std::vector<std::vector<int>> numbers(kWriters);
    std::vector<std::thread> threads;
    for (int writer = 0; writer < kWriters; ++writer) {
        threads.emplace_back([&, writer] {
            for (int i = 0; i < kRuns; ++i) {
                const auto store = RunStore::open(m_runs);
                const auto number = store ? (*store)->add(mnist()) : tl::unexpected(store.error());
                numbers[static_cast<std::size_t>(writer)].push_back(number.value_or(-1));
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    std::set<int> all;
    for (const auto& mine : numbers)
        all.insert(mine.begin(), mine.end());
    EXPECT_EQ(all.size(), static_cast<std::size_t>(kWriters * kRuns));
    EXPECT_EQ(*all.begin(), 1);
    EXPECT_EQ(open()->list()->size(), static_cast<std::size_t>(kWriters * kRuns));
}

TEST_F(RunStoreTest, distinguishesARunThatIsTrainedFromOneWhoseProgramIsGone)
{
    EXPECT_EQ(open()->add(mnist()).value(), 1);
    const QString folder = (*open()->find(1))->folder;
    ASSERT_TRUE(QDir().mkpath(folder));
    {
        const auto lock = core::FolderLock::take(folder);
        ASSERT_TRUE(lock);
        EXPECT_FALSE(core::FolderLock::take(folder)) << "one at a time";
        EXPECT_EQ((*open()->find(1))->state, RunInfo::State::Running);
    }
    EXPECT_FALSE(core::FolderLock::isHeld(folder));
    EXPECT_EQ((*open()->find(1))->state, RunInfo::State::Interrupted);
}

TEST_F(RunStoreTest, whoOnlyLooksDoesNotKeepOthersFromTraining)
{
    ASSERT_TRUE(QDir().mkpath(m_runs));
    std::atomic<bool> isOver = false;
    std::vector<std::thread> lookers;
    for (int i = 0; i < 3; ++i) {
        lookers.emplace_back([&] {
            while (!isOver)
                (void)core::FolderLock::isHeld(m_runs);
        });
    }
    int taken = 0;
    constexpr int kTimes = 300;
    for (int i = 0; i < kTimes; ++i)
        taken += core::FolderLock::take(m_runs) ? 1 : 0;
    isOver = true;
    for (std::thread& looker : lookers)
        looker.join();
    EXPECT_EQ(taken, kTimes);
}

TEST_F(RunStoreTest, refusesAListThatANewerProgramHasWritten)
{
    open();
    execute(QStringLiteral("PRAGMA user_version = 99"));
    EXPECT_TRUE(failsWith(RunStore::open(m_runs), ErrorCode::BadFormat,
                          {databasePath().toStdString(), "found version 99"}));
}

TEST_F(RunStoreTest, refusesAFolderThatCannotBeMade)
{
    test::writeFile(m_runs.toStdString(), "a file");
    EXPECT_TRUE(
        failsWith(RunStore::open(m_runs + QStringLiteral("/below/runs")), ErrorCode::CannotWrite, {"below"}));
}
