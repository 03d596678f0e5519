#include "core/session/TrainingSession.h"

#include "core/runs/RunRecorder.h"
#include "engine/Guarded.h"

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

    void runOpened(const engine::TrainingConfig& config)
    {
        m_session.m_mailbox.post([session = &m_session, folder = m_recorder.folder(), config] {
            Q_EMIT session->runOpened(folder, config);
        });
        if (m_recorder.number())
            return;
        m_session.m_mailbox.post(
            [session = &m_session, folder = m_recorder.folder(), error = m_recorder.listError()] {
                Q_EMIT session->unlisted(folder, error);
            });
    }

    /// The batches before the ones about to be trained.
    void setHistory(const engine::TrainingState& state)
    {
        m_batchesBefore = state.batches;
        m_epochsBefore = state.epochs;
    }

    void trainingStarted(const engine::TrainingPlan& plan) override
    {
        m_session.m_mailbox.post([session = &m_session, plan, batches = std::move(m_batchesBefore),
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
        m_session.m_mailbox.post([session = &m_session, epoch] { Q_EMIT session->testPassStarted(epoch); });
    }

    engine::Result<void> epochFinished(const engine::EpochReport& report, const engine::ModelSnapshot& model,
                                       const engine::Evaluation& test) override
    {
        flush();
        // Reported only once it is on disk, so that a reported epoch is never lost.
        return m_recorder.recordEpoch(report, model, test).map([&] {
            m_session.m_mailbox.post(
                [session = &m_session, report] { Q_EMIT session->epochFinished(report); });
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
        m_session.m_mailbox.post([session = &m_session] {
            if (session->m_state == State::Pausing)
                session->setState(State::Paused);
        });
    }

    void snapshotTaken(const engine::ModelSnapshot& model) override
    {
        m_sinceSnapshot.restart();
        auto shared = std::make_shared<const engine::ModelSnapshot>(model);
        m_session.m_mailbox.post([session = &m_session, shared] { Q_EMIT session->snapshotTaken(shared); });
    }

    void flush()
    {
        m_sinceFlush.restart();
        if (m_pending.empty())
            return;
        m_session.m_mailbox.post([session = &m_session, reports = std::exchange(m_pending, {})] {
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

void TrainingSession::start(const engine::TrainingConfig& config, const engine::DatasetSplits& data,
                            const QString& folder)
{
    startThread([this, config, data, folder] { return trainNew(config, data, folder, nullptr); });
}

void TrainingSession::fineTune(std::shared_ptr<const engine::ModelSnapshot> model,
                               const engine::TrainingConfig& config, const engine::DatasetSplits& data,
                               const QString& folder)
{
    startThread([this, model = std::move(model), config, data, folder] {
        return trainNew(config, data, folder, model.get());
    });
}

void TrainingSession::resume(const QString& folder, std::optional<int> epochs, const engine::Device& device,
                             int threads, const engine::DatasetSplits& data)
{
    startThread([this, folder, epochs, device, threads, data]() -> Ending {
        auto checkpoint = engine::readCheckpoint(folder.toStdString());
        if (!checkpoint)
            return tl::unexpected(Failure{checkpoint.error(), {}});
        if (epochs)
            checkpoint->state = withEpochs(std::move(checkpoint->state), *epochs);
        checkpoint->state.config.device = device;
        checkpoint->state.config.threads = threads;
        return trainFrom(std::move(*checkpoint), folder, data);
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
        auto done = engine::guarded("Training", [&]() -> engine::Result<Ending> { return work(); });
        Ending ending = done ? std::move(*done) : Ending(tl::unexpect, Failure{done.error(), {}});
        m_mailbox.post([this, ending = std::move(ending)] {
            setState(State::Idle);
            if (ending)
                Q_EMIT finished(*ending);
            else
                Q_EMIT failed(ending.error().error, ending.error().resumableRun);
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

void TrainingSession::unpause()
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
                                                  const engine::DatasetSplits& data, const QString& folder,
                                                  const engine::ModelSnapshot* model)
{
    const auto recorder = folder.isEmpty() ? RunRecorder::createNumbered(m_runsFolder, config, data)
                                           : RunRecorder::createAt(folder, m_runsFolder, config, data);
    if (!recorder)
        return tl::unexpected(Failure{recorder.error(), {}});
    Observer observer(*this, **recorder);
    observer.runOpened(config);
    auto outcome = model == nullptr
                       ? engine::runTraining(config, data, *m_control, observer, m_makeBackend)
                       : engine::fineTune(*model, config, data, *m_control, observer, m_makeBackend);
    return ended(std::move(outcome), observer, **recorder);
}

TrainingSession::Ending TrainingSession::trainFrom(engine::Checkpoint checkpoint, const QString& folder,
                                                   const engine::DatasetSplits& data)
{
    const auto recorder = RunRecorder::resumeAt(folder, m_runsFolder, checkpoint, data);
    if (!recorder)
        return tl::unexpected(Failure{recorder.error(), {}});
    Observer observer(*this, **recorder);
    observer.runOpened(checkpoint.state.config);
    observer.setHistory(checkpoint.state);
    auto outcome =
        engine::resumeTraining(std::move(checkpoint.state), data, *m_control, observer, m_makeBackend);
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
    return engine::guarded("Keeping the run", [&] { return recorder.recordOutcome(*outcome); })
        .map_error(failed)
        .map([&] {
            return TrainingResult{std::move(*outcome), recorder.folder(), recorder.number()};
        });
}

void TrainingSession::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged(state);
}

} // namespace core
