// What it takes to read one drawing: strokes and pictures, from the ink to ten probabilities. Prints one
// measurement per line, in the processor time of the one thread that does it.
//
//     recognition_bench
#include "engine/network/NetworkFamilies.h"
#include "engine/recognition/DigitRecognizer.h"
#include "engine/recognition/InkExtraction.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <random>

namespace
{

double processorMilliseconds()
{
    timespec now = {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

/// Random weights: how long an answer takes does not depend on them.
engine::ModelSnapshot makeModel(int hiddenUnits)
{
    engine::TinyVggOptions options;
    options.hiddenUnits = {hiddenUnits};
    const engine::NetworkSpec spec = tinyVgg({1, 28, 28}, 10, options);
    std::mt19937 random(1);
    std::uniform_real_distribution<float> weight(-.2F, .2F);
    std::vector<float> parameters(static_cast<std::size_t>(parameterCount(spec)));
    for (float& value : parameters)
        value = weight(random);
    return snapshotOf(spec, parameters);
}

/// An eight of 120 points, as a pen leaves it on a canvas of 400 × 400.
engine::Strokes drawnEight()
{
    engine::Stroke stroke;
    for (int i = 0; i < 120; ++i) {
        const double t = 2 * std::acos(-1.0) * i / 120;
        stroke.push_back(
            {static_cast<float>(200 + 70 * std::sin(2 * t)), static_cast<float>(200 - 140 * std::cos(t))});
    }
    return {stroke};
}

void report(const char* what, int hiddenUnits, const std::function<bool()>& work)
{
    constexpr int kCount = 500;
    std::vector<double> times;
    for (int i = 0; i < kCount; ++i) {
        const double before = processorMilliseconds();
        if (!work()) {
            std::printf("%s: failed\n", what);
            return;
        }
        times.push_back(processorMilliseconds() - before);
    }
    std::sort(times.begin(), times.end());
    std::printf("%-22s %3d hidden units: median %6.2f ms, 99 of 100 within %6.2f ms\n", what, hiddenUnits,
                times[times.size() / 2], times[times.size() * 99 / 100]);
    std::fflush(stdout);
}

} // namespace

int main()
{
    const engine::Strokes strokes = drawnEight();
    const engine::InkImage canvas = drawStrokes(strokes, 400, 400, 30);
    for (const int hiddenUnits : {10, 16, 32}) {
        auto classifier = engine::DigitRecognizer::create(makeModel(hiddenUnits));
        if (!classifier)
            return 1;
        report("strokes", hiddenUnits, [&] { return classifier->read(strokes).has_value(); });
        report("canvas of 400 × 400", hiddenUnits, [&] { return classifier->read(canvas).has_value(); });
    }
    std::vector<std::uint8_t> photo;
    for (const std::uint8_t ink : canvas.ink)
        photo.push_back(static_cast<std::uint8_t>(220 - ink / 2));
    report("ink of a picture", 0, [&] { return !engine::extractInk(400, 400, photo).ink.empty(); });
    return 0;
}
