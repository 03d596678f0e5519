// Runs tasks on a thread of their own, one after the other, and delivers their results on the owner's thread.
//
//     m_queue.enqueue("Reading the runs", [folder] { return readRuns(folder); },           // a Result<T>
//                     [this](const engine::Result<Runs>& runs) { … });                     // owner's thread
//
// Where only the latest request counts, see LatestTask.
#pragma once

#include "core/Mailbox.h"
#include "engine/Guarded.h"

#include <QThreadPool>
#include <functional>
#include <memory>

namespace core
{

class TaskQueue
{
public:
    /// Make it a member of `owner`, on whose thread it is used and delivers results.
    explicit TaskQueue(QObject& owner);
    /// Waits for all tasks, also those that have not begun; their results are not delivered.
    ~TaskQueue();
    TaskQueue(const TaskQueue&) = delete;
    TaskQueue& operator=(const TaskQueue&) = delete;

    /// Exceptions of `work` become an Error that begins with `name`.
    template<typename Work, typename Deliver>
    void enqueue(const char* name, Work work, Deliver deliver)
    {
        run([this, name, work = std::move(work), deliver = std::move(deliver)] {
            const auto result = std::make_shared<const decltype(work())>(engine::guarded(name, work));
            post([deliver, result] { deliver(*result); });
        });
    }
    /// `task` must not throw.
    void run(std::function<void()> task);
    /// From any thread: runs `action` on the owner's thread, after what was posted before.
    void post(std::function<void()> action) { m_mailbox.post(std::move(action)); }

    /// Drops the tasks that have not begun.
    void clear() { m_pool.clear(); }
    void waitForDone();

private:
    Mailbox m_mailbox;
    QThreadPool m_pool;
};

} // namespace core
