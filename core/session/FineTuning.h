// Trains a model on with the digits that somebody has kept, and measures what that has gained and cost.
//
//   1. start() hands the model's weights to the TrainingSession, which makes a run of its own of it
//   2. when that has ended, also where it was stopped, both models are evaluated on the test images of the
//   kept
//      digits, which were not trained on, and of what the model had learnt first
//   3. compared() has the numbers
#pragma once

#include "core/evaluation/ModelComparison.h"
#include "core/session/CurrentModel.h"
#include "core/session/TrainingSession.h"

namespace core
{

/// Fewer say nothing of what was gained.
inline constexpr int kFewestDigitsForFineTuning = 10;

/// What the record of a training from `model` is to say of it.
engine::StartingModel startingModelOf(const TrainedModel& model);
/// The recipe for a training that begins with the weights of `model`: of its shape, and saying so.
engine::TrainingConfig startingFrom(const TrainedModel& model, engine::TrainingConfig recipe);
/// Where gain and loss show: `trainedOn`, and what `model` had learnt first, as far as that is on this
/// computer.
QStringList datasetsToCompareOn(const TrainedModel& model, const QString& trainedOn,
                                const DatasetCatalog& catalog);

struct FineTuningResult {
    QString runFolder;             ///< of the new run
    std::vector<ComparedSet> sets; ///< the kept digits first
    QString unknownLoss;           ///< the data set on which the loss cannot be measured; else empty
    int epochs = 0;                ///< that were finished
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
    /// The comparison alone; the session tells of its own failures.
    void failed(const engine::Error& error);

private:
    void onTrained(const TrainingResult& result);
    void setState(State state);

    TrainingSession& m_session;
    std::shared_ptr<const DatasetCatalog> m_catalog;
    ModelComparison m_comparison;
    std::shared_ptr<const TrainedModel> m_before;
    QString m_trainedOn;
    FineTuningResult m_result; ///< that is being made
    State m_state = State::Idle;
};

} // namespace core
