#include "engine/recognition/PenWidth.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace engine
{
namespace
{

constexpr std::uint8_t kHalf = 128; ///< threshold of the ink's edge

/// 1-D squared distance transform of one line, in place. Source: P. Felzenszwalb, D. Huttenlocher, "Distance
/// Transforms of Sampled Functions", Theory of Computing 8 (2012).
class LineTransform
{
public:
    explicit LineTransform(int longest)
        : m_values(static_cast<std::size_t>(longest)),
          m_places(static_cast<std::size_t>(longest)),
          m_starts(static_cast<std::size_t>(longest) + 1)
    {
    }

    void apply(float* line, int count, int stride)
    {
        for (int i = 0; i < count; ++i)
            m_values[static_cast<std::size_t>(i)] = line[static_cast<std::ptrdiff_t>(i) * stride];
        const auto value = [&](int i) { return m_values[static_cast<std::size_t>(i)]; };
        std::size_t last = 0;
        m_places[0] = 0;
        m_starts[0] = -std::numeric_limits<float>::infinity();
        m_starts[1] = std::numeric_limits<float>::infinity();
        for (int i = 1; i < count; ++i) {
            const auto crossing = [&] {
                const int j = m_places[last];
                return ((value(i) + static_cast<float>(i * i)) - (value(j) + static_cast<float>(j * j))) /
                       static_cast<float>(2 * (i - j));
            };
            while (last > 0 && crossing() <= m_starts[last])
                --last;
            m_starts[last + 1] = crossing();
            m_places[++last] = i;
            m_starts[last + 1] = std::numeric_limits<float>::infinity();
        }
        last = 0;
        for (int i = 0; i < count; ++i) {
            while (m_starts[last + 1] < static_cast<float>(i))
                ++last;
            const int away = i - m_places[last];
            line[static_cast<std::ptrdiff_t>(i) * stride] =
                value(m_places[last]) + static_cast<float>(away * away);
        }
    }

private:
    std::vector<float> m_values;
    std::vector<int> m_places; ///< vertices of the parabolas in the lower envelope
    std::vector<float> m_starts;
};

/// Distance of every pixel center from the nearest center of a pixel that is ink (or is not).
std::vector<float> distancesTo(bool isInk, const InkImage& image)
{
    constexpr float kFar = 1e8F; // finite, so that differences are never NaN
    std::vector<float> squares(image.ink.size());
    std::transform(image.ink.begin(), image.ink.end(), squares.begin(),
                   [&](std::uint8_t ink) { return (ink >= kHalf) == isInk ? 0.0F : kFar; });
    LineTransform transform(std::max(image.width, image.height));
    for (int y = 0; y < image.height; ++y)
        transform.apply(squares.data() + static_cast<std::ptrdiff_t>(y) * image.width, image.width, 1);
    for (int x = 0; x < image.width; ++x)
        transform.apply(squares.data() + x, image.height, image.width);
    for (float& square : squares)
        square = std::sqrt(square);
    return squares;
}

} // namespace

double penWidthOf(const InkImage& image)
{
    const std::vector<float> toGround = distancesTo(false, image);
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < toGround.size(); ++i) {
        if (image.ink[i] < kHalf)
            continue;
        sum += static_cast<double>(toGround[i]) - .5; // the edge lies between the two pixel centers
        ++count;
    }
    return count == 0 ? 0 : 4 * sum / static_cast<double>(count);
}

InkImage widened(const InkImage& image, double wider)
{
    const std::vector<float> toInk = distancesTo(true, image);
    const std::vector<float> toGround = distancesTo(false, image);
    InkImage result = InkImage::blank(image.width, image.height);
    for (std::size_t i = 0; i < toInk.size(); ++i) {
        const float fromEdge = image.ink[i] >= kHalf ? toGround[i] - .5F : .5F - toInk[i]; // positive inside
        const float cover = std::clamp(fromEdge + static_cast<float>(wider) / 2 + .5F, 0.0F, 1.0F);
        result.ink[i] = static_cast<std::uint8_t>(std::lround(255 * cover));
    }
    return result;
}

InkImage withEvenPen(const InkImage& image, const BoundingBox& box, float penShare)
{
    constexpr int kSmallest = 40; // for example MNIST images, which are soft and already have the right width
    constexpr int kSide = 100;    // longer side; fine enough for the thinnest visible pen
    constexpr double kTolerance = 0.25;
    const int longer = std::max(box.width, box.height);
    InkImage cut = areaAverage(image, box, box.width, box.height);
    if (longer < kSmallest)
        return cut;

    const double scale = static_cast<double>(kSide) / longer;
    const auto sized = [&](int side) { return std::max(1, static_cast<int>(std::lround(scale * side))); };
    const InkImage small = areaAverage(image, box, sized(box.width), sized(box.height));
    const auto target = static_cast<double>(penShare) * kSide;
    // Measured by its own extent: widening a thin pen enlarges the digit, so less widening is needed.
    const double found = penWidthOf(longer > kSide ? cut : small) * (longer > kSide ? scale : 1);
    if (found == 0 || std::abs(found - target) < kTolerance * target)
        return cut;
    const double wider = (target - found) / (1 - static_cast<double>(penShare));
    const int margin = std::max(0, static_cast<int>(std::ceil(wider / 2))) + 1;
    InkImage wide = InkImage::blank(small.width + 2 * margin, small.height + 2 * margin);
    for (int y = 0; y < small.height; ++y) {
        for (int x = 0; x < small.width; ++x)
            wide.at(x + margin, y + margin) = small.at(x, y);
    }
    const InkImage even = widened(wide, wider);
    // A blot has no lines that could be thinned.
    const bool isAnyLeft =
        std::any_of(even.ink.begin(), even.ink.end(), [](std::uint8_t ink) { return ink >= kHalf; });
    return isAnyLeft ? even : cut;
}

} // namespace engine
