#include "core/session/TrainingSession.h"

#include "core/runs/RunRecorder.h"

#include <QElapsedTimer>

namespace core
{

/// Runs on the training thread.
class TrainingSession::Observer : public engine::TrainingObserver
{
public:
    Observer(TrainingSession& session, RunRecorder& recorder) : m_session(session), m_recorder(recorder)
    {
        m_sinceFlush.start();
        m_sinceSnapshot.start();
    }

    void tellFolder()
    {
        m_session.post(
            [session = &m_session, folder = m_recorder.folder()] { Q_EMIT session->runOpened(folder); });
    }

    /// Reports the batches before the ones about to be trained.
    void tellHistory(const engine::TrainingState& state)
    {
        m_batchesBefore = state.batches;
        m_epochsBefore = state.epochs;
    }

    void trainingStarted(const engine::TrainingPlan& plan) override
    {
        m_session.post([session = &m_session, plan, batches = std::move(m_batchesBefore),
                        epochs = std::move(m_epochsBefore)] {
            Q_EMIT session->started(plan);
            if (!batches.empty())
                Q_EMIT session->historyLoaded(batches, epochs);
        });
    }

    void batchFinished(const engine::BatchReport& report) override
    {
        constexpr qint64 kMillisecondsBetweenSignals = 250; // for their cost see docs/performance.md
        constexpr qint64 kMillisecondsBetweenSnapshots = 200;
        m_pending.push_back(report);
        if (m_session.m_areWeightsFollowed && m_sinceSnapshot.elapsed() >= kMillisecondsBetweenSnapshots)
            m_session.m_control->requestSnapshot(); // answered after this batch is reported
        if (m_sinceFlush.elapsed() >= kMillisecondsBetweenSignals)
            flush();
    }

    void testPassStarted(int epoch) override
    {
        flush();
        m_session.post([session = &m_session, epoch] { Q_EMIT session->testPassStarted(epoch); });
    }

    engine::Result<void> epochFinished(const engine::EpochReport& report, const engine::ModelSnapshot& model,
                                       const engine::Evaluation& test) override
    {
        flush();
        // Reported only once it is on disk, so that a reported epoch is never lost.
        return m_recorder.recordEpoch(report, model, test).map([&] {
            m_session.post([session = &m_session, report] { Q_EMIT session->epochFinished(report); });
        });
    }

    engine::Result<void> stateReached(const engine::TrainingState& state) override
    {
        return m_recorder.recordState(state);
    }

    void paused() override
    {
        flush();
        if (m_session.m_areWeightsFollowed)
            m_session.m_control->requestSnapshot();
        m_session.post([session = &m_session] {
            if (session->m_state == State::Pausing)
                session->setState(State::Paused);
        });
    }

    void snapshotTaken(const engine::ModelSnapshot& model) override
    {
        m_sinceSnapshot.restart();
        auto shared = std::make_shared<const engine::ModelSnapshot>(model);
        m_session.post([session = &m_session, shared] { Q_EMIT session->snapshotTaken(shared); });
    }

