#include "core/LatestTask.h"

#include "support/WaitUntil.h"

#include <QObject>
#include <QThread>
#include <atomic>
#include <gtest/gtest.h>
#include <optional>

using core::LatestTask;
using core::WorkProgress;
using engine::TrainingControl;
using test::waitUntil;

namespace
{

/// An owner with its work, as services are.
struct Owner : QObject {
    /// Work that goes on until it is asked to stop.
    void startEndless()
    {
        work.start([this](const TrainingControl& control, const WorkProgress&) {
            hasBegun = true;
            while (!control.isStopRequested())
                QThread::yieldCurrentThread();
            ++ended;
            return [this] { answers.push_back(-1); };
        });
    }
    void start(int answer)
    {
        work.start([this, answer](const TrainingControl&, const WorkProgress&) {
            const QThread* thread = QThread::currentThread();
            return [this, answer, thread] {
                workThread = thread;
                answerThread = QThread::currentThread();
                answers.push_back(answer);
            };
        });
    }

    std::vector<int> answers;
    std::atomic<bool> hasBegun = false;
    std::atomic<int> ended = 0;
    const QThread* workThread = nullptr;
    const QThread* answerThread = nullptr;
    LatestTask work{*this}; // the last, and so the first to be destroyed
};

} // namespace

TEST(LatestTask, worksOnAThreadOfItsOwnAndAnswersOnItsOwners)
{
    Owner owner;
    EXPECT_FALSE(owner.work.isBusy());
    owner.start(7);
    EXPECT_TRUE(owner.work.isBusy());
    ASSERT_TRUE(waitUntil([&] { return !owner.answers.empty(); }));
    EXPECT_EQ(owner.answers, std::vector<int>{7});
    EXPECT_EQ(owner.answerThread, owner.thread());
    EXPECT_NE(owner.workThread, owner.thread());
    EXPECT_FALSE(owner.work.isBusy());
}

TEST(LatestTask, answersTheNewestOnly)
{
    Owner owner;
    owner.startEndless();
    ASSERT_TRUE(waitUntil([&] { return owner.hasBegun.load(); }));
    for (int i = 0; i < 5; ++i)
        owner.start(i);
    ASSERT_TRUE(waitUntil([&] { return !owner.work.isBusy(); }));
    EXPECT_EQ(owner.answers, std::vector<int>{4});
    EXPECT_EQ(owner.ended, 1);
}

TEST(LatestTask, answersAlsoWhereItIsStopped)
{
    Owner owner;
    owner.startEndless();
    owner.work.stop();
    EXPECT_TRUE(owner.work.isBusy());
    ASSERT_TRUE(waitUntil([&] { return !owner.work.isBusy(); }));
    EXPECT_EQ(owner.answers, std::vector<int>{-1});
    owner.work.stop(); // there is nothing
    EXPECT_FALSE(owner.work.isBusy());
}

TEST(LatestTask, saysNothingOfWhatIsForgotten)
{
    Owner owner;
    owner.startEndless();
    ASSERT_TRUE(waitUntil([&] { return owner.hasBegun.load(); }));
    owner.work.forget();
    EXPECT_FALSE(owner.work.isBusy());
    owner.start(3); // after it on the same thread
    ASSERT_TRUE(waitUntil([&] { return !owner.work.isBusy(); }));
    EXPECT_EQ(owner.answers, std::vector<int>{3});
}

TEST(LatestTask, waitsForItsThreadWhereItIsDestroyed)
{
    auto owner = std::make_optional<Owner>();
    owner->startEndless();
    ASSERT_TRUE(waitUntil([&] { return owner->hasBegun.load(); }));
    owner.reset(); // would never end, or touch what is gone
    QCoreApplication::processEvents();
}

TEST(LatestTask, tellsItsProgressOnTheOwnersThreadNotTooOften)
{
    Owner owner;
    std::vector<std::pair<std::size_t, std::size_t>> reports;
    owner.work.start(
        [&owner](const TrainingControl&, const WorkProgress& progress) {
            constexpr std::size_t kReports = 3000;
            for (std::size_t i = 1; i <= kReports; ++i) {
                progress(i, kReports);
                if (i % 1000 == 0)
                    QThread::msleep(60); // from here on the next is due
            }
            return [&owner] { owner.answers.push_back(0); };
        },
        [&](std::size_t done, std::size_t total) {
            EXPECT_EQ(QThread::currentThread(), owner.thread());
            reports.emplace_back(done, total);
        });
    ASSERT_TRUE(waitUntil([&] { return !owner.answers.empty(); }));
    ASSERT_GE(reports.size(), 2U);
    EXPECT_LT(reports.size(), 1500U);
    EXPECT_EQ(reports.front().second, 3000U);
    EXPECT_TRUE(std::is_sorted(reports.begin(), reports.end()));
}
