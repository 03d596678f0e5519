// Requests to a training, from any thread; it looks at them at every batch.
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
    /// For whatever ends early when the training does.
    std::stop_token stopToken() const { return m_stop.get_token(); }

    void setPaused(bool isPaused) { m_isPaused.store(isPaused, std::memory_order_relaxed); }
    bool isPaused() const { return m_isPaused.load(std::memory_order_relaxed); }
    /// One more batch, while paused.
    void requestStep() { m_step.store(true, std::memory_order_relaxed); }
    bool takeStepRequest() { return m_step.exchange(false, std::memory_order_relaxed); }

    /// From the next batch on, in place of the configuration's; schedules go on from there in proportion.
    void setLearningRate(double rate) { m_learningRate.store(rate, std::memory_order_relaxed); }
    std::optional<double> takeLearningRate()
    {
        if (m_learningRate.load(std::memory_order_relaxed) == 0) // a plain read is all that most batches cost
            return std::nullopt;
        const double rate = m_learningRate.exchange(0, std::memory_order_relaxed);
        return rate > 0 ? std::optional(rate) : std::nullopt;
    }

    /// Asks for the weights as they are; the observer gets them once, soon.
    void requestSnapshot() { m_snapshot.store(true, std::memory_order_relaxed); }
    /// True once for each request that was still open.
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
    std::atomic<double> m_learningRate = 0; ///< 0 where none is requested
};

} // namespace engine
