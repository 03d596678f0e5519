// One training at a time, on a thread of its own, reported by signals.
//
//   1. start(), fineTune() and resume() pass copies of their arguments to a new thread, which alone touches
//      the model
//   2. that thread runs the engine's training; its observer records every epoch on disk and collects batch
//      reports
//   3. at most four times a second, and at the end of every epoch, what was collected comes back as signals,
//      which arrive on the thread of this object, in order
//   4. stop(), pause() and the like are requests that training looks at between two batches
//   5. the destructor requests a stop and waits for the thread
//
// pause() and unpause() are for a training in progress, resume() for a run that has ended. All are called by
// TrainingController.
#pragma once

#include "core/Mailbox.h"
#include "engine/storage/CheckpointFile.h"
#include "engine/training/Trainer.h"

#include <QObject>
#include <QSet>
#include <QString>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

namespace core
{

class RunRecorder;

struct TrainingResult {
    engine::TrainingOutcome outcome;
    QString runFolder;
    std::optional<int> runNumber = std::nullopt; ///< nothing where the list of runs cannot be written
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

    /// Does nothing while a training is active. Whatever goes wrong comes as failed(). `folder` is the run's,
    /// see RunRecorder::createAt(); where it is empty, the run is numbered.
    void start(const engine::TrainingConfig& config, const engine::DatasetSplits& data,
               const QString& folder = {});
    /// The same from the weights of `model`, see engine::fineTune().
    void fineTune(std::shared_ptr<const engine::ModelSnapshot> model, const engine::TrainingConfig& config,
                  const engine::DatasetSplits& data, const QString& folder = {});
    /// Trains the run in `folder` from its checkpoint to the end of its planned epochs, or until `epochs` are
    /// done in all (see engine::withEpochs()), on `device` and with `threads`. `data` is what it was trained
    /// on.
    void resume(const QString& folder, std::optional<int> epochs, const engine::Device& device, int threads,
                const engine::DatasetSplits& data);
    /// The run ends within a batch or so, with finished() and its weights kept.
    void stop();
    /// Pauses after the current batch and saves the state to disk.
    void pause();
    void unpause();
    /// One batch, while paused.
    void step();
    /// Takes effect from the next batch until the run ends.
    void setLearningRate(double rate);
    /// snapshotTaken() follows soon, once, while the training is active.
    void requestSnapshot();
    /// While `follower` exists and follows, snapshotTaken() is emitted automatically: at most five times a
    /// second, and whenever training pauses. Stays set across runs.
    void setFollowing(QObject* follower, bool isFollowing);
    bool isFollowed() const { return !m_followers.isEmpty(); }

Q_SIGNALS:
    void stateChanged(core::TrainingSession::State state);
    /// The run has its folder and its row in the list of runs; started() follows, or failed().
    void runOpened(const QString& folder, const engine::TrainingConfig& config);
    /// After runOpened(): that run is not in the list of runs, which cannot be used.
    void unlisted(const QString& folder, const engine::Error& error);
    void started(const engine::TrainingPlan& plan);
    /// After started(), of a run that is resumed: what it had reported before.
    void historyLoaded(const std::vector<engine::BatchReport>& batches,
                       const std::vector<engine::EpochReport>& epochs);
    void batchesFinished(const std::vector<engine::BatchReport>& reports);
    void testPassStarted(int epoch);
    void epochFinished(const engine::EpochReport& report);
    void snapshotTaken(std::shared_ptr<const engine::ModelSnapshot> model);
    // Exactly one of these is emitted at the end:
    void finished(const core::TrainingResult& result);
    /// `resumableRun`: the folder with a checkpoint of this training; empty where none was written.
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
    /// With random first weights where `model` is null.
    Ending trainNew(const engine::TrainingConfig& config, const engine::DatasetSplits& data,
                    const QString& folder, const engine::ModelSnapshot* model);
    Ending trainFrom(engine::Checkpoint checkpoint, const QString& folder, const engine::DatasetSplits& data);
    static Ending ended(engine::Result<engine::TrainingOutcome> outcome, Observer& observer,
                        RunRecorder& recorder);
    void setState(State state);

    // Read by both threads, never changed:
    QString m_runsFolder;
    engine::TrainingBackendFactory m_makeBackend;
    State m_state = State::Idle;
    QSet<QObject*> m_followers;
    std::atomic<bool> m_areWeightsFollowed = false; ///< read by the training thread
    std::unique_ptr<engine::TrainingControl> m_control;
    Mailbox m_mailbox{*this}; ///< from the training thread
    std::thread m_thread;
};

} // namespace core
