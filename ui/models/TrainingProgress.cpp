#include "ui/models/TrainingProgress.h"

#include <algorithm>

namespace ui
{

void TrainingProgress::begin(const engine::TrainingPlan& plan)
{
    *this = {};
    m_plan = plan;
}

void TrainingProgress::addBefore(const std::vector<engine::BatchReport>& reports)
{
    for (const engine::BatchReport& report : reports)
        m_images += static_cast<std::size_t>(report.sampleCount);
    if (!reports.empty())
        m_latest = reports.back();
}

void TrainingProgress::addBatches(const std::vector<engine::BatchReport>& reports)
{
    constexpr double kWindowSeconds = 3;
    for (const engine::BatchReport& report : reports)
        m_images += static_cast<std::size_t>(report.sampleCount);
    if (reports.empty())
        return;
    m_latest = reports.back();
    m_marks.push_back({m_latest.trainSeconds, m_images});
    while (m_marks.size() > 2 && m_marks.back().seconds - m_marks.front().seconds > kWindowSeconds)
        m_marks.pop_front();
}

void TrainingProgress::addEpoch(const engine::EpochReport& report)
{
    m_lastTestSeconds = report.testSeconds;
}

double TrainingProgress::share() const
{
    const auto all = static_cast<double>(m_plan.trainSize) * m_plan.config.epochs;
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
        static_cast<double>(m_plan.trainSize) * m_plan.config.epochs - static_cast<double>(m_images);
    const int testPassesLeft = m_plan.config.epochs - std::max(0, m_latest.epoch - 1);
    // Before the first test pass: a forward pass takes about a third of a training step.
    const double testSeconds =
        m_lastTestSeconds > 0 ? m_lastTestSeconds : static_cast<double>(m_plan.testSize) / *speed / 3;
    return imagesLeft / *speed + testPassesLeft * testSeconds;
}

} // namespace ui
