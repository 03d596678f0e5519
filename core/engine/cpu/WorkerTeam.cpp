#include "engine/cpu/WorkerTeam.h"

namespace engine
{
namespace
{

/// The next round comes within microseconds, which is sooner than the system wakes a sleeping thread; but a
/// thread that spins for long takes the processor from whoever has work.
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

WorkerTeam::WorkerTeam(int size)
{
    try {
        for (int worker = 1; worker < size; ++worker)
            m_threads.emplace_back([this, worker] { waitForWork(worker); });
    } catch (...) { // no more threads are to be had
        end();
        throw;
    }
}

WorkerTeam::~WorkerTeam()
{
    end();
}

void WorkerTeam::end()
{
    m_isEnding = true;
    m_round.fetch_add(1, std::memory_order_release);
    m_round.notify_all();
    for (std::thread& thread : m_threads)
        thread.join();
}

void WorkerTeam::waitForWork(int worker)
{
    unsigned round = 0;
    while (true) {
        waitWhile(m_round, round);
        round = m_round.load(std::memory_order_acquire);
        if (m_isEnding)
            return;
        workAsOne(worker);
        if (m_workersBusy.fetch_sub(1, std::memory_order_acq_rel) == 1)
            m_workersBusy.notify_one();
    }
}

void WorkerTeam::workAsOne(int worker)
{
    try {
        for (int piece = m_nextPiece++; piece < m_pieces; piece = m_nextPiece++)
            (*m_work)(worker, piece);
    } catch (...) {
        const std::lock_guard lock(m_failureMutex);
        m_failure = std::current_exception();
        m_nextPiece = m_pieces;
    }
}

void WorkerTeam::run(int pieces, const std::function<void(int, int)>& work)
{
    m_work = &work;
    m_pieces = pieces;
    m_nextPiece = 0;
    m_workersBusy = static_cast<int>(m_threads.size());
    m_round.fetch_add(1, std::memory_order_release);
    m_round.notify_all();
    workAsOne(0);
    for (int busy = m_workersBusy.load(std::memory_order_acquire); busy != 0;
         busy = m_workersBusy.load(std::memory_order_acquire))
        waitWhile(m_workersBusy, busy);
    if (m_failure)
        std::rethrow_exception(std::exchange(m_failure, nullptr));
}

} // namespace engine
