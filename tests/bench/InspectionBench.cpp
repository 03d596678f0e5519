// What looking into a model costs: an image's activations and attributions, the favourites of all units, and
// a training whose newest weights are followed. Prints one line per measurement.
//
//     inspection_bench FOLDER [EPOCHS]      FOLDER holds the four files of MNIST; 2 epochs unless given
#include "Measurements.h"

#include "core/inspection/InspectionService.h"
#include "core/session/TrainingSession.h"
#include "engine/data/IdxFolder.h"
#include "engine/network/NetworkFamilies.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTemporaryDir>
#include <algorithm>
#include <functional>
#include <random>
#include <vector>

namespace
{

constexpr int kRounds = 5;

double medianOf(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

/// Random weights, as large as PyTorch's first ones.
engine::ModelSnapshot makeModel(const engine::NetworkSpec& spec)
{
    std::mt19937 random(1);
    std::uniform_real_distribution<float> weight(-.2F, .2F);
    std::vector<float> parameters(static_cast<std::size_t>(parameterCount(spec)));
    for (float& value : parameters)
        value = weight(random);
    return snapshotOf(spec, parameters);
}

/// Of all threads.
double processorSeconds()
{
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Medians of `count` calls, after one that does not count.
void tellMedian(const char* what, const engine::TinyVggOptions& options, int count,
                const std::function<bool()>& work)
{
    std::vector<double> seconds;
    std::vector<double> processor;
    bool isDone = work();
    for (int i = 0; i < count && isDone; ++i) {
        const bench::Stopwatch watch;
        const double before = processorSeconds();
        isDone = work();
        processor.push_back(processorSeconds() - before);
        seconds.push_back(watch.seconds());
    }
    if (!isDone) {
        std::printf("%s: failed\n", what);
        return;
    }
    std::printf("%-14s %3d hidden units, kernel %d: %8.2f ms, %8.2f of processors\n", what,
                hiddenUnitsOf(options, 0), kernelSizeOf(options, 0), 1000 * medianOf(seconds),
                1000 * medianOf(processor));
    std::fflush(stdout);
}

void measureImages(const engine::Dataset& images)
{
    const auto image = images.image(0);
    for (const engine::TinyVggOptions& options :
         {engine::TinyVggOptions{}, engine::TinyVggOptions{.hiddenUnits = {32}, .kernelSizes = {5}}}) {
        const auto model = makeModel(tinyVgg({1, 28, 28}, 10, options));
        tellMedian("activations", options, 50, [&] { return bool(activationsOf(model, image)); });
        tellMedian("Grad-CAM", options, 50, [&] { return bool(gradCam(model, image, 3)); });
        tellMedian("input gradient", options, 50, [&] { return bool(inputGradient(model, image, 3)); });
        tellMedian("occlusion", options, kRounds, [&] { return bool(occlusionMap(model, image, 3)); });
        tellMedian("topImages", options, hiddenUnitsOf(options, 0) > 10 ? 1 : kRounds,
                   [&] { return bool(topActivatingImages(model, images)); });
    }
}

struct Cost {
    double trainSeconds = 0;
    double processorSeconds = 0;
    int snapshots = 0;
};

/// A training, and where it is followed, the activations of an image in every snapshot, as a page shows them.
Cost train(const engine::DatasetSplits& data, int epochs, bool isFollowed)
{
    const QTemporaryDir runs;
    core::TrainingSession session(runs.path());
    core::InspectionService inspection;
    Cost cost;
    QEventLoop loop;
    QObject::connect(&session, &core::TrainingSession::snapshotTaken, &loop,
                     [&](const core::ModelPointer& model) {
                         const auto image = data.test.image(0);
                         ++cost.snapshots;
                         inspection.activate(model, {image.begin(), image.end()});
                     });
    QObject::connect(&session, &core::TrainingSession::finished, &loop,
                     [&](const core::TrainingResult& result) {
                         for (const engine::EpochReport& epoch : result.outcome.epochs)
                             cost.trainSeconds += epoch.trainSeconds;
                         loop.quit();
                     });
    QObject::connect(&session, &core::TrainingSession::failed, &loop, &QEventLoop::quit);
    session.setFollowing(&loop, isFollowed);
    engine::TrainingConfig config;
    config.epochs = epochs;
    const double before = processorSeconds();
    session.start(config, data);
    loop.exec();
    cost.processorSeconds = processorSeconds() - before;
    return cost;
}

/// Alternating, so that what else the machine does falls on both.
void measureFollowing(const engine::DatasetSplits& data, int epochs)
{
    std::vector<double> seconds[2];
    std::vector<double> processor[2];
    std::vector<double> snapshotsASecond;
    for (int round = 0; round < kRounds; ++round) {
        for (const bool isFollowed : {false, true}) {
            const Cost cost = train(data, epochs, isFollowed);
            seconds[isFollowed].push_back(cost.trainSeconds);
            processor[isFollowed].push_back(cost.processorSeconds);
            if (isFollowed)
                snapshotsASecond.push_back(cost.snapshots / cost.trainSeconds);
        }
    }
    std::printf("training %d epochs:          %.2f s, %.2f processor seconds\n", epochs,
                medianOf(seconds[false]), medianOf(processor[false]));
    std::printf("the same, weights followed: %.2f s, %.2f processor seconds, %.1f snapshots a second\n",
                medianOf(seconds[true]), medianOf(processor[true]), medianOf(snapshotsASecond));
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const auto data = engine::readIdxFolder(argv[1], "mnist", "MNIST", {});
    if (!data) {
        std::fprintf(stderr, "%s\n", data.error().message.c_str());
        return 1;
    }
    measureImages(data->test);
    measureFollowing(*data, argc > 2 ? std::atoi(argv[2]) : 2);
}
