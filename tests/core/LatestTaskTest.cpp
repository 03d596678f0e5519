#include "core/LatestTask.h"

#include "support/WaitUntil.h"

#include <QObject>
#include <QThread>
#include <atomic>
#include <gtest/gtest.h>
#include <optional>
#include <stdexcept>

using core::LatestTask;
using core::TaskProgress;
using engine::Result;
using test::waitUntil;

namespace
{

/// An owner with its task, as services are.
struct Owner : QObject {
    /// Work that goes on until it is asked to stop.
    void startEndless()
    {
        work.start(
            [this](const std::stop_token& stop) -> Result<int> {
                hasBegun = true;
                while (!stop.stop_requested())
                    QThread::yieldCurrentThread();
                ++ended;
                return -1;
            },
            [this](const Result<int>& answer) { answers.push_back(*answer); });
    }
    void start(int answer)
    {
        work.start([]() -> Result<const QThread*> { return QThread::currentThread(); },
                   [this, answer](const Result<const QThread*>& thread) {
                       workThread = *thread;
                       answerThread = QThread::currentThread();
                       answers.push_back(answer);
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

TEST(LatestTask, reportsItsProgressOnTheOwnersThreadNotTooOften)
{
    Owner owner;
    std::vector<std::pair<std::size_t, std::size_t>> reports;
    owner.work.start(
        [](const std::stop_token&, const TaskProgress& progress) -> Result<void> {
            constexpr std::size_t kReports = 3000;
            for (std::size_t i = 1; i <= kReports; ++i) {
                progress(i, kReports);
                if (i % 1000 == 0)
                    QThread::msleep(60); // from here on the next is due
            }
            return {};
        },
        [&owner](const Result<void>&) { owner.answers.push_back(0); },
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

TEST(LatestTask, letsWhatHasBegunAnswerAndDropsWhatWaits)
{
    Owner owner;
    std::atomic<bool> mayEnd = false;
    const auto next = [&](int answer) {
        owner.work.startNext(
            [&owner, &mayEnd]() -> Result<void> {
                owner.hasBegun = true;
                while (!mayEnd)
                    QThread::yieldCurrentThread();
                return {};
            },
            [&owner, answer](const Result<void>&) { owner.answers.push_back(answer); });
    };
    next(1);
    ASSERT_TRUE(waitUntil([&] { return owner.hasBegun.load(); }));
    next(2);
    next(3);
    mayEnd = true;
    ASSERT_TRUE(waitUntil([&] { return !owner.work.isBusy(); }));
    EXPECT_EQ(owner.answers, (std::vector{1, 3}));
    next(4);
    owner.work.forget();
    owner.start(5);
    ASSERT_TRUE(waitUntil([&] { return !owner.work.isBusy(); }));
    EXPECT_EQ(owner.answers, (std::vector{1, 3, 5}));
}

TEST(LatestTask, deliversWhatItsWorkThrowsAsAnError)
{
    Owner owner;
    std::optional<engine::Error> error;
    const auto deliver = [&error](const Result<int>& result) { error = result.error(); };
    owner.work.start([]() -> Result<int> { throw std::runtime_error("no luck"); }, deliver);
    ASSERT_TRUE(waitUntil([&] { return error.has_value(); }));
    EXPECT_EQ(error->code, engine::ErrorCode::Internal);
    EXPECT_NE(error->message.find("no luck"), std::string::npos);
    error.reset();
    owner.work.start([]() -> Result<int> { throw std::bad_alloc(); }, deliver);
    ASSERT_TRUE(waitUntil([&] { return error.has_value(); }));
    EXPECT_EQ(error->code, engine::ErrorCode::OutOfMemory);
    EXPECT_FALSE(owner.work.isBusy());
}

TEST(LatestTask, canBeAskedAgainAfterAStop)
{
    Owner owner;
    owner.startEndless();
    owner.work.stop();
    std::optional<bool> wasStopped;
    owner.work.startNext([](const std::stop_token& stop) -> Result<bool> { return stop.stop_requested(); },
                         [&](const Result<bool>& result) { wasStopped = *result; });
    ASSERT_TRUE(waitUntil([&] { return wasStopped.has_value(); }));
    EXPECT_FALSE(*wasStopped);
}
