// Progress, speed and remaining time of a training, computed from its reports.
#pragma once

#include "core/Format.h"
#include "engine/training/TrainingObserver.h"

#include <deque>
#include <optional>

namespace ui
{

using core::durationText;

class TrainingProgress
{
public:
    void begin(const engine::TrainingPlan& plan);
    /// Batches trained before a run was resumed: they count as done, but not for the speed.
    void addBefore(const std::vector<engine::BatchReport>& reports);
    void addBatches(const std::vector<engine::BatchReport>& reports);
    void addEpoch(const engine::EpochReport& report);

    const engine::BatchReport& latest() const { return m_latest; }
    const engine::TrainingPlan& plan() const { return m_plan; }
    /// Fraction of all planned batches, 0 … 1.
    double share() const;
    /// Averaged over the last seconds; nullopt until there is enough data.
    std::optional<double> imagesPerSecond() const;
    /// Training and test passes; nullopt until the speed is known.
    std::optional<double> secondsLeft() const;

private:
    struct Mark {
        double seconds = 0;
        std::size_t images = 0;
    };

    engine::TrainingPlan m_plan;
    engine::BatchReport m_latest;
    std::size_t m_images = 0; ///< trained so far
    std::deque<Mark> m_marks; ///< of the last few seconds
    double m_lastTestSeconds = 0;
};

} // namespace ui
