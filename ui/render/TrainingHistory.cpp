#include "ui/render/TrainingHistory.h"

#include <algorithm>
#include <cmath>

namespace ui
{

double DebiasedSmoother::add(double value)
{
    if (!std::isfinite(value))
        return value; // otherwise all following values would be infinite too
    m_last = m_smoothing * m_last + (1 - m_smoothing) * value;
    m_power *= m_smoothing;
    return m_last / (1 - m_power);
}

TrainingHistory::TrainingHistory(const core::TrainingReports& reports, QObject* parent)
    : QObject(parent),
      m_reports(reports)
{
    connect(&reports, &core::TrainingReports::reset, this, &TrainingHistory::clearSeries);
    connect(&reports, &core::TrainingReports::batchesAdded, this, &TrainingHistory::appendFrom);
    connect(&reports, &core::TrainingReports::epochAdded, this, &TrainingHistory::changed);
    appendFrom(0);
}

void TrainingHistory::clearSeries()
{
    for (Series& series : m_series)
        series = {{}, {}, DebiasedSmoother(m_smoothing)};
    Q_EMIT changed();
}

void TrainingHistory::append(Metric metric, double value)
{
    Series& series = m_series[static_cast<std::size_t>(metric)];
    series.raw.push_back(value);
    series.smoothed.push_back(series.smoother.add(value));
}

void TrainingHistory::appendFrom(std::size_t first)
{
    for (std::size_t i = first; i < batches().size(); ++i) {
        const engine::BatchReport& report = batches()[i];
        append(Metric::Loss, static_cast<double>(report.loss));
        append(Metric::Accuracy, 100.0 * report.correctCount / report.sampleCount);
    }
    Q_EMIT changed();
}

void TrainingHistory::setSmoothing(double smoothing)
{
    m_smoothing = std::clamp(smoothing, 0.0, 0.999);
    for (Series& series : m_series) {
        series.smoother = DebiasedSmoother(m_smoothing);
        for (std::size_t i = 0; i < series.raw.size(); ++i)
            series.smoothed[i] = series.smoother.add(series.raw[i]);
    }
    Q_EMIT changed();
}

double TrainingHistory::position(std::size_t index, TimeAxis axis) const
{
    const engine::BatchReport& report = batches()[index];
    switch (axis) {
    case TimeAxis::Epochs:
        return report.epoch - 1 + static_cast<double>(report.batch) / std::max(1, plan()->batchesPerEpoch);
    case TimeAxis::Steps:
        return static_cast<double>(index + 1);
    case TimeAxis::Seconds:
        break;
    }
    return report.trainSeconds;
}

double TrainingHistory::testValue(const engine::EpochReport& report, Metric metric)
{
    if (metric == Metric::Loss)
        return report.testLoss;
    return 100.0 * static_cast<double>(report.testCorrect) /
           static_cast<double>(std::max<std::size_t>(1, report.testTotal));
}

double TrainingHistory::validationValue(const engine::EpochReport& report, Metric metric)
{
    if (metric == Metric::Loss)
        return report.validationLoss;
    return 100.0 * static_cast<double>(report.validationCorrect) /
           static_cast<double>(std::max<std::size_t>(1, report.validationTotal));
}

template<typename Value>
std::vector<QPointF> TrainingHistory::epochPoints(TimeAxis axis, const Value& valueOf) const
{
    std::vector<QPointF> points;
    for (const engine::EpochReport& report : epochs()) {
        const std::size_t lastBatch =
            static_cast<std::size_t>(report.epoch) * static_cast<std::size_t>(plan()->batchesPerEpoch);
        if (lastBatch >= 1 && lastBatch <= batches().size())
            points.emplace_back(position(lastBatch - 1, axis), valueOf(report));
    }
    return points;
}

std::vector<QPointF> TrainingHistory::testPoints(Metric metric, TimeAxis axis) const
{
    return epochPoints(axis,
                       [metric](const engine::EpochReport& report) { return testValue(report, metric); });
}

std::vector<QPointF> TrainingHistory::validationPoints(Metric metric, TimeAxis axis) const
{
    if (!plan() || plan()->validationSize == 0)
        return {};
    return epochPoints(
        axis, [metric](const engine::EpochReport& report) { return validationValue(report, metric); });
}

std::optional<QPointF> TrainingHistory::bestPoint(Metric metric, TimeAxis axis) const
{
    const engine::EpochReport* best = bestEpoch();
    const std::vector<QPointF> points = testPoints(metric, axis);
    const auto index = best == nullptr ? points.size() : static_cast<std::size_t>(best - epochs().data());
    return index < points.size() ? std::optional(points[index]) : std::nullopt;
}

double TrainingHistory::extent(TimeAxis axis) const
{
    if (!plan())
        return 1;
    if (axis == TimeAxis::Epochs)
        return plan()->config.epochs;
    if (axis == TimeAxis::Steps)
        return static_cast<double>(plan()->config.epochs) * plan()->batchesPerEpoch;
    return batches().empty() ? 1 : batches().back().trainSeconds;
}

} // namespace ui
