#include "core/session/TrainingSession.h"

#include "core/runs/RunRecorder.h"

#include <QElapsedTimer>

namespace core
{

/// Lives on the training thread.
class TrainingSession::Observer : public engine::TrainingObserver
{
public:
    Observer(TrainingSession& session, RunRecorder& recorder) : m_session(session), m_recorder(recorder)
    {
        m_sinceFlush.start();
    }

    void trainingStarted(const engine::TrainingPlan& plan) override
    {
        m_session.post([session = &m_session, plan] { Q_EMIT session->started(plan); });
    }

    void batchFinished(const engine::BatchReport& report) override
    {
        constexpr qint64 kMillisecondsBetweenSignals = 50;
        m_pending.push_back(report);
        if (m_sinceFlush.elapsed() >= kMillisecondsBetweenSignals)
            flush();
    }

    void testPassStarted(int epoch) override
    {
        flush();
        m_session.post([session = &m_session, epoch] { Q_EMIT session->testPassStarted(epoch); });
    }

    engine::Result<void> epochFinished(const engine::EpochReport& report,
                                       const engine::ModelSnapshot& model) override
    {
        flush();
        // Told only when it is on disk: what has been announced is not lost.
        return m_recorder.recordEpoch(report, model).map([&] {
            m_session.post([session = &m_session, report] { Q_EMIT session->epochFinished(report); });
        });
    }

    void snapshotTaken(const engine::ModelSnapshot& model) override
    {
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
    QElapsedTimer m_sinceFlush;
};

TrainingSession::TrainingSession(QString runsFolder, QObject* parent)
    : QObject(parent),
      m_runsFolder(std::move(runsFolder))
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
    if (isActive())
        return;
    if (m_thread.joinable())
        m_thread.join(); // of the training before, whose last signal has arrived
    m_control = std::make_unique<engine::TrainingControl>();
    setState(State::Training);
    m_thread = std::thread([this, config, data] { work(config, data); });
}

void TrainingSession::stop()
{
    if (m_state != State::Training)
        return;
    m_control->requestStop();
    setState(State::Stopping);
}

void TrainingSession::requestSnapshot()
{
    if (m_state == State::Training)
        m_control->requestSnapshot();
}

void TrainingSession::work(const engine::TrainingConfig& config, const engine::DatasetSplits& data)
{
    const auto run = [&](std::unique_ptr<RunRecorder> recorder) -> engine::Result<TrainingResult> {
        Observer observer(*this, *recorder);
        auto outcome = engine::runTraining(config, data, *m_control, observer);
        observer.flush();
        if (!outcome)
            return tl::unexpected(outcome.error());
        return recorder->recordOutcome(*outcome).map([&] {
            return TrainingResult{std::move(*outcome), recorder->folder()};
        });
    };
    auto result = RunRecorder::createNumbered(m_runsFolder, config, data).and_then(run);
    post([this, result = std::move(result)] {
        setState(State::Idle);
        if (result)
            Q_EMIT finished(*result);
        else
            Q_EMIT failed(result.error());
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
