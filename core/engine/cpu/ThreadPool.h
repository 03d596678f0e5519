// A fork–join thread pool for many short tasks of about a millisecond.
//
//     ThreadPool pool(2);
//     pool.run(tasks, [&](int worker, int task) { … });   // returns when all tasks are done
#pragma once

#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace engine
{

class ThreadPool
{
public:
    /// `size` includes the thread that calls run().
    explicit ThreadPool(int size);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    int size() const { return static_cast<int>(m_threads.size()) + 1; }

    /// Runs tasks 0 … `tasks` − 1, each once. Each thread takes the next open task, so a thread delayed by
    /// other load does not hold up the rest. `worker` is 0 … size() − 1. Rethrows an exception of a task.
    void run(int tasks, const std::function<void(int worker, int task)>& task);

private:
    void end();
    void runTasks(int worker);
    void waitForTasks(int worker);

    std::vector<std::thread> m_threads;
    const std::function<void(int, int)>* m_task = nullptr;
    int m_taskCount = 0;
    std::atomic<int> m_nextTask = 0;
    std::atomic<unsigned> m_round = 0;  ///< incremented by every run(); the threads wait for it
    std::atomic<int> m_workersBusy = 0; ///< threads that have not finished this round; run() waits for 0
    std::atomic<bool> m_isEnding = false;
    std::mutex m_failureMutex;
    std::exception_ptr m_failure;
};

} // namespace engine
