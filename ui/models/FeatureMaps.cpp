#include "ui/models/FeatureMaps.h"

#include <algorithm>
#include <cmath>

namespace ui
{
namespace
{

/// "1.2e−7"
QString smallNumber(double value)
{
    return QString::number(value, 'e', 1)
        .replace(QStringLiteral("e-0"), QStringLiteral("e-"))
        .replace(QLatin1Char('-'), QStringLiteral("−"));
}

ValueRange rangeOf(std::span<const float> values)
{
    ValueRange range;
    double sum = 0;
    std::size_t finite = 0;
    for (const float value : values) {
        if (!std::isfinite(value))
            continue;
        range.min = finite == 0 ? value : std::min(range.min, value);
        range.max = finite == 0 ? value : std::max(range.max, value);
        sum += static_cast<double>(value);
        ++finite;
    }
    if (finite > 0)
        range.mean = static_cast<float>(sum / static_cast<double>(finite));
    return range;
}

} // namespace

std::span<const float> FeatureMaps::map(int unit) const
{
    const auto cells =
        static_cast<std::size_t>(planes) * static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
    return std::span(values).subspan(static_cast<std::size_t>(unit) * cells, cells);
}

float FeatureMaps::at(int unit, int row, int column, int plane) const
{
    return map(unit)[static_cast<std::size_t>((plane * height + row) * width + column)];
}

ValueRange FeatureMaps::rangeOf(int unit) const
{
    return ui::rangeOf(map(unit));
}

ValueRange FeatureMaps::range() const
{
    return ui::rangeOf(values);
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

QImage colorImage(std::span<const float> values, int height, int width, float limit)
{
    QImage image(width, height, QImage::Format_RGB32);
    const auto brightness = [&](int plane, int y, int x) {
        const float value = values[static_cast<std::size_t>((plane * height + y) * width + x)];
        const float share = limit > 0 && std::isfinite(value) ? std::clamp(value / limit, -1.0F, 1.0F) : 0;
        return static_cast<int>(std::lround(127.5F * (1 + share)));
    };
    for (int y = 0; y < height; ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < width; ++x)
            line[x] = qRgb(brightness(0, y, x), brightness(1, y, x), brightness(2, y, x));
    }
    return image;
}

QString valueText(double value, int decimals)
{
    if (!std::isfinite(value))
        return std::isnan(value) ? QStringLiteral("NaN")
                                 : QStringLiteral("%1∞").arg(value < 0 ? QStringLiteral("−") : QString());
    QString text = QString::number(std::abs(value), 'f', decimals);
    // A value that rounds to zero has no sign.
    const bool isZero = std::all_of(text.begin(), text.end(),
                                    [](QChar c) { return c == QLatin1Char('0') || c == QLatin1Char('.'); });
    return value < 0 && !isZero ? QStringLiteral("−") + text : text;
}

QString smallValueText(double value)
{
    constexpr double kSmallest = 0.0005; // smaller values would round to 0 with three decimals
    if (value == 0 || std::abs(value) >= kSmallest || !std::isfinite(value))
        return valueText(value);
    return smallNumber(value);
}

QString scaleText(double limit)
{
    constexpr double kLongest = 0.001; // smaller values are written with an exponent
    if (limit == 0 || limit >= 0.1 || !std::isfinite(limit))
        return valueText(limit, 2);
    return limit >= kLongest ? valueText(limit, limit >= 0.01 ? 3 : 4) : smallNumber(limit);
}

} // namespace ui
