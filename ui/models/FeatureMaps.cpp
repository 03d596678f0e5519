#include "ui/models/FeatureMaps.h"

#include <algorithm>
#include <cmath>

namespace ui
{

std::span<const float> FeatureMaps::map(int unit) const
{
    const auto cells = static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
    return std::span(values).subspan(static_cast<std::size_t>(unit) * cells, cells);
}

float FeatureMaps::at(int unit, int row, int column) const
{
    return map(unit)[static_cast<std::size_t>(row) * static_cast<std::size_t>(width) +
                     static_cast<std::size_t>(column)];
}

ValueRange FeatureMaps::rangeOf(int unit) const
{
    const std::span<const float> cells = map(unit);
    if (cells.empty())
        return {};
    double sum = 0;
    for (const float value : cells)
        sum += value;
    const auto [min, max] = std::minmax_element(cells.begin(), cells.end());
    return {*min, static_cast<float>(sum / static_cast<double>(cells.size())), *max};
}

float FeatureMaps::largestMagnitude() const
{
    float largest = 0;
    for (const float value : values) {
        if (std::isfinite(value))
            largest = std::max(largest, std::abs(value));
    }
    return largest;
}

QImage mapImage(std::span<const float> values, int height, int width, const DivergingScale& scale)
{
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < width; ++x)
            line[x] = scale.colorOf(values[static_cast<std::size_t>(y * width + x)]);
    }
    return image;
}

QString valueText(double value, int decimals)
{
    if (!std::isfinite(value))
        return std::isnan(value) ? QStringLiteral("no number")
                                 : QStringLiteral("%1∞").arg(value < 0 ? QStringLiteral("−") : QString());
    QString text = QString::number(std::abs(value), 'f', decimals);
    // What is rounded to nothing has no sign.
    const bool isZero = std::all_of(text.begin(), text.end(),
                                    [](QChar c) { return c == QLatin1Char('0') || c == QLatin1Char('.'); });
    return value < 0 && !isZero ? QStringLiteral("−") + text : text;
}

} // namespace ui
