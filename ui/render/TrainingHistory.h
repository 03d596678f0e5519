// The reports of a training as curves: raw and smoothed training values per batch, test values per epoch.
#pragma once

#include "core/session/TrainingReports.h"

#include <QObject>
#include <QPointF>
#include <array>
#include <optional>
#include <vector>

namespace ui
{

enum class Metric {
    Loss,     ///< mean cross-entropy in nats
    Accuracy, ///< percent
};

enum class TimeAxis {
    Epochs,  ///< 1.5 is the middle of the second epoch
    Steps,   ///< batches since the start
    Seconds, ///< of training, without test passes
};

/// Exponential smoothing without the bias of its first value: with last = s·last + (1 − s)·y, the n-th
/// smoothed value is last / (1 − sⁿ). Source: the bias correction of D. Kingma, J. Ba, "Adam", ICLR 2015,
/// section 3.
class DebiasedSmoother
{
public:
    explicit DebiasedSmoother(double smoothing = 0) : m_smoothing(smoothing) {}
    double add(double value);

private:
    double m_smoothing;
    double m_last = 0;
    double m_power = 1; ///< smoothing to the number of values so far
};

class TrainingHistory : public QObject
{
    Q_OBJECT
public:
    /// Follows `reports`, which must outlive this.
    explicit TrainingHistory(const core::TrainingReports& reports, QObject* parent = nullptr);

    /// 0 … 0.999; affects smoothed(), not the stored values.
    void setSmoothing(double smoothing);
    double smoothing() const { return m_smoothing; }

    bool isEmpty() const { return batches().empty(); }
    const std::optional<engine::TrainingPlan>& plan() const { return m_reports.plan(); }
    const std::vector<engine::BatchReport>& batches() const { return m_reports.batches(); }
    const std::vector<engine::EpochReport>& epochs() const { return m_reports.epochs(); }
    const engine::EpochReport* bestEpoch() const { return m_reports.bestEpoch(); }

    /// One value per batch, parallel to batches().
    const std::vector<double>& raw(Metric metric) const { return series(metric).raw; }
    const std::vector<double>& smoothed(Metric metric) const { return series(metric).smoothed; }
    /// Position of batch `index` on `axis`.
    double position(std::size_t index, TimeAxis axis) const;
    /// One point per epoch, at the epoch's last batch.
    std::vector<QPointF> testPoints(Metric metric, TimeAxis axis) const;
    /// The same for the validation images; empty without validation.
    std::vector<QPointF> validationPoints(Metric metric, TimeAxis axis) const;
    /// The entry of testPoints() for bestEpoch().
    std::optional<QPointF> bestPoint(Metric metric, TimeAxis axis) const;
    /// End of `axis` when the plan is complete; for seconds, the current value.
    double extent(TimeAxis axis) const;

    static double testValue(const engine::EpochReport& report, Metric metric);
    static double validationValue(const engine::EpochReport& report, Metric metric);

Q_SIGNALS:
    void changed();

private:
    void clearSeries();
    void appendFrom(std::size_t first);

    struct Series {
        std::vector<double> raw;
        std::vector<double> smoothed;
        DebiasedSmoother smoother;
    };
    const Series& series(Metric metric) const { return m_series[static_cast<std::size_t>(metric)]; }
    void append(Metric metric, double value);
    template<typename Value>
    std::vector<QPointF> epochPoints(TimeAxis axis, const Value& valueOf) const;

    const core::TrainingReports& m_reports;
    std::array<Series, 2> m_series;
    double m_smoothing = 0;
};

} // namespace ui
