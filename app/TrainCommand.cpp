#include "app/TrainCommand.h"

#include "app/Advice.h"
#include "app/ExitCode.h"
#include "app/FineTuningReport.h"
#include "app/Interruption.h"
#include "app/Output.h"
#include "app/RebuiltList.h"
#include "app/TrainReporter.h"
#include "core/catalog/KeptDigitsFile.h"
#include "core/runs/RunRecorder.h"
#include "core/session/DeviceProbe.h"
#include "engine/data/SketchDigits.h"

#include <QEventLoop>

namespace app
{
namespace
{

using core::TrainingController;

/// A request that is not taken would never end.
engine::Result<void> begun(bool isTaken)
{
    if (isTaken)
        return {};
    return engine::failure(engine::ErrorCode::Internal, "The training could not be started.");
}

/// "3", or the folder of a run that has no number.
std::string nameOf(const core::TrainingResult& run)
{
    return run.runNumber ? std::to_string(*run.runNumber) : run.runFolder.toStdString();
}

/// The output could not be written, which has stopped the training unless it was at its end.
int failOutput(const engine::Error& error, const core::TrainingResult& result)
{
    if (result.outcome.isStopped) {
        printError("The training was stopped because its output cannot be written. To resume it: "
                   "tinyvgg-studio train --resume " +
                   nameOf(result));
    }
    return fail(error);
}

/// The verb from its request to its exit code: a TrainingController without a window.
class Training
{
public:
    Training(const TrainRequest& request, const core::StudioFolders& folders);
    int run();

private:
    void connectController();
    engine::Result<void> begin();
    engine::Result<void> beginNew();
    engine::Result<void> beginResume();
    QString datasetToLoad() const;
    void onInterrupted();
    void onDatasetChanged();
    void onFinished(const core::TrainingResult& result);
    void onCompared(const core::FineTuningResult& result);
    void onFailed(const core::TrainingFailure& failure);
    void conclude(const core::TrainingResult& result);
    void end(int exitCode);

