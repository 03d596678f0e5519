#include "core/session/TrainingController.h"

#include "core/session/DeviceProbe.h"
#include "core/session/FineTuning.h"
#include "engine/Guarded.h"
#include "engine/network/NetworkShapes.h"

#include <QFileInfo>
#include <algorithm>
#include <utility>

namespace core
{

using engine::ErrorCode;

namespace
{

/// Before there is a run: that the network is for the images. One that is fine-tuned is checked by the
/// engine.
engine::Result<void> checkNetwork(const TrainingRequest& request, const engine::TrainingConfig& config,
                                  const engine::DatasetSplits& data)
{
    if (request.model)
        return {};
    const engine::Dataset& train = data.train;
    if (request.network) {
        auto checked = engine::checkImages(*request.network, train.shape(), train.classCount(), data.title);
        if (!checked)
            return checked;
    }
    return engine::checkedNetwork(config.network, train.shape(), train.classCount()).map([](const auto&) {});
}

} // namespace

TrainingController::TrainingController(const Parts& parts, QObject* parent)
    : QObject(parent),
      m_parts(parts),
      m_opener(parts.runs, parts.datasets)
{
    connect(&parts.datasets, &DatasetLoader::loaded, this, &TrainingController::onDatasetLoaded);
    connect(&parts.datasets, &DatasetLoader::failed, this, &TrainingController::onDatasetFailed);
    connect(&parts.devices, &DeviceProbe::listed, this, [this] {
        if (m_step == Step::Devices)
            prepareDevice();
    });
    connect(&m_opener, &RunOpener::opened, this, &TrainingController::onRunOpened);
    connect(&m_opener, &RunOpener::failed, this, &TrainingController::onRunFailed);
    connect(&parts.runs, &RunLoader::deleted, this, &TrainingController::onDeleted);
    connectSession();
}

void TrainingController::connectSession()
{
    const TrainingSession& session = m_parts.session;
    connect(&session, &TrainingSession::stateChanged, this, [this] { setStep(m_step); });
    connect(&session, &TrainingSession::runOpened, this,
            [this](const QString& folder, const engine::TrainingConfig& config) {
                setRun({folder, Continuation::None});
                Q_EMIT runStarted(config);
            });
    connect(&session, &TrainingSession::started, &m_reports, &TrainingReports::begin);
    connect(&session, &TrainingSession::historyLoaded, &m_reports, &TrainingReports::addEarlier);
    connect(&session, &TrainingSession::batchesFinished, &m_reports, &TrainingReports::addBatches);
    connect(&session, &TrainingSession::epochFinished, this, [this](const engine::EpochReport& epoch) {
        m_reports.addEpoch(epoch);
        m_parts.model.setRun(m_run.folder);
    });
    connect(&session, &TrainingSession::finished, this, &TrainingController::onFinished);
    connect(&session, &TrainingSession::failed, this, &TrainingController::onFailed);
}

TrainingController::State TrainingController::state() const
{
    using Session = TrainingSession::State;
    if (m_step != Step::None)
        return State::Preparing;
    switch (m_parts.session.state()) {
    case Session::Idle:
        break;
    case Session::Training:
        return State::Training;
    case Session::Pausing:
        return State::Pausing;
    case Session::Paused:
        return State::Paused;
    case Session::Stopping:
        return State::Stopping;
    }
    return State::Idle;
}

QString TrainingController::datasetId() const
{
    return m_dataset ? QString::fromStdString(m_dataset->splits.id) : QString();
}

bool TrainingController::canStart() const
{
    return !isActive() && m_dataset && !m_parts.datasets.isLoading();
}

bool TrainingController::start(TrainingRequest request)
{
    const bool isDataThere = !request.dataset.isEmpty() || m_dataset;
    if (isActive() || !isDataThere || m_parts.datasets.isLoading())
        return false;
    return prepare(std::move(request));
}

bool TrainingController::resume(ResumeRequest request)
{
    const bool isOfAnother = !request.folder.isEmpty() && request.folder != m_run.folder;
    if (isActive() || m_parts.datasets.isLoading() || (!isOfAnother && m_run.folder.isEmpty()))
        return false;
    request.folder = isOfAnother ? QFileInfo(request.folder).absoluteFilePath() : m_run.folder;
    return prepare(std::move(request));
}

bool TrainingController::extend(int epochs, const ComputeRequest& compute)
{
    if (!canExtend())
        return false;
    return resume({{}, static_cast<int>(m_reports.epochs().size()) + epochs, compute});
}

bool TrainingController::retry(const ComputeRequest& compute)
{
    if (isActive() || !m_failure)
        return false;
    if (!m_failure->resumableRun.isEmpty())
        return resume({m_failure->resumableRun, std::nullopt, compute});
    Request request = m_request;
    std::visit([&](auto& which) { which.compute = compute; }, request);
    return std::visit(
        [this](auto& which) {
            if constexpr (std::is_same_v<std::decay_t<decltype(which)>, TrainingRequest>)
                return start(std::move(which));
            else
                return resume(std::move(which));
        },
        request);
}

bool TrainingController::prepare(Request request)
{
    m_opener.cancel();
    m_request = std::move(request);
    m_failure.reset();
    m_device = {};
    setStep(Step::Devices);
    prepareDevice();
    return true;
}

void TrainingController::prepareDevice()
{
    const ComputeRequest compute = std::visit([](const auto& request) { return request.compute; }, m_request);
    const bool isCpuRequested = compute.device == QLatin1String("cpu");
    if (m_parts.devices.isAsking() && !isCpuRequested)
        return; // else a GPU would be passed over for being slow to answer
    const auto device = engine::chooseDevice(compute.device.toStdString(), m_parts.devices.devices());
    if (!device)
        return fail({.error = device.error(), .isDeviceSuspect = true});
    m_device = *device;
    setStep(Step::Data);
    prepareData();
}

void TrainingController::prepareData()
{
    if (const auto* request = std::get_if<TrainingRequest>(&m_request)) {
        if (request->dataset.isEmpty())
            return begin();
        return m_parts.datasets.load(request->dataset);
    }
    const QString folder = std::get<ResumeRequest>(m_request).folder;
    if (folder == m_run.folder)
        return begin();
    m_opener.open(folder, datasetId());
}

void TrainingController::begin()
{
    m_runBefore = m_run;
    if (const auto* resumed = std::get_if<ResumeRequest>(&m_request))
        return beginResume(*resumed);
    const auto& request = std::get<TrainingRequest>(m_request);
    engine::TrainingConfig config =
        request.model ? startingFrom(*request.model, request.config) : request.config;
    config.device = m_device;
    config.threads = request.compute.threads;
    if (const auto fits = checkNetwork(request, config, m_dataset->splits); !fits)
        return fail({.error = fits.error()});
    m_step = Step::None; // the session tells the state from here on
    if (request.model)
        m_parts.fineTuning.start(request.model, config, m_dataset->splits, request.folder);
    else
        m_parts.session.start(config, m_dataset->splits, request.folder);
}

void TrainingController::beginResume(const ResumeRequest& request)
{
    if (m_run.continuation == Continuation::None) {
        const engine::Error none = {ErrorCode::BadValue,
                                    m_run.folder.toStdString() + ": this run cannot be resumed."};
        return fail({.error = m_run.damage.value_or(none)});
    }
    const int done = static_cast<int>(m_reports.epochs().size());
    const bool isComplete =
        request.epochs ? *request.epochs <= done : m_run.continuation == Continuation::Extend;
    if (isComplete) {
        const engine::Error error = {ErrorCode::BadValue, m_run.folder.toStdString() + ": " +
                                                              std::to_string(done) + " epochs are done."};
        return fail({.error = error, .isComplete = true});
    }
    m_step = Step::None;
    m_parts.session.resume(m_run.folder, request.epochs, m_device, request.compute.threads,
                           m_dataset->splits);
}

void TrainingController::setStep(Step step)
{
    m_step = step;
    if (const State now = state(); std::exchange(m_reportedState, now) != now)
        Q_EMIT stateChanged(now);
}

void TrainingController::fail(TrainingFailure failure)
{
    failure.isResume = std::holds_alternative<ResumeRequest>(m_request);
    m_failure = failure;
    setStep(Step::None);
    Q_EMIT failed(failure);
}

bool TrainingController::pause()
{
    const bool isTraining = state() == State::Training;
    m_parts.session.pause();
    return isTraining;
}

bool TrainingController::unpause()
{
    const bool wasPaused = isPaused();
    m_parts.session.unpause();
    return wasPaused;
}

bool TrainingController::step()
{
    const bool wasPaused = state() == State::Paused;
    m_parts.session.step();
    return wasPaused;
}

bool TrainingController::stop()
{
    if (m_step == Step::None) {
        const bool isToStop = isActive() && state() != State::Stopping;
        m_parts.session.stop();
        return isToStop;
    }
    m_opener.cancel();
    m_step = Step::None;
    m_parts.datasets.cancel();
    setStep(Step::None);
    Q_EMIT cancelled();
    return true;
}

void TrainingController::stopFineTuning()
{
    m_parts.fineTuning.stop();
}

void TrainingController::setFollowing(QObject* follower, bool isFollowing)
{
    m_parts.session.setFollowing(follower, isFollowing);
}

bool TrainingController::chooseDataset(const QString& nameOrFolder)
{
    if (isActive())
        return false;
    m_opener.cancel();
    m_parts.datasets.load(nameOrFolder);
    return true;
}

bool TrainingController::openRun(const QString& folder)
{
    if (isActive())
        return false;
    m_parts.datasets.cancel(); // of the two requests this is the later
    m_opener.open(QFileInfo(folder).absoluteFilePath(), datasetId());
    return true;
}

void TrainingController::onDatasetLoaded(std::shared_ptr<const LoadedDataset> dataset)
{
    const bool isForTraining = isPreparingData() && std::holds_alternative<TrainingRequest>(m_request);
    if (m_parts.session.isActive() || m_step == Step::Devices)
        return; // it would not be what is trained on
    m_dataset = std::move(dataset);
    m_run = {};
    m_reports.clear();
    if (!isForTraining) // else the model stays until the training has one of its own
        m_parts.model.clear();
    Q_EMIT datasetChanged();
    Q_EMIT runChanged();
    if (isForTraining)
        begin();
    else if (!m_opener.takeDataset(datasetId()) && !isActive())
        m_opener.openNewest(datasetId());
}

void TrainingController::onDatasetFailed(const QString& nameOrFolder, const engine::Error& error)
{
    if (isPreparingData() && std::holds_alternative<TrainingRequest>(m_request))
        fail({.error = error, .dataset = nameOrFolder});
    else if (!m_opener.takeDatasetFailure(error))
        Q_EMIT datasetFailed(nameOrFolder, error);
}

void TrainingController::onRunOpened(const std::shared_ptr<const StoredRun>& run, RunOpener::Reason reason)
{
    const engine::TrainingState& state = run->training.state;
    const auto plan = engine::guarded("Opening the run", [&]() -> engine::Result<engine::TrainingPlan> {
        return engine::planOf(state, m_dataset->splits);
    });
    if (!plan)
        return onRunFailed(plan.error(), {});
    m_reports.begin(*plan);
    m_reports.addEarlier(state.batches, state.epochs);
    m_parts.model.setRun(run->folder);
    setRun({run->folder, run->continuation, run->damage});
    Q_EMIT runOpened(run, reason == RunOpener::Reason::Requested);
    if (isPreparingData())
        begin();
}

void TrainingController::onRunFailed(const engine::Error& error, const QString& dataset)
{
    if (isPreparingData())
        fail({.error = error, .dataset = dataset});
    else
        Q_EMIT runFailed(error, dataset);
}

void TrainingController::onFinished(const TrainingResult& result)
{
    m_parts.model.setRun(result.runFolder);
    setRun({result.runFolder, result.outcome.isStopped ? Continuation::Resume : Continuation::Extend});
    Q_EMIT finished(result);
}

void TrainingController::onFailed(const engine::Error& error, const QString& resumableRun)
{
    const bool isRunNew = m_run.folder != m_runBefore.folder;
    if (!resumableRun.isEmpty())
        setRun({resumableRun, Continuation::Resume});
    else if (isRunNew)
        leaveRun(); // nothing was kept of it
    else
        setRun(m_runBefore);
    fail({.error = error,
          .resumableRun = resumableRun,
          .isDeviceSuspect = m_device.kind != engine::DeviceKind::Cpu &&
                             (error.code == ErrorCode::OutOfMemory || error.code == ErrorCode::Internal)});
}

void TrainingController::onDeleted(const std::vector<RunInfo>& runs)
{
    if (isActive() || m_run.folder.isEmpty() ||
        std::ranges::find(runs, m_run.folder, &RunInfo::folder) == runs.end())
        return;
    m_parts.model.clear();
    leaveRun();
}

void TrainingController::setRun(CurrentRun run)
{
    m_run = std::move(run);
    Q_EMIT runChanged();
}

void TrainingController::leaveRun()
{
    m_reports.clear();
    setRun({});
    m_opener.openNewest(datasetId());
}

} // namespace core
