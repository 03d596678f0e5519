// How far a training is, how fast it goes and how long it will take, from its reports.
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
    /// What was trained before this run went on: it counts as done, and says nothing of the speed.
    void addBefore(const std::vector<engine::BatchReport>& reports);
    void addBatches(const std::vector<engine::BatchReport>& reports);
    void addEpoch(const engine::EpochReport& report);

    const engine::BatchReport& latest() const { return m_latest; }
    const engine::TrainingPlan& plan() const { return m_plan; }
    /// Of all batches of the plan, 0 … 1.
    double share() const;
    /// Over the last seconds; nothing before there is enough to tell.
    std::optional<double> imagesPerSecond() const;
    /// Training and test passes; nothing before the speed is known.
    std::optional<double> secondsLeft() const;

private:
    struct Mark {
        double seconds = 0;
        std::size_t images = 0;
    };

    engine::TrainingPlan m_plan;
    engine::BatchReport m_latest;
    std::size_t m_images = 0; ///< trained so far
    std::deque<Mark> m_marks; ///< of the last seconds
    double m_lastTestSeconds = 0;
};

} // namespace ui
