// Directs all trainings, and holds the current data set, run and model. Window and command line send it
// requests and show its state.
//
//   1. start(), resume() and extend() take a request; the state is Preparing
//   2. what the request needs is fetched: the devices (DeviceProbe), then its data set (DatasetLoader) or
//      its run with that run's data set (RunOpener)
//   3. TrainingSession, or FineTuning with it, trains on a thread of its own; the run becomes the current one
//   4. TrainingReports gathers what it reports; CurrentModel is read again after every epoch
//   5. finished(), failed() or cancelled() ends it; run() knows how it can be continued, retry() tries again
//
// In between, chooseDataset() and openRun() change what it is on. A data set that was chosen brings its
// newest run. A command that the state does not allow returns false, and nothing happens.
#pragma once

#include "core/runs/RunOpener.h"
#include "core/session/TrainingReports.h"
#include "core/session/TrainingRequest.h"
#include "core/session/TrainingSession.h"

#include <variant>

namespace core
{

class DeviceProbe;
class FineTuning;

struct CurrentRun {
    QString folder;                                     ///< empty for none
    Continuation continuation = Continuation::None;     ///< None also while it is trained
    std::optional<engine::Error> damage = std::nullopt; ///< see StoredRun
};

class TrainingController : public QObject
{
    Q_OBJECT
public:
    enum class State { Idle, Preparing, Training, Pausing, Paused, Stopping };

    /// What it directs. All outlive it.
    struct Parts {
        DatasetLoader& datasets;
        DeviceProbe& devices;
        RunLoader& runs;
        CurrentModel& model;
        TrainingSession& session;
        FineTuning& fineTuning;
    };
    explicit TrainingController(const Parts& parts, QObject* parent = nullptr);

    State state() const;
    bool isActive() const { return state() != State::Idle; }
    bool isPaused() const { return m_parts.session.isPaused(); }
    /// Null before the first is loaded.
    const std::shared_ptr<const LoadedDataset>& dataset() const { return m_dataset; }
    QString datasetId() const;
    const CurrentRun& run() const { return m_run; }
    /// Null where there is none that can be read.
    std::shared_ptr<const TrainedModel> model() const { return m_parts.model.get(); }
    /// Of run().
    const TrainingReports& reports() const { return m_reports; }

    /// Nothing is trained or loaded, and there is a data set.
    bool canStart() const;
    bool canResume() const { return canStart() && m_run.continuation == Continuation::Resume; }
    bool canExtend() const { return canStart() && m_run.continuation == Continuation::Extend; }

    // Exactly one of finished(), failed() and cancelled() follows each that returns true:
    bool start(TrainingRequest request);
    bool resume(ResumeRequest request);
    /// The current run, by so many epochs.
    bool extend(int epochs, const ComputeRequest& compute);
    /// What has failed() last: from the checkpoint that it has left, else from the beginning.
    bool retry(const ComputeRequest& compute);

    bool pause();
    bool unpause();
    /// One batch, while paused.
    bool step();
    /// Also a training that is being prepared.
    bool stop();
    /// Ends a fine-tuning within a batch or so, and gives up its comparison.
    void stopFineTuning();
    /// See TrainingSession, also for the two below.
    void setLearningRate(double rate) { m_parts.session.setLearningRate(rate); }
    void requestSnapshot() { m_parts.session.requestSnapshot(); }
    void setFollowing(QObject* follower, bool isFollowing);

    /// datasetChanged() or datasetFailed() follows, unless another request comes first.
    bool chooseDataset(const QString& nameOrFolder);
    /// runOpened() or runFailed() follows, unless another request comes first.
    bool openRun(const QString& folder);

Q_SIGNALS:
    void stateChanged(core::TrainingController::State state);
    void datasetChanged();
    /// The current one stays.
    void datasetFailed(const QString& nameOrFolder, const engine::Error& error);
    /// run() is another, or can be continued in another way.
    void runChanged();
    /// A stored run is the current one, with its data set and its reports. `isRequested`: not only as
    /// the newest of a data set.
    void runOpened(std::shared_ptr<const core::StoredRun> run, bool isRequested);
    /// `dataset`: that of the run if it could not be loaded, otherwise empty.
    void runFailed(const engine::Error& error, const QString& dataset);
    /// The run that is trained has its folder.
    void runStarted(const engine::TrainingConfig& config);
    void finished(const core::TrainingResult& result);
    void failed(const core::TrainingFailure& failure);
    /// By stop(), before the training has begun.
    void cancelled();

private:
    using Request = std::variant<TrainingRequest, ResumeRequest>;
    enum class Step { None, Devices, Data };

    void connectSession();
    bool prepare(Request request);
    void prepareDevice();
    void prepareData();
    void begin();
    void beginResume(const ResumeRequest& request);
    bool isPreparingData() const { return m_step == Step::Data; }
    void setStep(Step step);
    void fail(TrainingFailure failure);
    void onDatasetLoaded(std::shared_ptr<const LoadedDataset> dataset);
    void onDatasetFailed(const QString& nameOrFolder, const engine::Error& error);
    void onRunOpened(const std::shared_ptr<const StoredRun>& run, RunOpener::Reason reason);
    void onRunFailed(const engine::Error& error, const QString& dataset);
    void onFinished(const TrainingResult& result);
    void onFailed(const engine::Error& error, const QString& resumableRun);
    void onDeleted(const std::vector<RunInfo>& runs);
    void setRun(CurrentRun run);
    /// The current run, its reports and its model are gone; the newest of the data set comes.
    void leaveRun();

    Parts m_parts;
    RunOpener m_opener;
    TrainingReports m_reports;
    std::shared_ptr<const LoadedDataset> m_dataset;
    CurrentRun m_run;
    Step m_step = Step::None; ///< of Preparing
    State m_reportedState = State::Idle;
    Request m_request;       ///< the newest
    engine::Device m_device; ///< of the newest training
    CurrentRun m_runBefore;  ///< that training
    std::optional<TrainingFailure> m_failure;
};

} // namespace core