    const TrainRequest& m_request;
    const core::StudioFolders& m_folders;
    const core::ComputeRequest m_compute;
    const std::shared_ptr<const core::DatasetCatalog> m_catalog;
    core::DatasetLoader m_datasets;
    core::DeviceProbe m_devices;
    core::RunLoader m_runs;
    core::CurrentModel m_model;
    core::TrainingSession m_session;
    core::FineTuning m_fineTuning;
    TrainingController m_controller;
    TrainReporter m_reporter;
    std::shared_ptr<const core::TrainedModel> m_from; ///< that is fine-tuned; else null
    bool m_isFolderTaken = false;                     ///< --out contains a run already
    std::optional<core::TrainingResult> m_tuned;      ///< and is to be compared with it
    std::optional<int> m_exitCode;
    QEventLoop m_loop;
};

Training::Training(const TrainRequest& request, const core::StudioFolders& folders)
    : m_request(request),
      m_folders(folders),
      m_compute{QString::fromStdString(request.device), request.config.threads},
      m_catalog(std::make_shared<const core::DatasetCatalog>(folders)),
      m_datasets(m_catalog),
      m_runs(folders.runs),
      m_session(folders.runs),
      m_fineTuning(m_session, m_catalog),
      m_controller({m_datasets, m_devices, m_runs, m_model, m_session, m_fineTuning}),
      m_reporter(m_controller, m_session, request.isJson)
{
    connectController();
}

void Training::connectController()
{
    const auto connect = [this](auto* sender, auto signal, auto slot) {
        QObject::connect(sender, signal, &m_loop,
                         [this, slot](const auto&... what) { (this->*slot)(what...); });
    };
    connect(&m_controller, &TrainingController::datasetChanged, &Training::onDatasetChanged);
    connect(&m_controller, &TrainingController::finished, &Training::onFinished);
    connect(&m_controller, &TrainingController::failed, &Training::onFailed);
    connect(&m_fineTuning, &core::FineTuning::compared, &Training::onCompared);
    QObject::connect(&m_controller, &TrainingController::cancelled, &m_loop, [this] { end(kInterrupted); });
    QObject::connect(&m_session, &core::TrainingSession::unlisted, &m_loop,
                     [](const QString& folder, const engine::Error& error) {
                         printError("Warning: this run is not in the list of runs; call it by its folder, " +
                                    folder.toStdString() + ".\n" + error.message);
                     });
    QObject::connect(&m_fineTuning, &core::FineTuning::failed, &m_loop,
                     [this](const engine::Error& error) { end(fail(error)); });
}

int Training::run()
{
    const Interruption interruption;
    const std::stop_callback onInterruption(interruption.stopToken(), [this] {
        QMetaObject::invokeMethod(
            &m_loop, [this] { onInterrupted(); }, Qt::QueuedConnection);
    });
    if (m_compute.device != QLatin1String("cpu"))
        m_devices.start();
    if (const auto begun = begin(); !begun && !m_exitCode)
        return fail(begun.error());
    if (!m_exitCode)
        m_loop.exec();
    return *m_exitCode;
}

engine::Result<void> Training::begin()
{
    return m_request.resume ? beginResume() : beginNew();
}

engine::Result<void> Training::beginNew()
{
    if (m_request.from) {
        auto model = locateRun(m_folders, *m_request.from).and_then(core::readTrainedModel);
        if (!model)
            return tl::unexpected(model.error());
        m_from = std::move(*model);
    }
    const QString folder = QString::fromStdString(m_request.out.value_or(""));
    m_isFolderTaken = !folder.isEmpty() && core::holdsRun(folder);
    return begun(m_controller.start(
        {m_request.config, m_compute, datasetToLoad(), folder, m_from, m_request.network.fromFile}));
}

engine::Result<void> Training::beginResume()
{
    return locateRun(m_folders, *m_request.resume).and_then([this](const QString& run) {
        return begun(m_controller.resume({run, m_request.epochs, m_compute}));
    });
}

QString Training::datasetToLoad() const
{
    if (m_request.dataset)
        return QString::fromStdString(*m_request.dataset);
    if (m_request.from)
        return QLatin1String(core::kOwnDigitsId);
    const core::KnownDataset* mnist = m_catalog->find(QStringLiteral("mnist"));
    if (mnist && m_catalog->locate(*mnist))
        return mnist->id;
    printError("MNIST is not on this machine; training on the built-in Sketch digits instead.\n"
               "To fetch it: tinyvgg-studio datasets fetch mnist");
    return QLatin1String(engine::kSketchDigitsId);
}

void Training::onInterrupted()
{
    if (m_tuned)
        return end(kInterrupted); // all but the comparison is done
    m_controller.stop();
}

void Training::onDatasetChanged()
{
    const core::LoadedDataset& data = *m_controller.dataset();
    if (data.verification == core::Verification::Differs) {
        printError("Warning: " + data.splits.title + " in " + data.folder.toStdString() +
                   " differs from the published files; see: tinyvgg-studio datasets verify " +
                   data.splits.id);
    }
}

void Training::onFinished(const core::TrainingResult& result)
{
    m_reporter.clear();
    if (m_reporter.error())
        end(failOutput(*m_reporter.error(), result));
    else if (m_from && !result.outcome.isStopped)
        m_tuned = result; // onCompared() follows
    else
        conclude(result);
}

void Training::onCompared(const core::FineTuningResult& result)
{
    if (!m_tuned)
        return; // it was stopped
    if (const auto reported = reportFineTuning(result, *m_from, m_request.isJson); !reported)
        return end(fail(reported.error()));
    conclude(*m_tuned);
}

void Training::conclude(const core::TrainingResult& result)
{
    const auto reported = m_reporter.report(result);
    end(!reported ? fail(reported.error()) : result.outcome.isStopped ? kInterrupted : kDone);
}

void Training::onFailed(const core::TrainingFailure& failure)
{
    m_reporter.clear();
    engine::Error error = failure.error;
    if (failure.isComplete)
        error.message += " To train more, name a larger number with --epochs.";
    else if (error.code == engine::ErrorCode::CannotWrite && m_isFolderTaken)
        error.message += " Use another folder, delete it first, or resume the run with --resume.";
    end(fail(withAdvice(std::move(error), failure.dataset, *m_catalog)));
}

void Training::end(int exitCode)
{
    if (!m_exitCode)
        m_exitCode = exitCode;
    m_loop.quit();
}

} // namespace

int runTrain(const TrainRequest& request, const core::StudioFolders& folders)
{
    reportRebuiltList(folders);
    return Training(request, folders).run();
}

} // namespace app
