// Metrics of one training as they arrive, prepared for charts: raw and smoothed training values per batch,
// test values per epoch.
#pragma once

#include "engine/training/TrainingObserver.h"

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
    explicit TrainingHistory(QObject* parent = nullptr);

    void begin(const engine::TrainingPlan& plan);
    void clear();
    void addBatches(const std::vector<engine::BatchReport>& reports);
    void addEpoch(const engine::EpochReport& report);

    /// 0 … 0.999; affects smoothed(), not the stored values.
    void setSmoothing(double smoothing);
    double smoothing() const { return m_smoothing; }

    bool isEmpty() const { return m_batches.empty(); }
    const std::optional<engine::TrainingPlan>& plan() const { return m_plan; }
    const std::vector<engine::BatchReport>& batches() const { return m_batches; }
    const std::vector<engine::EpochReport>& epochs() const { return m_epochs; }
    /// The epoch with the lowest validation loss or, without validation, the most correct test images; the
    /// earliest of ties.
    const engine::EpochReport* bestEpoch() const;

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
    void forgetReports();

    struct Series {
        std::vector<double> raw;
        std::vector<double> smoothed;
        DebiasedSmoother smoother;
    };
    const Series& series(Metric metric) const { return m_series[static_cast<std::size_t>(metric)]; }
    void append(Metric metric, double value);
    template<typename Value>
    std::vector<QPointF> epochPoints(TimeAxis axis, const Value& valueOf) const;

    std::optional<engine::TrainingPlan> m_plan;
    std::vector<engine::BatchReport> m_batches;
    std::vector<engine::EpochReport> m_epochs;
    std::array<Series, 2> m_series;
    double m_smoothing = 0;
};

} // namespace ui