    void flush()
    {
        m_sinceFlush.restart();
        if (m_pending.empty())
            return;
        m_session.post([session = &m_session, reports = std::exchange(m_pending, {})] {
            Q_EMIT session->batchesFinished(reports);
        });
    }

private:
    TrainingSession& m_session;
    RunRecorder& m_recorder;
    std::vector<engine::BatchReport> m_pending;
    std::vector<engine::BatchReport> m_batchesBefore;
    std::vector<engine::EpochReport> m_epochsBefore;
    QElapsedTimer m_sinceFlush;
    QElapsedTimer m_sinceSnapshot;
};

TrainingSession::TrainingSession(QString runsFolder, engine::TrainingBackendFactory makeBackend,
                                 QObject* parent)
    : QObject(parent),
      m_runsFolder(std::move(runsFolder)),
      m_makeBackend(std::move(makeBackend))
{
}

TrainingSession::~TrainingSession()
{
    if (m_control)
        m_control->requestStop();
    if (m_thread.joinable())
        m_thread.join();
}

void TrainingSession::start(const engine::TrainingConfig& config, const engine::DatasetSplits& data)
{
    startThread([this, config, data] { return trainNew(config, data, nullptr); });
}

void TrainingSession::fineTune(std::shared_ptr<const engine::ModelSnapshot> model,
                               const engine::TrainingConfig& config, const engine::DatasetSplits& data)
{
    startThread(
        [this, model = std::move(model), config, data] { return trainNew(config, data, model.get()); });
}

void TrainingSession::continueRun(const QString& folder, int moreEpochs, const engine::Device& device,
                                  int threads, const engine::DatasetSplits& data)
{
    startThread([this, folder, moreEpochs, device, threads, data]() -> Ending {
        auto training = engine::readCheckpoint(folder.toStdString());
        if (!training)
            return tl::unexpected(Failure{training.error(), {}});
        training->state = withMoreEpochs(std::move(training->state), moreEpochs);
        training->state.config.device = device;
        training->state.config.threads = threads;
        return trainOn(std::move(*training), folder, data);
    });
}

void TrainingSession::startThread(Work work)
{
    if (isActive())
        return;
    if (m_thread.joinable())
        m_thread.join(); // the previous run, whose last signal has arrived
    m_control = std::make_unique<engine::TrainingControl>();
    setState(State::Training);
    m_thread = std::thread([this, work = std::move(work)] {
        auto result = work();
        post([this, result = std::move(result)] {
            setState(State::Idle);
            if (result)
                Q_EMIT finished(*result);
            else
                Q_EMIT failed(result.error().error, result.error().resumableRun);
        });
    });
}

void TrainingSession::stop()
{
    if (!isActive() || m_state == State::Stopping)
        return;
    m_control->requestStop();
    setState(State::Stopping);
}

void TrainingSession::pause()
{
    if (m_state != State::Training)
        return;
    m_control->setPaused(true);
    setState(State::Pausing);
}

void TrainingSession::resume()
{
    if (m_state != State::Pausing && m_state != State::Paused)
        return;
    m_control->setPaused(false);
    setState(State::Training);
}

void TrainingSession::step()
{
    if (m_state != State::Paused)
        return;
    setState(State::Pausing); // until the batch is done
    m_control->requestStep();
}

void TrainingSession::setLearningRate(double rate)
{
    if (isActive())
        m_control->setLearningRate(rate);
}

void TrainingSession::requestSnapshot()
{
    if (isActive())
        m_control->requestSnapshot();
}

void TrainingSession::setFollowing(QObject* follower, bool isFollowing)
{
    if (isFollowing == m_followers.contains(follower))
        return;
    if (isFollowing) {
        m_followers.insert(follower);
        connect(follower, &QObject::destroyed, this, [this, follower] { setFollowing(follower, false); });
        requestSnapshot();
    } else {
        m_followers.remove(follower);
        disconnect(follower, &QObject::destroyed, this, nullptr);
    }
    m_areWeightsFollowed = isFollowed();
}

TrainingSession::Ending TrainingSession::trainNew(const engine::TrainingConfig& config,
                                                  const engine::DatasetSplits& data,
                                                  const engine::ModelSnapshot* start)
{
    const auto recorder = RunRecorder::createNumbered(m_runsFolder, config, data);
    if (!recorder)
        return tl::unexpected(Failure{recorder.error(), {}});
    Observer observer(*this, **recorder);
    observer.tellFolder();
    auto outcome = start == nullptr
                       ? engine::runTraining(config, data, *m_control, observer, m_makeBackend)
                       : engine::fineTune(*start, config, data, *m_control, observer, m_makeBackend);
    return ended(std::move(outcome), observer, **recorder);
}

TrainingSession::Ending TrainingSession::trainOn(engine::Checkpoint training, const QString& folder,
                                                 const engine::DatasetSplits& data)
{
    const auto recorder = RunRecorder::continueAt(folder, m_runsFolder, training, data);
    if (!recorder)
        return tl::unexpected(Failure{recorder.error(), {}});
    Observer observer(*this, **recorder);
    observer.tellFolder();
    observer.tellHistory(training.state);
    auto outcome =
        engine::resumeTraining(std::move(training.state), data, *m_control, observer, m_makeBackend);
    return ended(std::move(outcome), observer, **recorder);
}

TrainingSession::Ending TrainingSession::ended(engine::Result<engine::TrainingOutcome> outcome,
                                               Observer& observer, RunRecorder& recorder)
{
    observer.flush();
    const auto failed = [&](const engine::Error& error) {
        return Failure{error, recorder.hasRecordedState() ? recorder.folder() : QString()};
    };
    if (!outcome)
        return tl::unexpected(failed(outcome.error()));
    return recorder.recordOutcome(*outcome).map_error(failed).map([&] {
        return TrainingResult{std::move(*outcome), recorder.folder()};
    });
}

void TrainingSession::post(std::function<void()> action)
{
    QMetaObject::invokeMethod(this, std::move(action), Qt::QueuedConnection);
}

void TrainingSession::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged(state);
}

} // namespace core
