#include "ui/render/ConfusionCells.h"

#include "core/Format.h"
#include "ui/render/Colors.h"

#include <algorithm>
#include <cmath>

namespace ui
{
namespace
{

QColor mixed(const QColor& from, const QColor& to, double share)
{
    const auto channel = [&](float a, float b) { return a + (b - a) * static_cast<float>(share); };
    return QColor::fromRgbF(channel(from.redF(), to.redF()), channel(from.greenF(), to.greenF()),
                            channel(from.blueF(), to.blueF()));
}

/// Keeps the smallest nonzero value visible.
double strength(double share)
{
    constexpr double kLeast = 0.16;
    return share <= 0 ? 0 : kLeast + (1 - kLeast) * share;
}

double luminance(const QColor& color)
{
    const auto linear = [](float channel) {
        return channel <= 0.03928F ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

QString percent(std::size_t part, std::size_t whole)
{
    if (whole == 0)
        return QStringLiteral("–");
    return core::shareNumber(static_cast<double>(part) / static_cast<double>(whole), 1);
}

} // namespace

ConfusionCells::ConfusionCells(engine::ConfusionMatrix matrix, QStringList classNames, ConfusionUnit unit,
                               bool errorsFirst)
    : m_matrix(std::move(matrix)),
      m_classNames(std::move(classNames)),
      m_unit(unit),
      m_isErrorsFirst(errorsFirst)
{
    for (int t = 0; t < classCount(); ++t) {
        for (int p = 0; p < classCount(); ++p) {
            if (!errorsFirst || t != p)
                m_largest = std::max(m_largest, value(t, p));
        }
    }
}

double ConfusionCells::value(int trueClass, int predictedClass) const
{
    const auto count = static_cast<double>(m_matrix.count(trueClass, predictedClass));
    if (m_unit == ConfusionUnit::Counts || count == 0)
        return count;
    return 100 * count /
           static_cast<double>(m_unit == ConfusionUnit::RowShare ? m_matrix.trueCount(trueClass)
                                                                 : m_matrix.predictedCount(predictedClass));
}

QString ConfusionCells::text(int trueClass, int predictedClass) const
{
    const std::size_t count = m_matrix.count(trueClass, predictedClass);
    if (count == 0)
        return {};
    if (m_unit == ConfusionUnit::Counts)
        return QString::number(count);
    return percent(count, m_unit == ConfusionUnit::RowShare ? m_matrix.trueCount(trueClass)
                                                            : m_matrix.predictedCount(predictedClass));
}

QString ConfusionCells::recallText(int trueClass) const
{
    return percent(m_matrix.count(trueClass, trueClass), m_matrix.trueCount(trueClass));
}

QString ConfusionCells::precisionText(int predictedClass) const
{
    return percent(m_matrix.count(predictedClass, predictedClass), m_matrix.predictedCount(predictedClass));
}

QColor ConfusionCells::fill(int trueClass, int predictedClass, const Colors& colors) const
{
    constexpr double kQuiet = 0.08;
    const double share = m_largest > 0 ? value(trueClass, predictedClass) / m_largest : 0;
    if (trueClass != predictedClass)
        return errorHeat(share, colors);
    return mixed(colors.card, colors.right, m_isErrorsFirst ? kQuiet : strength(share));
}

QColor errorHeat(double share, const Colors& colors)
{
    return mixed(colors.card, colors.errorHeat, strength(share));
}

QColor textOn(const QColor& fill)
{
    const double background = luminance(fill) + 0.05;
    return background / 0.05 > 1.05 / background ? QColor(0x1a, 0x1f, 0x28) : QColor(Qt::white);
}

} // namespace ui
