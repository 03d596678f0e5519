#include "engine/data/SketchDigits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <random>

namespace engine
{
namespace
{

constexpr int kSide = 28;

struct Point {
    double x = 0; ///< to the right; the digit's box is 0 … 1
    double y = 0; ///< downwards
};
using Stroke = std::vector<Point>;
using Drawing = std::vector<Stroke>;

/// std::mt19937_64 gives the same numbers on every platform; the standard distributions do not.
class Random
{
public:
    explicit Random(std::uint64_t seed) : m_bits(seed) {}
    double uniform(double low, double high)
    {
        return low + (high - low) * static_cast<double>(m_bits() >> 11) * 0x1.0p-53;
    }
    std::size_t below(std::size_t count)
    {
        return static_cast<std::size_t>(uniform(0, static_cast<double>(count)));
    }

private:
    std::mt19937_64 m_bits;
};

/// Arc of an ellipse. Angles in degrees, 0 at three o'clock, clockwise on the screen.
Stroke arc(Point center, double radiusX, double radiusY, double from, double to)
{
    constexpr int kSteps = 14;
    Stroke stroke;
    for (int i = 0; i <= kSteps; ++i) {
        const double angle = (from + (to - from) * i / kSteps) * std::numbers::pi / 180;
        stroke.push_back({center.x + radiusX * std::cos(angle), center.y + radiusY * std::sin(angle)});
    }
    return stroke;
}

Stroke joined(Stroke first, const Stroke& second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

/// One to three variants of each digit.
const std::vector<Drawing>& templatesOf(int digit)
{
    static const std::array<std::vector<Drawing>, 10> kTemplates = {{
        {{arc({.5, .5}, .34, .5, -80, 285)}, {arc({.5, .5}, .27, .5, -100, 262)}},
        {{{{.5, 0}, {.5, 1}}},
         {{{.3, .2}, {.52, 0}, {.52, 1}}},
         {{{.3, .22}, {.5, 0}, {.5, 1}}, {{.28, 1}, {.74, 1}}}},
        {{joined(arc({.5, .28}, .33, .28, 190, 380), {{.12, 1}, {.88, 1}})},
         {joined(arc({.48, .27}, .32, .27, 200, 400),
                 joined(arc({.3, .9}, .16, .12, 90, 300), {{.6, .98}, {.9, .92}}))}},
        {{joined(arc({.46, .26}, .32, .26, 210, 430), arc({.46, .74}, .36, .27, 280, 510))},
         {joined(Stroke{{.15, .02}, {.8, .02}, {.45, .4}}, arc({.45, .7}, .36, .3, 270, 500))}},
        {{{{.6, 0}, {.1, .62}, {.92, .62}}, {{.68, .3}, {.66, 1}}},
         {{{.2, .05}, {.16, .5}, {.82, .5}}, {{.8, 0}, {.76, 1}}},
         {{{.85, .62}, {.1, .62}, {.7, 0}, {.7, 1}}}},
        {{joined(Stroke{{.2, .02}, {.18, .45}}, arc({.46, .7}, .36, .3, 230, 500)), {{.2, .02}, {.84, .02}}},
         {joined(Stroke{{.85, .03}, {.3, .03}, {.22, .44}}, arc({.45, .69}, .38, .3, 235, 510))}},
        {{joined(Stroke{{.72, 0}, {.34, .3}, {.17, .65}}, arc({.5, .72}, .33, .28, 180, 540))},
         {joined(Stroke{{.42, 0}, {.24, .35}, {.2, .7}}, arc({.5, .75}, .3, .25, 180, 530))}},
        {{{{.1, .03}, {.88, .03}, {.4, 1}}},
         {{{.1, .03}, {.88, .03}, {.4, 1}}, {{.3, .5}, {.78, .5}}},
         {{{.12, .18}, {.14, .03}, {.86, .03}, {.55, .5}, {.45, 1}}}},
        {{arc({.5, .25}, .27, .25, 90, 450), arc({.5, .75}, .34, .25, -90, 270)},
         {joined(joined(arc({.5, .25}, .28, .25, 0, -180), {{.5, .5}}),
                 joined(arc({.5, .75}, .3, .25, 0, 180), {{.5, .5}, {.78, .25}}))}},
        {{arc({.5, .28}, .31, .28, 0, 360), {{.81, .28}, {.76, 1}}},
         {arc({.46, .3}, .3, .3, -10, 350),
          joined(Stroke{{.76, .28}, {.78, .6}}, arc({.5, .7}, .28, .3, 0, 130))}},
    }};
    return kTemplates[static_cast<std::size_t>(digit)];
}

/// A smooth displacement field: two low-frequency waves in each direction.
class ElasticField
{
public:
    explicit ElasticField(Random& random)
    {
        for (Wave& wave : m_waves) {
            wave = {random.uniform(.02, .10), random.uniform(-5, 5), random.uniform(-5, 5),
                    random.uniform(0, 2 * std::numbers::pi)};
        }
    }
    Point moved(Point p) const
    {
        return {p.x + m_waves[0].at(p) + m_waves[1].at(p), p.y + m_waves[2].at(p) + m_waves[3].at(p)};
    }

private:
    struct Wave {
        double amplitude = 0, alongX = 0, alongY = 0, phase = 0;
        double at(Point p) const { return amplitude * std::sin(alongX * p.x + alongY * p.y + phase); }
    };
    std::array<Wave, 4> m_waves;
};

/// Rotation, slant and aspect ratio; the longer side stays 1.
class Distortion
{
public:
    explicit Distortion(Random& random)
    {
        const double angle = random.uniform(-.25, .25);
        const double slant = random.uniform(-.3, .3);
        const double width = random.uniform(.5, 1);
        m_xx = width * std::cos(angle);
        m_xy = -std::sin(angle) - slant;
        m_yx = width * std::sin(angle);
        m_yy = std::cos(angle);
    }
    Point moved(Point p) const { return {m_xx * p.x + m_xy * p.y, m_yx * p.x + m_yy * p.y}; }

private:
    double m_xx = 0, m_xy = 0, m_yx = 0, m_yy = 0;
};

/// Places the drawing as in MNIST: the longer side of the ink is about 20 pixels, its center of mass is the
/// image center.
void place(Drawing& drawing, Random& random)
{
    Point low = drawing.front().front();
    Point high = low;
    Point sum;
    double length = 0;
    for (const Stroke& stroke : drawing) {
        for (std::size_t i = 0; i < stroke.size(); ++i) {
            low = {std::min(low.x, stroke[i].x), std::min(low.y, stroke[i].y)};
            high = {std::max(high.x, stroke[i].x), std::max(high.y, stroke[i].y)};
            if (i == 0)
                continue;
            const double part = std::hypot(stroke[i].x - stroke[i - 1].x, stroke[i].y - stroke[i - 1].y);
            sum = {sum.x + part * (stroke[i].x + stroke[i - 1].x) / 2,
                   sum.y + part * (stroke[i].y + stroke[i - 1].y) / 2};
            length += part;
        }
    }
    const double scale = random.uniform(15, 18) / std::max(high.x - low.x, high.y - low.y);
    const double right = kSide / 2.0 + random.uniform(-1, 1) - scale * sum.x / length;
    const double down = kSide / 2.0 + random.uniform(-1, 1) - scale * sum.y / length;
    for (Stroke& stroke : drawing) {
        for (Point& point : stroke)
            point = {scale * point.x + right, scale * point.y + down};
    }
}

double distanceToSegment(Point p, Point a, Point b)
{
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double squared = dx * dx + dy * dy;
    const double along =
        squared > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / squared, 0.0, 1.0) : 0.0;
    return std::hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

void drawSegment(std::span<std::uint8_t> image, Point a, Point b, double penWidth)
{
    const double reach = penWidth / 2 + 2;
    const auto pixel = [](double value) {
        return std::clamp(static_cast<int>(std::floor(value)), 0, kSide - 1);
    };
    for (int y = pixel(std::min(a.y, b.y) - reach); y <= pixel(std::max(a.y, b.y) + reach); ++y) {
        for (int x = pixel(std::min(a.x, b.x) - reach); x <= pixel(std::max(a.x, b.x) + reach); ++x) {
            const double distance = distanceToSegment({x + .5, y + .5}, a, b);
            // Soft edges, two pixels wide, as in scanned digits. With sharp edges, thicker pens or off-center
            // digits, plain SGD with learning rate 0.1 diverged on some seeds; with these it did on none of
            // 48.
            const double ink = std::clamp((penWidth / 2 + 1 - distance) / 2, 0.0, 1.0);
            std::uint8_t& target = image[static_cast<std::size_t>(y * kSide + x)];
            target = std::max(target, static_cast<std::uint8_t>(std::lround(ink * 255)));
        }
    }
}

/// Adds points to long straight lines, so that the elastic field bends them too.
Stroke refined(const Stroke& stroke)
{
    constexpr double kLongestStep = .12;
    Stroke result = {stroke.front()};
    for (std::size_t i = 1; i < stroke.size(); ++i) {
        const Point a = stroke[i - 1];
        const Point b = stroke[i];
        const int steps =
            std::max(1, static_cast<int>(std::ceil(std::hypot(b.x - a.x, b.y - a.y) / kLongestStep)));
        for (int k = 1; k <= steps; ++k) {
            const double t = static_cast<double>(k) / steps;
            result.push_back({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
        }
    }
    return result;
}

void drawDigit(std::span<std::uint8_t> image, int digit, Random& random)
{
    const auto& templates = templatesOf(digit);
    Drawing drawing = templates[random.below(templates.size())];
    const ElasticField elastic(random);
    const Distortion distortion(random);
    for (Stroke& stroke : drawing) {
        stroke = refined(stroke);
        for (Point& point : stroke)
            point = distortion.moved(elastic.moved(point));
    }
    place(drawing, random);
    const double penWidth = random.uniform(1.0, 3.4);
    for (const Stroke& stroke : drawing) {
        for (std::size_t i = 1; i < stroke.size(); ++i)
            drawSegment(image, stroke[i - 1], stroke[i], penWidth);
    }
}

Dataset drawSplit(std::size_t size, std::uint64_t seed)
{
    constexpr std::size_t kPixels = static_cast<std::size_t>(kSide) * kSide;
    Random random(seed);
    std::vector<std::uint8_t> labels(size);
    for (std::size_t i = 0; i < size; ++i)
        labels[i] = static_cast<std::uint8_t>(i % 10);
    for (std::size_t i = size; i > 1; --i)
        std::swap(labels[i - 1], labels[random.below(i)]);
    std::vector<std::uint8_t> pixels(size * kPixels);
    for (std::size_t i = 0; i < size; ++i)
        drawDigit(std::span(pixels).subspan(i * kPixels, kPixels), labels[i], random);
    // The sizes agree by construction, so this cannot fail.
    return Dataset::create(kSide, kSide, std::move(pixels), std::move(labels), 10).value();
}

/// Minimum difference in brightness of ink and background, of 255.
constexpr int kMinContrast = 90;

struct Color {
    std::array<int, 3> channels;

    explicit Color(Random& random)
    {
        for (int& channel : channels)
            channel = static_cast<int>(random.below(256));
    }
    int brightness() const { return (channels[0] + channels[1] + channels[2]) / 3; }
};

Dataset colored(const Dataset& gray, std::uint64_t seed)
{
    Random random(seed);
    const std::size_t area = static_cast<std::size_t>(kSide) * kSide;
    std::vector<std::uint8_t> pixels;
    pixels.reserve(3 * area * gray.size());
    for (std::size_t image = 0; image < gray.size(); ++image) {
        const Color ground(random);
        Color ink(random);
        while (std::abs(ink.brightness() - ground.brightness()) < kMinContrast)
            ink = Color(random);
        for (std::size_t channel = 0; channel < 3; ++channel) {
            const int from = ground.channels[channel];
            const int to = ink.channels[channel];
            for (const std::uint8_t amount : gray.image(image))
                pixels.push_back(static_cast<std::uint8_t>(from + (to - from) * int{amount} / 255));
        }
    }
    const auto labels = gray.labels();
    return Dataset::create({3, kSide, kSide}, std::move(pixels), {labels.begin(), labels.end()},
                           gray.classCount())
        .value();
}

} // namespace

DatasetSplits makeSketchDigits(const SketchDigitsOptions& options)
{
    std::vector<std::string> names;
    for (int digit = 0; digit < 10; ++digit)
        names.push_back(std::to_string(digit));
    // The scrambled seeds give disjoint random streams, so the two splits share no drawing.
    const std::uint64_t base = options.seed * 0x9e3779b97f4a7c15ULL;
    return {kSketchDigitsId, "Sketch digits", names, drawSplit(options.trainSize, base ^ 0x7261696eULL),
            drawSplit(options.testSize, base ^ 0x74657374ULL)};
}

DatasetSplits makeColorSketchDigits(const SketchDigitsOptions& options)
{
    DatasetSplits splits = makeSketchDigits(options);
    splits.id = kColorSketchDigitsId;
    splits.title = "Sketch digits in color";
    const std::uint64_t base = options.seed * 0x9e3779b97f4a7c15ULL;
    splits.train = colored(splits.train, base ^ 0x696e6bULL);
    splits.test = colored(splits.test, base ^ 0x6876656cULL);
    return splits;
}

} // namespace engine
