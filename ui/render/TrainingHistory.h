// The figures of one training as they come in, ready to be drawn: raw and smoothed training values a batch,
// test values an epoch.
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

    /// 0 … 0.999; affects what smoothed() gives, not what is kept.
    void setSmoothing(double smoothing);
    double smoothing() const { return m_smoothing; }

    bool isEmpty() const { return m_batches.empty(); }
    const std::optional<engine::TrainingPlan>& plan() const { return m_plan; }
    const std::vector<engine::BatchReport>& batches() const { return m_batches; }
    const std::vector<engine::EpochReport>& epochs() const { return m_epochs; }
    /// The epoch with the lowest validation loss, or with the most test images right where none are held
    /// back; the earliest of those alike.
    const engine::EpochReport* bestEpoch() const;

    /// One value a batch, as batches().
    const std::vector<double>& raw(Metric metric) const { return series(metric).raw; }
    const std::vector<double>& smoothed(Metric metric) const { return series(metric).smoothed; }
    /// Where batch `index` lies on `axis`.
    double position(std::size_t index, TimeAxis axis) const;
    /// One point an epoch, at the epoch's last batch.
    std::vector<QPointF> testPoints(Metric metric, TimeAxis axis) const;
    /// The same of the images held back; none where there are none.
    std::vector<QPointF> validationPoints(Metric metric, TimeAxis axis) const;
    /// That of testPoints() which is bestEpoch()'s.
    std::optional<QPointF> bestPoint(Metric metric, TimeAxis axis) const;
    /// How far `axis` will reach when the plan is done; for seconds, as far as it has got.
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
