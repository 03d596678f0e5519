// Diverging color scale for signed numbers: neutral at zero, blue for positive, orange for negative values,
// up to ±limit. Zero is fixed, so that the same color means the same number in every map of a scale.
#pragma once

#include "ui/render/Colors.h"

#include <QRgb>
#include <array>

namespace ui
{

class DivergingScale
{
public:
    /// `limit`: the magnitude of the full color; larger values are clamped. A limit that is not positive is
    /// treated as 1.
    DivergingScale(float limit, const Colors& colors);

    float limit() const { return m_limit; }
    /// NaN is gray.
    QRgb colorOf(float value) const;

private:
    static constexpr int kStepsToASide = 255;

    float m_limit;
    QRgb m_noNumber;
    std::array<QRgb, 2 * kStepsToASide + 1> m_steps;
};

} // namespace ui
