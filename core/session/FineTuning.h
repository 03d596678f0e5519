// Fine-tunes a model on the user's kept digits and measures accuracy before and after.
//
//   1. start() passes the model's weights to the TrainingSession, which trains them as a new run
//   2. when that has ended or was stopped, both models are evaluated on the test images of the kept digits,
//      which were not trained on, and of the model's first data set
//   3. compared() reports the results
#pragma once

#include "core/evaluation/ModelComparison.h"
#include "core/session/CurrentModel.h"
#include "core/session/TrainingSession.h"

namespace core
{

/// With fewer digits the measured gain would be meaningless.
inline constexpr int kFewestDigitsForFineTuning = 10;

/// The description of `model` for the record of a run that starts from it.
engine::StartingModel startingModelOf(const TrainedModel& model);
/// The configuration for a run that starts from `model`: with its network and its description.
engine::TrainingConfig startingFrom(const TrainedModel& model, engine::TrainingConfig recipe);
/// The data sets to compare on: `trainedOn`, and the first data set of `model` if it is on this computer.
QStringList datasetsToCompareOn(const TrainedModel& model, const QString& trainedOn,
                                const DatasetCatalog& catalog);

struct FineTuningResult {
    QString runFolder;             ///< folder of the new run
    std::vector<ComparedSet> sets; ///< the kept digits first
    QString unknownLoss; ///< the data set that is missing, so accuracy on it is unknown; otherwise empty
    int epochs = 0;      ///< finished epochs
    bool isStopped = false;
};

class FineTuning : public QObject
{
    Q_OBJECT
public:
    enum class State { Idle, Training, Comparing };

    FineTuning(TrainingSession& session, std::shared_ptr<const DatasetCatalog> catalog,
               QObject* parent = nullptr);

    State state() const { return m_state; }
    /// With the training images of `data`; `folder` as for TrainingSession::start(). Does nothing while a
    /// training is active.
    void start(std::shared_ptr<const TrainedModel> model, const engine::TrainingConfig& config,
               const engine::DatasetSplits& data, const QString& folder = {});
    /// Ends the training within a batch or so, and gives up the comparison.
    void stop();

Q_SIGNALS:
    void stateChanged(core::FineTuning::State state);
    void compared(const core::FineTuningResult& result);
    /// Failure of the comparison; the session reports its own failures.
    void failed(const engine::Error& error);

private:
    void onTrained(const TrainingResult& result);
    void setState(State state);

    TrainingSession& m_session;
    std::shared_ptr<const DatasetCatalog> m_catalog;
    ModelComparison m_comparison;
    std::shared_ptr<const TrainedModel> m_before;
    QString m_trainedOn;
    FineTuningResult m_result; ///< being assembled
    State m_state = State::Idle;
};

} // namespace core
