// Progress, speed and remaining time of a training, computed from its reports.
#pragma once

#include "core/Format.h"
#include "core/session/TrainingReports.h"

#include <deque>
#include <optional>

namespace ui
{

using core::durationText;

class TrainingProgress : public QObject
{
    Q_OBJECT
public:
    /// Follows `reports`, which must outlive this.
    explicit TrainingProgress(const core::TrainingReports& reports, QObject* parent = nullptr);

    /// Whether training has started, so that there is a plan.
    bool hasBegun() const { return m_reports.plan().has_value(); }
    const engine::TrainingPlan& plan() const { return *m_reports.plan(); }
    /// The latest batch; its epoch is 0 before the first.
    engine::BatchReport latest() const;
    /// Fraction of all planned batches, 0 … 1.
    double share() const;
    /// Averaged over the last seconds; nullopt until there is enough data.
    std::optional<double> imagesPerSecond() const;
    /// Training and test passes; nullopt until the speed is known.
    std::optional<double> secondsLeft() const;

Q_SIGNALS:
    void changed();

private:
    struct Mark {
        double seconds = 0;
        std::size_t images = 0;
    };

    void reset();
    void addFrom(std::size_t first);

    const core::TrainingReports& m_reports;
    std::size_t m_images = 0; ///< trained so far
    std::deque<Mark> m_marks; ///< of the last few seconds
    double m_lastTestSeconds = 0;
};

} // namespace ui
