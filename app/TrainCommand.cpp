#include "app/TrainCommand.h"

#include "app/ExitCode.h"
#include "app/Format.h"
#include "app/TrainReporter.h"
#include "core/catalog/DatasetCatalog.h"
#include "engine/data/SketchDigits.h"
#include "engine/device/Device.h"

#include <QFileInfo>

namespace app
{
namespace
{

QString datasetToLoad(const TrainRequest& request, const core::DatasetCatalog& catalog)
{
    if (request.dataset)
        return QString::fromStdString(*request.dataset);
    const core::KnownDataset* mnist = catalog.find(QStringLiteral("mnist"));
    if (mnist && catalog.locate(*mnist))
        return mnist->id;
    std::fputs("MNIST is not on this machine; training on the built-in Sketch digits instead.\n"
               "To fetch it: tinyvgg-studio datasets fetch mnist\n",
               stderr);
    return QLatin1String(engine::kSketchDigitsId);
}

const char* verificationText(const core::LoadedDataset& data)
{
    if (data.verification == core::Verification::Verified)
        return "checksums verified";
    if (data.verification == core::Verification::Differs)
        return "NOT the published files";
    return data.folder.isEmpty() ? "built in" : "not verified";
}

engine::Result<void> printHeader(const engine::TrainingConfig& config, const core::LoadedDataset& data,
                                 const core::RunRecorder& recorder)
{
    const engine::Dataset& train = data.splits.train;
    const std::size_t used =
        config.sampleLimit == 0 ? train.size() : std::min(train.size(), config.sampleLimit);
    const engine::TinyVggOptions model = {train.height(), train.width(), config.hiddenUnits,
                                          config.kernelSize, train.classCount()};
    // The data's side is checked where training starts; a header for sides that are too small would be
    // nonsense.
    const std::string parameters =
        engine::validate(model)
            ? " · " + grouped(static_cast<std::uint64_t>(engine::parameterCount(model))) + " parameters"
            : std::string();
    const int threads = config.threads > 0 ? config.threads : engine::defaultThreadCount();
    Output output;
    return output
        .line(format("Data    %s · %s training and %s test images of %d × %d · %d classes · %s",
                     data.splits.title.c_str(), grouped(used).c_str(),
                     grouped(data.splits.test.size()).c_str(), train.height(), train.width(),
                     train.classCount(), verificationText(data)))
        .and_then([&] {
            return output.line(format("Model   TinyVGG · %d hidden units · kernel %d × %d%s",
                                      config.hiddenUnits, config.kernelSize, config.kernelSize,
                                      parameters.c_str()));
        })
        .and_then([&] { return output.line("Recipe  " + engine::describe(config)); })
        .and_then([&] {
            return output.line("Device  " + engine::deviceLabel(config.device) +
                               (config.device.kind == engine::DeviceKind::Cpu
                                    ? format(" · %d thread%s", threads, threads == 1 ? "" : "s")
                                    : std::string()));
        })
        .and_then([&] { return output.line("Run     " + recorder.folder().toStdString() + "\n"); });
}

} // namespace

int runTrain(const TrainRequest& request, const core::StudioFolders& folders)
{
    engine::TrainingConfig config = request.config;
    const auto device = engine::chooseDevice(request.device, engine::listDevices());
    if (!device)
        return fail(device.error());
    config.device = *device;

    Interruption interruption;
    const core::DatasetCatalog catalog(folders);
    const auto data = catalog.load(datasetToLoad(request, catalog));
    if (!data)
        return fail(data.error());
    if (data->verification == core::Verification::Differs) {
        std::fprintf(
            stderr,
            "Warning: %s in %s differs from the published files; see: tinyvgg-studio datasets verify %s\n",
            data->splits.title.c_str(), qUtf8Printable(data->folder), data->splits.id.c_str());
    }
    if (interruption.isRequested())
        return kInterrupted;

    auto recorder =
        request.out ? core::RunRecorder::createAt(QString::fromStdString(*request.out), config, data->splits)
                    : core::RunRecorder::createNumbered(folders.runs, config, data->splits);
    if (!recorder)
        return fail(recorder.error());
    if (!request.isJson) {
        if (auto printed = printHeader(config, *data, **recorder); !printed)
            return fail(printed.error());
    }

    TrainReporter reporter(**recorder, request.isJson);
    const auto outcome = engine::runTraining(config, data->splits, interruption.control(), reporter);
    reporter.trainingEnded();
    if (!outcome)
        return fail(outcome.error());
    if (auto recorded = (*recorder)->recordOutcome(*outcome); !recorded)
        return fail(recorded.error());

    std::optional<int> runNumber;
    if (!request.out)
        runNumber = QFileInfo((*recorder)->folder()).fileName().toInt();
    if (auto reported = reporter.report(*outcome, runNumber); !reported)
        return fail(reported.error());
    return outcome->isStopped ? kInterrupted : kDone;
}

} // namespace app
