// Threads that wait for work together: for pieces of a millisecond, many thousand times.
//
//     WorkerTeam team(2);
//     team.run(pieces, [&](int worker, int piece) { … });   // returns when all pieces are done
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

class WorkerTeam
{
public:
    /// The calling thread of run() is one of them.
    explicit WorkerTeam(int size);
    ~WorkerTeam();
    WorkerTeam(const WorkerTeam&) = delete;
    WorkerTeam& operator=(const WorkerTeam&) = delete;

    int size() const { return static_cast<int>(m_threads.size()) + 1; }

    /// Does pieces 0 … `pieces` − 1, each once, whoever is free the next one: a thread that a busy machine
    /// holds up leaves its share to the others. `worker` is 0 … size() − 1. Throws what a piece has thrown.
    void run(int pieces, const std::function<void(int worker, int piece)>& work);

private:
    void end();
    void workAsOne(int worker);
    void waitForWork(int worker);

    std::vector<std::thread> m_threads;
    const std::function<void(int, int)>* m_work = nullptr;
    int m_pieces = 0;
    std::atomic<int> m_nextPiece = 0;
    std::atomic<unsigned> m_round = 0;  ///< grows with every run(); what the threads wait for
    std::atomic<int> m_workersBusy = 0; ///< threads that have not ended this round; what run() waits for
    std::atomic<bool> m_isEnding = false;
    std::mutex m_failureMutex;
    std::exception_ptr m_failure;
};

} // namespace engine
