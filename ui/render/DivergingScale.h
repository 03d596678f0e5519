// The colors of signed numbers: none at zero, blue upwards, orange downwards, as far as ±limit. Zero stays
// where it is, so the same color means the same number in every map of a scale.
#pragma once

#include "ui/render/Colors.h"

#include <QRgb>
#include <array>

namespace ui
{

class DivergingScale
{
public:
    /// `limit`: the magnitude that has the full color, and so have all beyond; not positive is taken as 1.
    DivergingScale(float limit, const Colors& colors);

    float limit() const { return m_limit; }
    /// What is no number is gray.
    QRgb colorOf(float value) const;

private:
    static constexpr int kStepsToASide = 255;

    float m_limit;
    QRgb m_noNumber;
    std::array<QRgb, 2 * kStepsToASide + 1> m_steps;
};

} // namespace ui
