// Threads that wait for work together: for tasks of a millisecond, many thousand times.
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
    /// The calling thread of run() is one of them.
    explicit ThreadPool(int size);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    int size() const { return static_cast<int>(m_threads.size()) + 1; }

    /// Does tasks 0 … `tasks` − 1, each once, whoever is free the next one: a thread that a busy machine
    /// holds up leaves its share to the others. `worker` is 0 … size() − 1. Throws what a task has thrown.
    void run(int tasks, const std::function<void(int worker, int task)>& task);

private:
    void end();
    void runTasks(int worker);
    void waitForTasks(int worker);

    std::vector<std::thread> m_threads;
    const std::function<void(int, int)>* m_task = nullptr;
    int m_taskCount = 0;
    std::atomic<int> m_nextTask = 0;
    std::atomic<unsigned> m_round = 0;  ///< grows with every run(); what the threads wait for
    std::atomic<int> m_workersBusy = 0; ///< threads that have not ended this round; what run() waits for
    std::atomic<bool> m_isEnding = false;
    std::mutex m_failureMutex;
    std::exception_ptr m_failure;
};

} // namespace engine
