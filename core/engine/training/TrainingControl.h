// Wishes that may come from any thread; training looks at them at every batch.
#pragma once

#include <atomic>

namespace engine
{

class TrainingControl
{
public:
    void requestStop() { m_stop.store(true, std::memory_order_relaxed); }
    bool isStopRequested() const { return m_stop.load(std::memory_order_relaxed); }

    /// Asks for the weights as they are; the observer gets them once, soon.
    void requestSnapshot() { m_snapshot.store(true, std::memory_order_relaxed); }
    /// True once for each request that was still open.
    bool takeSnapshotRequest()
    {
        return m_snapshot.load(std::memory_order_relaxed) &&
               m_snapshot.exchange(false, std::memory_order_relaxed);
    }

private:
    std::atomic<bool> m_stop = false;
    std::atomic<bool> m_snapshot = false;
};

} // namespace engine
