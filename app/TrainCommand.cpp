#include "app/TrainCommand.h"

#include "app/ExitCode.h"
#include "app/FineTuningReport.h"
#include "app/Format.h"
#include "app/TrainReporter.h"
#include "core/catalog/DatasetCatalog.h"
#include "core/catalog/KeptDigitsFile.h"
#include "engine/data/SketchDigits.h"
#include "engine/device/Device.h"
#include "engine/network/ParameterLayout.h"
#include "engine/storage/SavedModel.h"

namespace app
{
namespace
{

QString datasetToLoad(const TrainRequest& request, const core::DatasetCatalog& catalog)
{
    if (request.dataset)
        return QString::fromStdString(*request.dataset);
    if (request.from)
        return QLatin1String(core::kOwnDigitsId);
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
    // Whether the network fits these images is checked when training starts.
    const auto model = engine::checkedNetwork(config.network, train.shape(), train.classCount());
    const std::string parameters =
        model ? " · " + countText(static_cast<std::uint64_t>(engine::parameterCount(*model))) + " parameters"
              : std::string();
    const int threads = config.threads > 0 ? config.threads : engine::defaultThreadCount();
    Output output;
    return output
        .line(format("Data    %s · %s training and %s test images of %s · %d classes · %s",
                     data.splits.title.c_str(), countText(used).c_str(),
                     countText(data.splits.test.size()).c_str(), engine::text(train.shape()).c_str(),
                     train.classCount(), verificationText(data)))
        .and_then([&] { return output.line("Model   " + engine::describe(config.network) + parameters); })
        .and_then([&] { return output.line("Recipe  " + engine::describe(config)); })
        .and_then([&] {
            return output.line("Device  " + engine::deviceLabel(config.device) +
                               (config.device.kind == engine::DeviceKind::Cpu
                                    ? format(" · %d thread%s", threads, threads == 1 ? "" : "s")
                                    : std::string()));
        })
        .and_then([&] { return output.line("Run     " + recorder.folder().toStdString() + "\n"); });
}

/// What a request resolves to: a new run or a resumed one.
struct Prepared {
    engine::TrainingState state; ///< without parameters for a new run
    core::LoadedDataset data;
    std::unique_ptr<core::RunRecorder> recorder;
    std::shared_ptr<const core::TrainedModel> start; ///< model to start from; otherwise null
};

/// Null if the initial weights are random.
engine::Result<std::shared_ptr<const core::TrainedModel>> readStart(const TrainRequest& request,
                                                                    const core::StudioFolders& folders)
{
    if (!request.from)
        return std::shared_ptr<const core::TrainedModel>();
    return core::locateRun(folders, QString::fromStdString(*request.from)).and_then(core::readTrainedModel);
}

/// Checks that the network fits the images, before a run is created.
engine::Result<void> checkNetwork(const TrainRequest& request, const engine::TrainingConfig& config,
                                  const engine::DatasetSplits& data)
{
    const engine::Dataset& train = data.train;
    if (const auto& file = request.network.fromFile;
        file && (file->input != train.shape() || file->classCount != train.classCount())) {
        return engine::failure(engine::ErrorCode::BadValue,
                               format("%s: the network is for images of %s in %d classes; %s has %s in %d.",
                                      request.network.file->c_str(), engine::text(file->input).c_str(),
                                      file->classCount, data.title.c_str(),
                                      engine::text(train.shape()).c_str(), train.classCount()));
    }
    return engine::checkedNetwork(config.network, train.shape(), train.classCount()).map([](const auto&) {});
}

engine::Result<Prepared> prepareNew(const TrainRequest& request, engine::TrainingConfig config,
                                    const core::DatasetCatalog& catalog, const core::StudioFolders& folders)
{
    auto start = readStart(request, folders);
    if (!start)
        return tl::unexpected(start.error());
    if (*start)
        config = core::startingFrom(**start, config);
    auto data = catalog.load(datasetToLoad(request, catalog));
    if (!data)
        return tl::unexpected(data.error());
    if (auto fits = checkNetwork(request, config, data->splits); !fits)
        return tl::unexpected(fits.error());
    auto recorder = request.out ? core::RunRecorder::createAt(QString::fromStdString(*request.out),
                                                              folders.runs, config, data->splits)
                                : core::RunRecorder::createNumbered(folders.runs, config, data->splits);
    if (!recorder)
        return tl::unexpected(recorder.error());
    Prepared prepared{{}, std::move(*data), std::move(*recorder), std::move(*start)};
    prepared.state.config = config;
    return prepared;
}

engine::Result<Prepared> prepareResumed(const TrainRequest& request, engine::TrainingConfig config,
                                        const core::DatasetCatalog& catalog,
                                        const core::StudioFolders& folders)
{
    const auto located = core::locateRun(folders, QString::fromStdString(*request.resume));
    if (!located)
        return tl::unexpected(located.error());
    const QString& folder = *located;
    auto training = engine::readCheckpoint(folder.toStdString());
    if (!training)
        return tl::unexpected(training.error());
    engine::TrainingState& state = training->state;
    state.config.device = config.device;
    state.config.threads = config.threads;
    // A program killed at the very end may have written the last state, but not the weights that belong to
    // it.
    const auto weights = engine::readSavedModel(folder.toStdString());
    const bool hasItsWeights = weights && weights->record &&
                               weights->record->epochs.size() == state.epochs.size() &&
                               !weights->record->isStopped;
    const bool isNothingToDo =
        request.epochs ? *request.epochs < state.epoch : isEnded(state) && hasItsWeights;
    if (isNothingToDo) {
        return engine::failure(engine::ErrorCode::BadValue,
                               folder.toStdString() + ": " + std::to_string(state.epoch - 1) +
                                   " epochs are done. To train more, name a larger number with --epochs.");
    }
    if (request.epochs)
        state = withEpochs(std::move(state), *request.epochs);
    auto data = catalog.load(QString::fromStdString(training->origin.datasetId));
    if (!data)
        return tl::unexpected(data.error());
    auto recorder = core::RunRecorder::continueAt(folder, folders.runs, *training, data->splits);
    if (!recorder)
        return tl::unexpected(recorder.error());
    return Prepared{std::move(state), std::move(*data), std::move(*recorder), nullptr};
}

engine::Result<engine::TrainingOutcome> train(const TrainRequest& request, Prepared& prepared,
                                              engine::TrainingControl& control, TrainReporter& reporter)
{
    const engine::DatasetSplits& splits = prepared.data.splits;
    if (request.resume)
        return engine::resumeTraining(std::move(prepared.state), splits, control, reporter);
    if (prepared.start) {
        return engine::fineTune(*prepared.start->snapshot, prepared.state.config, splits, control, reporter);
    }
    return engine::runTraining(prepared.state.config, splits, control, reporter);
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
    const auto prepare = request.resume ? prepareResumed : prepareNew;
    auto prepared = prepare(request, config, catalog, folders);
    if (!prepared)
        return fail(prepared.error());
    const core::LoadedDataset& data = prepared->data;
    if (data.verification == core::Verification::Differs) {
        std::fprintf(
            stderr,
            "Warning: %s in %s differs from the published files; see: tinyvgg-studio datasets verify %s\n",
            data.splits.title.c_str(), qUtf8Printable(data.folder), data.splits.id.c_str());
    }
    if (interruption.isRequested())
        return kInterrupted;
    core::RunRecorder& recorder = *prepared->recorder;
    if (!request.isJson) {
        if (auto printed = printHeader(prepared->state.config, data, recorder); !printed)
            return fail(printed.error());
    }

    TrainReporter reporter(recorder, request.isJson);
    engine::TrainingControl control;
    const std::stop_callback onInterruption(interruption.stopToken(), [&control] { control.requestStop(); });
    const auto outcome = train(request, *prepared, control, reporter);
    reporter.trainingEnded();
    if (!outcome)
        return fail(outcome.error());
    if (auto recorded = recorder.recordOutcome(*outcome); !recorded)
        return fail(recorded.error());

    if (prepared->start && !outcome->isStopped) {
        const FineTuned tuned = {*prepared->start, outcome->model, data.splits};
        if (auto told = reportFineTuning(tuned, catalog, interruption.stopToken(), request.isJson); !told)
            return fail(told.error());
    }
    if (auto reported = reporter.report(*outcome, recorder.number()); !reported)
        return fail(reported.error());
    return outcome->isStopped ? kInterrupted : kDone;
}

} // namespace app
