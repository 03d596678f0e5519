// A TrainingSession and everything that it says.
#pragma once

#include "core/session/TrainingSession.h"
#include "support/WaitUntil.h"

#include <QStringList>
#include <QThread>
#include <functional>
#include <optional>

namespace test
{

class RecordedSession
{
public:
    using Session = core::TrainingSession;
    using State = Session::State;

    explicit RecordedSession(const QString& runsFolder) : m_session(std::make_unique<Session>(runsFolder))
    {
        listen(&Session::stateChanged, [this](State state) {
            m_states.push_back(state);
            if (onState)
                onState(state);
        });
        listen(&Session::started, [this](const engine::TrainingPlan& plan) {
            m_log.append(QStringLiteral("started"));
            m_plans.push_back(plan);
        });
        listen(&Session::batchesFinished, [this](const std::vector<engine::BatchReport>& reports) {
            ++m_batchSignals;
            for (const engine::BatchReport& report : reports)
                m_log.append(QStringLiteral("batch %1 of epoch %2").arg(report.batch).arg(report.epoch));
            m_batches.insert(m_batches.end(), reports.begin(), reports.end());
            if (onBatches)
                onBatches();
        });
        listen(&Session::testPassStarted,
               [this](int epoch) { m_log.append(QStringLiteral("test pass %1").arg(epoch)); });
        listen(&Session::epochFinished, [this](const engine::EpochReport& report) {
            m_log.append(QStringLiteral("epoch %1").arg(report.epoch));
            m_epochs.push_back(report);
            if (onEpoch)
                onEpoch();
        });
        listen(&Session::snapshotTaken, [this](const std::shared_ptr<const engine::ModelSnapshot>& model) {
            m_snapshots.push_back(model);
        });
        listen(&Session::finished, [this](const core::TrainingResult& result) {
            m_log.append(QStringLiteral("finished"));
            m_results.push_back(result);
            atEnd();
        });
        listen(&Session::failed, [this](const engine::Error& error) {
            m_log.append(QStringLiteral("failed"));
            m_error = error;
            atEnd();
        });
    }

    Session* operator->() const { return m_session.get(); }
    void destroy() { m_session.reset(); }

    [[nodiscard]] bool waitForEnds(int count = 1) const
    {
        return waitUntil([&] { return m_ends >= count; });
    }
    [[nodiscard]] bool waitForBatches() const
    {
        return waitUntil([&] { return m_batchSignals > 0 || m_ends > 0; }) && m_ends == 0;
    }
    /// Starts it and waits for its end; false when it did not finish.
    [[nodiscard]] bool run(const engine::TrainingConfig& config, const engine::DatasetSplits& data)
    {
        const std::size_t before = m_results.size();
        m_session->start(config, data);
        return waitForEnds(m_ends + 1) && m_results.size() == before + 1;
    }

    int ends() const { return m_ends; }
    const std::vector<State>& states() const { return m_states; }
    std::optional<State> stateAtEnd() const { return m_stateAtEnd; }
    bool isAllOnOwnThread() const { return m_isAllOnOwnThread; }
    /// All but states and snapshots, a line for each, and for each batch.
    const QStringList& log() const { return m_log; }
    int batchSignals() const { return m_batchSignals; }
    const std::vector<engine::TrainingPlan>& plans() const { return m_plans; }
    const std::vector<engine::BatchReport>& batches() const { return m_batches; }
    const std::vector<engine::EpochReport>& epochs() const { return m_epochs; }
    const std::vector<std::shared_ptr<const engine::ModelSnapshot>>& snapshots() const { return m_snapshots; }
    const std::vector<core::TrainingResult>& results() const { return m_results; }
    const std::optional<engine::Error>& error() const { return m_error; }

    std::function<void(State)> onState{};
    std::function<void()> onBatches{};
    std::function<void()> onEpoch{};
    std::function<void()> onEnd{};

private:
    /// Directly, to see the thread that the signal comes on.
    template<typename Signal, typename Slot>
    void listen(Signal signal, Slot slot)
    {
        QObject::connect(
            m_session.get(), signal, m_session.get(),
            [this, slot](const auto& argument) {
                m_isAllOnOwnThread = m_isAllOnOwnThread && QThread::currentThread() == m_session->thread();
                slot(argument);
            },
            Qt::DirectConnection);
    }
    void atEnd()
    {
        ++m_ends;
        m_stateAtEnd = m_session->state();
        if (onEnd)
            onEnd();
    }

    std::unique_ptr<Session> m_session;
    int m_ends = 0;
    std::vector<State> m_states{};
    std::optional<State> m_stateAtEnd{};
    bool m_isAllOnOwnThread = true;
    QStringList m_log{};
    int m_batchSignals = 0;
    std::vector<engine::TrainingPlan> m_plans{};
    std::vector<engine::BatchReport> m_batches{};
    std::vector<engine::EpochReport> m_epochs{};
    std::vector<std::shared_ptr<const engine::ModelSnapshot>> m_snapshots{};
    std::vector<core::TrainingResult> m_results{};
    std::optional<engine::Error> m_error{};
};

} // namespace test
