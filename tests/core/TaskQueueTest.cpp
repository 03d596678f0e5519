#include "core/TaskQueue.h"

#include "support/Results.h"
#include "support/WaitUntil.h"

#include <QCoreApplication>
#include <QThread>
#include <atomic>
#include <semaphore>
#include <stdexcept>

namespace
{

struct Owner : QObject {
    void enqueue(int number)
    {
        queue.enqueue(
            "Counting", [number]() -> engine::Result<int> { return number; },
            [this](const engine::Result<int>& result) { delivered.push_back(*result); });
    }

    std::vector<int> delivered;
    core::TaskQueue queue{*this};
};

} // namespace

TEST(TaskQueue, deliversInOrderOnTheOwnersThread)
{
    Owner owner;
    std::vector<QThread*> workers;
    std::vector<QThread*> receivers;
    for (int i = 0; i < 50; ++i) {
        owner.queue.enqueue(
            "Counting",
            [&, i]() -> engine::Result<int> {
                workers.push_back(QThread::currentThread()); // one at a time
                return i;
            },
            [&](const engine::Result<int>& result) {
                owner.delivered.push_back(*result);
                receivers.push_back(QThread::currentThread());
            });
    }
    ASSERT_TRUE(test::waitUntil([&] { return owner.delivered.size() == 50; }));
    owner.queue.waitForDone();
    for (int i = 0; i < 50; ++i) {
        const auto index = static_cast<std::size_t>(i);
        EXPECT_EQ(owner.delivered[index], i);
        EXPECT_NE(workers[index], QThread::currentThread());
        EXPECT_EQ(receivers[index], QThread::currentThread());
    }
}

TEST(TaskQueue, deliversExceptionsAsErrors)
{
    Owner owner;
    engine::Result<int> received = 0;
    bool isThere = false;
    owner.queue.enqueue(
        "Counting", []() -> engine::Result<int> { throw std::runtime_error("no more fingers"); },
        [&](const engine::Result<int>& result) {
            received = result;
            isThere = true;
        });
    ASSERT_TRUE(test::waitUntil([&] { return isThere; }));
    EXPECT_TRUE(
        test::failsWith(received, engine::ErrorCode::Internal, {"Counting failed", "no more fingers"}));
}

TEST(TaskQueue, dropsOnlyWhatHasNotBegun)
{
    Owner owner;
    std::binary_semaphore hasBegun{0};
    std::binary_semaphore mayEnd{0};
    owner.queue.run([&] {
        hasBegun.release();
        mayEnd.acquire();
        owner.queue.post([&] { owner.delivered.push_back(1); });
    });
    owner.enqueue(2);
    hasBegun.acquire();
    owner.queue.clear();
    mayEnd.release();
    owner.enqueue(3);
    ASSERT_TRUE(test::waitUntil([&] { return owner.delivered.size() == 2; }));
    EXPECT_EQ(owner.delivered, (std::vector<int>{1, 3}));
}

TEST(TaskQueue, waitsForItsTasksAndDeliversNothingOnceTheOwnerIsGone)
{
    int done = 0; // written by the tasks, read after the destructor
    bool isDelivered = false;
    {
        QObject owner;
        core::TaskQueue queue(owner);
        for (int i = 0; i < 3; ++i) {
            queue.run([&] {
                ++done;
                queue.post([&] { isDelivered = true; });
            });
        }
    }
    EXPECT_EQ(done, 3);
    QCoreApplication::processEvents();
    EXPECT_FALSE(isDelivered);
}
