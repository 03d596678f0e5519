// One training at a time, on a thread of its own, told by signals.
//
//   1. start() hands copies of the configuration and the data to a new thread, which alone touches the model
//   2. that thread runs engine::runTraining; its observer records every epoch on disk and collects batch
//   reports
//   3. at most 20 times a second, and at the end of every epoch, what was collected comes back as signals,
//   which
//      arrive on the thread of this object, in order
//   4. stop() and requestSnapshot() are wishes that training looks at between two batches
//   5. the destructor asks for a stop and waits for the thread
#pragma once

#include "engine/training/Trainer.h"

#include <QObject>
#include <QString>
#include <functional>
#include <memory>
#include <thread>

namespace core
{

struct TrainingResult {
    engine::TrainingOutcome outcome;
    QString runFolder;
};

class TrainingSession : public QObject
{
    Q_OBJECT
public:
    enum class State { Idle, Training, Stopping };

    explicit TrainingSession(QString runsFolder, QObject* parent = nullptr);
    ~TrainingSession() override;

    State state() const { return m_state; }
    bool isActive() const { return m_state != State::Idle; }

    /// Does nothing while a training is active. Whatever goes wrong comes as failed().
    void start(const engine::TrainingConfig& config, const engine::DatasetSplits& data);
    /// The run ends within a batch or so, with finished() and its weights kept.
    void stop();
    /// snapshotTaken() follows soon, once, while training goes on.
    void requestSnapshot();

Q_SIGNALS:
    void stateChanged(core::TrainingSession::State state);
    void started(const engine::TrainingPlan& plan);
    void batchesFinished(const std::vector<engine::BatchReport>& reports);
    void testPassStarted(int epoch);
    void epochFinished(const engine::EpochReport& report);
    void snapshotTaken(std::shared_ptr<const engine::ModelSnapshot> model);
    // Exactly one of these ends a training:
    void finished(const core::TrainingResult& result);
    void failed(const engine::Error& error);

private:
    class Observer;

    void work(const engine::TrainingConfig& config, const engine::DatasetSplits& data);
    /// Runs `action` on the thread of this object, after everything posted before.
    void post(std::function<void()> action);
    void setState(State state);

    QString m_runsFolder;
    State m_state = State::Idle;
    std::unique_ptr<engine::TrainingControl> m_control;
    std::thread m_thread;
};

} // namespace core
