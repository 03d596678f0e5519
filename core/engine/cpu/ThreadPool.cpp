#include "engine/cpu/ThreadPool.h"

namespace engine
{
namespace
{

/// Spins before it blocks: the next round usually comes within microseconds, faster than the system wakes a
/// thread. Longer spinning would take CPU time from threads that have work.
template<typename T>
void waitWhile(const std::atomic<T>& value, T old)
{
    constexpr int kSpins = 4000;
    for (int i = 0; i < kSpins; ++i) {
        if (value.load(std::memory_order_acquire) != old)
            return;
#if defined(__x86_64__)
        __builtin_ia32_pause();
#endif
    }
    value.wait(old, std::memory_order_acquire);
}

} // namespace

ThreadPool::ThreadPool(int size)
{
    try {
        for (int worker = 1; worker < size; ++worker)
            m_threads.emplace_back([this, worker] { waitForTasks(worker); });
    } catch (...) { // cannot create more threads
        end();
        throw;
    }
}

ThreadPool::~ThreadPool()
{
    end();
}

void ThreadPool::end()
{
    m_isEnding = true;
    m_round.fetch_add(1, std::memory_order_release);
    m_round.notify_all();
    for (std::thread& thread : m_threads)
        thread.join();
}

void ThreadPool::waitForTasks(int worker)
{
    unsigned round = 0;
    while (true) {
        waitWhile(m_round, round);
        round = m_round.load(std::memory_order_acquire);
        if (m_isEnding)
            return;
        runTasks(worker);
        if (m_workersBusy.fetch_sub(1, std::memory_order_acq_rel) == 1)
            m_workersBusy.notify_one();
    }
}

void ThreadPool::runTasks(int worker)
{
    try {
        for (int task = m_nextTask++; task < m_taskCount; task = m_nextTask++)
            (*m_task)(worker, task);
    } catch (...) {
        const std::lock_guard lock(m_failureMutex);
        m_failure = std::current_exception();
        m_nextTask = m_taskCount;
    }
}

void ThreadPool::run(int tasks, const std::function<void(int, int)>& task)
{
    m_task = &task;
    m_taskCount = tasks;
    m_nextTask = 0;
    m_workersBusy = static_cast<int>(m_threads.size());
    m_round.fetch_add(1, std::memory_order_release);
    m_round.notify_all();
    runTasks(0);
    for (int busy = m_workersBusy.load(std::memory_order_acquire); busy != 0;
         busy = m_workersBusy.load(std::memory_order_acquire))
        waitWhile(m_workersBusy, busy);
    if (m_failure)
        std::rethrow_exception(std::exchange(m_failure, nullptr));
}

} // namespace engine
