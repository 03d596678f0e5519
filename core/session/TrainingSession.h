// Runs one training at a time, on a separate thread, and reports it by signals.
//
//   1. start() and continueRun() pass copies of their arguments to a new thread; only that thread touches the
//      model
//   2. the thread runs engine::runTraining; its observer writes every epoch to disk and collects batch
//      reports
//   3. at most four times a second, and at the end of every epoch, collected reports are emitted as signals
//      on the thread of this object, in order
//   4. stop(), pause() and similar calls are requests, polled between two batches
//   5. the destructor requests a stop and joins the thread
#pragma once

#include "engine/storage/CheckpointFile.h"
#include "engine/training/Trainer.h"

#include <QObject>
#include <QSet>
#include <QString>
#include <atomic>
#include <functional>
#include <memory>
#include <thread>

namespace core
{

class RunRecorder;

struct TrainingResult {
    engine::TrainingOutcome outcome;
    QString runFolder;
};

class TrainingSession : public QObject
{
    Q_OBJECT
public:
    enum class State { Idle, Training, Pausing, Paused, Stopping };

    explicit TrainingSession(QString runsFolder,
                             engine::TrainingBackendFactory makeBackend = engine::makeTrainingBackend,
                             QObject* parent = nullptr);
    ~TrainingSession() override;

    State state() const { return m_state; }
    bool isActive() const { return m_state != State::Idle; }
    bool isPaused() const { return m_state == State::Pausing || m_state == State::Paused; }

    /// Ignored while a training run is active. Errors are reported by failed().
    void start(const engine::TrainingConfig& config, const engine::DatasetSplits& data);
    /// The same, starting from the weights of `model`; see engine::fineTune().
    void fineTune(std::shared_ptr<const engine::ModelSnapshot> model, const engine::TrainingConfig& config,
                  const engine::DatasetSplits& data);
    /// Resumes the run in `folder` for `moreEpochs` beyond those planned, on `device` with `threads`. `data`
    /// is the data set that it was trained on.
    void continueRun(const QString& folder, int moreEpochs, const engine::Device& device, int threads,
                     const engine::DatasetSplits& data);
    /// Ends the run within about one batch, with finished() and its weights saved.
    void stop();
    /// Pauses after the current batch and saves the state to disk.
    void pause();
    void resume();
    /// Trains one batch while paused.
    void step();
    /// Takes effect from the next batch until the run ends.
    void setLearningRate(double rate);
    /// Followed by one snapshotTaken() soon, while training runs.
    void requestSnapshot();
    /// While `follower` exists and follows, snapshotTaken() is emitted automatically: at most five times a
    /// second, and whenever training pauses. Stays set across runs.
    void setFollowing(QObject* follower, bool isFollowing);
    bool isFollowed() const { return !m_followers.isEmpty(); }

Q_SIGNALS:
    void stateChanged(core::TrainingSession::State state);
    /// The run has its folder and its entry in the list of runs; followed by started() or failed().
    void runOpened(const QString& folder);
    void started(const engine::TrainingPlan& plan);
    /// After started(), for a resumed run: its earlier reports.
    void historyLoaded(const std::vector<engine::BatchReport>& batches,
                       const std::vector<engine::EpochReport>& epochs);
    void batchesFinished(const std::vector<engine::BatchReport>& reports);
    void testPassStarted(int epoch);
    void epochFinished(const engine::EpochReport& report);
    void snapshotTaken(std::shared_ptr<const engine::ModelSnapshot> model);
    // Exactly one of these is emitted at the end:
    void finished(const core::TrainingResult& result);
    /// `resumableRun`: the folder with a saved state from which the run can be resumed; empty if nothing was
    /// saved.
    void failed(const engine::Error& error, const QString& resumableRun);

private:
    class Observer;

    struct Failure {
        engine::Error error;
        QString resumableRun;
    };
    using Ending = tl::expected<TrainingResult, Failure>;
    using Work = std::function<Ending()>;

    void startThread(Work work);
    /// Initial weights are random if there is no starting model.
    Ending trainNew(const engine::TrainingConfig& config, const engine::DatasetSplits& data,
                    const engine::ModelSnapshot* start);
    Ending trainOn(engine::Checkpoint training, const QString& folder, const engine::DatasetSplits& data);
    static Ending ended(engine::Result<engine::TrainingOutcome> outcome, Observer& observer,
                        RunRecorder& recorder);
    /// Runs `action` on the thread of this object, after everything posted before.
    void post(std::function<void()> action);
    void setState(State state);

    // Read by both threads, never changed:
    QString m_runsFolder;
    engine::TrainingBackendFactory m_makeBackend;
    State m_state = State::Idle;
    QSet<QObject*> m_followers;
    std::atomic<bool> m_areWeightsFollowed = false; ///< read by the training thread
    std::unique_ptr<engine::TrainingControl> m_control;
    std::thread m_thread;
};

} // namespace core
