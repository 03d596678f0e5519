#include "ui/models/TrainingProgress.h"

#include <algorithm>

namespace ui
{

TrainingProgress::TrainingProgress(const core::TrainingReports& reports, QObject* parent)
    : QObject(parent),
      m_reports(reports)
{
    connect(&reports, &core::TrainingReports::reset, this, &TrainingProgress::reset);
    connect(&reports, &core::TrainingReports::batchesAdded, this, &TrainingProgress::addFrom);
    connect(&reports, &core::TrainingReports::epochAdded, this,
            [this] { m_lastTestSeconds = m_reports.epochs().back().testSeconds; });
}

void TrainingProgress::reset()
{
    m_images = 0;
    m_marks.clear();
    m_lastTestSeconds = 0;
    Q_EMIT changed();
}

void TrainingProgress::addFrom(std::size_t first)
{
    constexpr double kWindowSeconds = 3;
    const std::vector<engine::BatchReport>& batches = m_reports.batches();
    for (std::size_t i = first; i < batches.size(); ++i)
        m_images += static_cast<std::size_t>(batches[i].sampleCount);
    // Batches trained before the run was resumed count as done, but not for the speed.
    if (batches.size() > m_reports.earlierBatches()) {
        m_marks.push_back({batches.back().trainSeconds, m_images});
        while (m_marks.size() > 2 && m_marks.back().seconds - m_marks.front().seconds > kWindowSeconds)
            m_marks.pop_front();
    }
    Q_EMIT changed();
}

engine::BatchReport TrainingProgress::latest() const
{
    return m_reports.batches().empty() ? engine::BatchReport() : m_reports.batches().back();
}

double TrainingProgress::share() const
{
    if (!hasBegun())
        return 0;
    const auto all = static_cast<double>(plan().trainSize) * plan().config.epochs;
    return all > 0 ? static_cast<double>(m_images) / all : 0;
}

std::optional<double> TrainingProgress::imagesPerSecond() const
{
    if (m_marks.size() < 2)
        return std::nullopt;
    const double seconds = m_marks.back().seconds - m_marks.front().seconds;
    if (seconds < .1)
        return std::nullopt;
    return static_cast<double>(m_marks.back().images - m_marks.front().images) / seconds;
}

std::optional<double> TrainingProgress::secondsLeft() const
{
    const auto speed = imagesPerSecond();
    if (!speed || *speed <= 0)
        return std::nullopt;
    const double imagesLeft =
        static_cast<double>(plan().trainSize) * plan().config.epochs - static_cast<double>(m_images);
    const int testPassesLeft = plan().config.epochs - std::max(0, latest().epoch - 1);
    // Before the first test pass: a forward pass takes about a third of a training step.
    const double testSeconds =
        m_lastTestSeconds > 0 ? m_lastTestSeconds : static_cast<double>(plan().testSize) / *speed / 3;
    return imagesLeft / *speed + testPassesLeft * testSeconds;
}

} // namespace ui
