#include "engine/recognition/Strokes.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace engine
{
namespace
{

bool isNumber(const StrokePoint& point)
{
    return std::isfinite(point.x) && std::isfinite(point.y);
}

/// Draws a segment between two points, with the pen width interpolated.
void drawSegment(InkImage& image, const StrokePoint& a, const StrokePoint& b)
{
    const float reach = std::max(a.width, b.width) / 2 + 1;
    const auto clamped = [](float value, int size) {
        return static_cast<int>(std::floor(std::clamp(value, 0.0F, static_cast<float>(size))));
    };
    const int left = clamped(std::min(a.x, b.x) - reach, image.width);
    const int right = clamped(std::max(a.x, b.x) + reach + 1, image.width);
    const int top = clamped(std::min(a.y, b.y) - reach, image.height);
    const int bottom = clamped(std::max(a.y, b.y) + reach + 1, image.height);
    const float dx = b.x - a.x;
    const float dy = b.y - a.y;
    const float squared = dx * dx + dy * dy;
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
            const float px = static_cast<float>(x) + .5F - a.x;
            const float py = static_cast<float>(y) + .5F - a.y;
            const float along = squared > 0 ? std::clamp((px * dx + py * dy) / squared, 0.0F, 1.0F) : 0.0F;
            const float offX = px - along * dx;
            const float offY = py - along * dy;
            const float radius = (a.width + along * (b.width - a.width)) / 2;
            // Coverage of the pixel by an edge at this distance, approximated by a straight axis-aligned
            // edge.
            const float cover = std::clamp(radius + .5F - std::sqrt(offX * offX + offY * offY), 0.0F, 1.0F);
            std::uint8_t& target = image.at(x, y);
            target = std::max(target, static_cast<std::uint8_t>(std::lround(cover * 255)));
        }
    }
}

} // namespace

InkImage drawStrokes(const Strokes& strokes, int width, int height, float penWidth)
{
    InkImage image = InkImage::blank(width, height);
    for (const Stroke& stroke : strokes) {
        std::optional<StrokePoint> last;
        bool isDrawn = false;
        const auto draw = [&](const StrokePoint& a, const StrokePoint& b) {
            drawSegment(image, a, b);
            isDrawn = true;
        };
        for (StrokePoint point : stroke) {
            if (!isNumber(point))
                continue;
            if (!(point.width > 0))
                point.width = penWidth;
            if (last)
                draw(*last, point);
            last = point;
        }
        if (last && !isDrawn)
            draw(*last, *last);
    }
    return image;
}

Result<InkImage> drawStrokesToSize(const Strokes& strokes, int side, float penShare)
{
    bool isEmpty = true;
    StrokePoint low;
    StrokePoint high;
    for (const Stroke& stroke : strokes) {
        for (const StrokePoint& point : stroke) {
            if (!isNumber(point))
                continue;
            low = isEmpty ? point : StrokePoint{std::min(low.x, point.x), std::min(low.y, point.y)};
            high = isEmpty ? point : StrokePoint{std::max(high.x, point.x), std::max(high.y, point.y)};
            isEmpty = false;
        }
    }
    if (isEmpty)
        return failure(ErrorCode::BadValue,
                       "There is no ink in the strokes; expected a digit, found no points.");

    constexpr float kMargin = 1;
    const float penWidth = penShare * static_cast<float>(side);
    const float inner = static_cast<float>(side) - penWidth;
    // In double precision: the difference of two floats may overflow.
    const double extentX = static_cast<double>(high.x) - static_cast<double>(low.x);
    const double extentY = static_cast<double>(high.y) - static_cast<double>(low.y);
    const double extent = std::max(extentX, extentY);
    const double scale = extent > 0 ? static_cast<double>(inner) / extent : 0.0;
    Strokes placed = strokes;
    for (Stroke& stroke : placed) {
        for (StrokePoint& point : stroke) {
            const auto moved = [&](float value, float origin) {
                return kMargin + penWidth / 2 +
                       static_cast<float>(scale * (static_cast<double>(value) - static_cast<double>(origin)));
            };
            point = {moved(point.x, low.x), moved(point.y, low.y), penWidth};
        }
    }
    const auto pixels = [&](double size) {
        constexpr double kRounding = 1e-3; // ignores rounding errors of single precision
        return static_cast<int>(
            std::ceil(scale * size + static_cast<double>(penWidth + 2 * kMargin) - kRounding));
    };
    return drawStrokes(placed, pixels(extentX), pixels(extentY), penWidth);
}

} // namespace engine
