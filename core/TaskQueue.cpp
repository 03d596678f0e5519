#include "core/TaskQueue.h"

#include "core/ThreadSanitizer.h"

#include <QRunnable>

namespace core
{
namespace
{

class Task final : public QRunnable
{
public:
    Task(TaskQueue& queue, std::function<void()> work) : m_queue(queue), m_work(std::move(work)) {}
    ~Task() override { acquireFromQt(this); }

    void run() override
    {
        acquireFromQt(this);
        m_work();
        m_work = {}; // now, so that its destruction too happens before waitForDone() returns
        releaseToQt(&m_queue);
    }

private:
    TaskQueue& m_queue;
    std::function<void()> m_work;
};

} // namespace

TaskQueue::TaskQueue(QObject& owner) : m_mailbox(owner)
{
    m_pool.setMaxThreadCount(1);
}

TaskQueue::~TaskQueue()
{
    waitForDone();
}

void TaskQueue::run(std::function<void()> task)
{
    auto* runnable = new Task(*this, std::move(task));
    releaseToQt(runnable);
    m_pool.start(runnable); // takes ownership
}

void TaskQueue::waitForDone()
{
    m_pool.waitForDone();
    acquireFromQt(this);
}

} // namespace core
