// Requests to a running training, from any thread; polled at every batch.
#pragma once

#include <atomic>
#include <optional>
#include <stop_token>

namespace engine
{

class TrainingControl
{
public:
    void requestStop() { m_stop.request_stop(); }
    bool isStopRequested() const { return m_stop.stop_requested(); }
    /// For work that should stop when the training does.
    std::stop_token stopToken() const { return m_stop.get_token(); }

    void setPaused(bool isPaused) { m_isPaused.store(isPaused, std::memory_order_relaxed); }
    bool isPaused() const { return m_isPaused.load(std::memory_order_relaxed); }
    /// Trains one more batch while paused.
    void requestStep() { m_step.store(true, std::memory_order_relaxed); }
    bool takeStepRequest() { return m_step.exchange(false, std::memory_order_relaxed); }

    /// From the next batch on, replaces the configured rate; schedules are scaled in proportion.
    void setLearningRate(double rate) { m_learningRate.store(rate, std::memory_order_relaxed); }
    std::optional<double> takeLearningRate()
    {
        if (m_learningRate.load(std::memory_order_relaxed) == 0) // most batches only need this plain read
            return std::nullopt;
        const double rate = m_learningRate.exchange(0, std::memory_order_relaxed);
        return rate > 0 ? std::optional(rate) : std::nullopt;
    }

    /// Requests the current weights; the observer gets them once, soon.
    void requestSnapshot() { m_snapshot.store(true, std::memory_order_relaxed); }
    /// True once per open request.
    bool takeSnapshotRequest()
    {
        return m_snapshot.load(std::memory_order_relaxed) &&
               m_snapshot.exchange(false, std::memory_order_relaxed);
    }

private:
    std::stop_source m_stop;
    std::atomic<bool> m_isPaused = false;
    std::atomic<bool> m_step = false;
    std::atomic<bool> m_snapshot = false;
    std::atomic<double> m_learningRate = 0; ///< 0 if none is requested
};

} // namespace engine
