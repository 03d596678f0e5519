#include "ui/render/DivergingScale.h"

#include <algorithm>
#include <cmath>

namespace ui
{
namespace
{

QColor between(const QColor& from, const QColor& to, double share)
{
    const auto mix = [&](int a, int b) { return static_cast<int>(std::lround(a + share * (b - a))); };
    return {mix(from.red(), to.red()), mix(from.green(), to.green()), mix(from.blue(), to.blue())};
}

/// `share`: 0 at zero, 1 at the end.
QColor onSide(const QColor& zero, const QColor& middle, const QColor& end, double share)
{
    constexpr double kMiddle = 0.6;
    return share < kMiddle ? between(zero, middle, share / kMiddle)
                           : between(middle, end, (share - kMiddle) / (1 - kMiddle));
}

} // namespace

DivergingScale::DivergingScale(float limit, const Colors& colors)
    : m_limit(limit > 0 && std::isfinite(limit) ? limit : 1),
      m_noNumber(colors.secondary.rgb())
{
    for (int i = 0; i <= kStepsToASide; ++i) {
        const double share = static_cast<double>(i) / kStepsToASide;
        m_steps[static_cast<std::size_t>(kStepsToASide + i)] =
            onSide(colors.mapZero, colors.mapPositive, colors.mapPositiveEnd, share).rgb();
        m_steps[static_cast<std::size_t>(kStepsToASide - i)] =
            onSide(colors.mapZero, colors.mapNegative, colors.mapNegativeEnd, share).rgb();
    }
}

QRgb DivergingScale::colorOf(float value) const
{
    if (std::isnan(value))
        return m_noNumber;
    const float share = std::clamp(value / m_limit, -1.0f, 1.0f);
    return m_steps[static_cast<std::size_t>(kStepsToASide + std::lround(share * kStepsToASide))];
}

} // namespace ui
