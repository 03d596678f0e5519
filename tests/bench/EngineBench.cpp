// This engine, on the same work. Prints one JSON line per measurement.
//
//     engine_bench FOLDER EPOCHS [notebook|fast [DEVICE]]      FOLDER holds the four files, DEVICE is as for
//     train
#include "Measurements.h"

#include "engine/data/IdxFolder.h"
#include "engine/evaluation/Evaluation.h"
#include "engine/training/Trainer.h"

#include <optional>
#include <string>

namespace
{

class Reporter : public engine::TrainingObserver
{
public:
    engine::Result<void> epochFinished(const engine::EpochReport& report, const engine::ModelSnapshot&,
                                       const engine::Evaluation&) override
    {
        bench::reportEpoch(report.epoch, *m_epoch, m_start, static_cast<int>(report.testCorrect));
        bench::report("train", report.trainSeconds);
        m_epoch.emplace();
        return {};
    }

private:
    bench::Stopwatch m_start;
    std::optional<bench::Stopwatch> m_epoch{std::in_place};
};

} // namespace

int main(int argc, char** argv)
{
    const bench::Stopwatch load;
    const auto data = engine::readIdxFolder(argv[1], "mnist", "MNIST", {});
    if (!data) {
        std::fprintf(stderr, "%s\n", data.error().message.c_str());
        return 1;
    }
    bench::report("load", load.seconds());
    engine::TrainingConfig config;
    if (argc > 3 && std::string(argv[3]) == "fast")
        config = withPreset(config, engine::Preset::Fast);
    config.epochs = std::atoi(argv[2]);
    const auto device = engine::chooseDevice(argc > 4 ? argv[4] : "cpu", engine::listDevices());
    if (!device) {
        std::fprintf(stderr, "%s\n", device.error().message.c_str());
        return 1;
    }
    config.device = *device;
    engine::TrainingControl control;
    Reporter reporter;
    const auto outcome = engine::runTraining(config, *data, control, reporter);
    if (!outcome) {
        std::fprintf(stderr, "%s\n", outcome.error().message.c_str());
        return 1;
    }
    const bench::Stopwatch evaluation;
    if (!engine::evaluate(outcome->model, data->test, *device))
        return 1;
    bench::report("evaluation", evaluation.seconds());
    bench::reportMemory();
}
