// The training loop. It is independent of any window and runs on the calling thread; only computing uses
// further threads. Call it off the GUI thread.
//
//     engine::TrainingControl control;
//     auto outcome = engine::runTraining(config, splits, control, observer);
#pragma once

#include "engine/data/Dataset.h"
#include "engine/training/TrainingBackend.h"
#include "engine/training/TrainingControl.h"
#include "engine/training/TrainingObserver.h"

namespace engine
{

struct TrainingOutcome {
    ModelSnapshot model;
    std::vector<EpochReport> epochs; ///< finished epochs
    bool isStopped = false;          ///< ended by a stop request
    std::optional<Evaluation>
        evaluation;            ///< of `model` on the test split; not set if stopped within an epoch
    bool isEndedEarly = false; ///< ended by early stopping
    std::optional<int> restoredEpoch = std::nullopt; ///< epoch of `model`'s weights, if not the latest
};

/// Trains a new network with `config` and evaluates it after every epoch. The same configuration, data and
/// device give the same weights; on the CPU, for any number of threads. Errors: BadValue for the
/// configuration (it must not name a starting model), an empty split or splits with different image shapes or
/// classes; OutOfMemory, DeviceUnavailable, Internal, and any error of the observer.
Result<TrainingOutcome> runTraining(const TrainingConfig& config, const DatasetSplits& data,
                                    TrainingControl& control, TrainingObserver& observer,
                                    const TrainingBackendFactory& makeBackend = makeTrainingBackend);

/// Fine-tuning: the same, starting from the weights of `start` instead of random ones. `config.startedFrom`
/// must describe them, and `config` must have the network of `start`. Further BadValue: if it does not, or if
/// the image shape or classes of `data` differ from those of `start`.
Result<TrainingOutcome> fineTune(const ModelSnapshot& start, const TrainingConfig& config,
                                 const DatasetSplits& data, TrainingControl& control,
                                 TrainingObserver& observer,
                                 const TrainingBackendFactory& makeBackend = makeTrainingBackend);

/// Resumes from a state passed to stateReached(). The result is bit-identical to an uninterrupted run. Uses
/// the state's configuration, of which `device`, `threads` and `epochs` (see withEpochs()) may be changed; on
/// another device the weights go on from the same bits, but are rounded differently from then on.
Result<TrainingOutcome> resumeTraining(TrainingState state, const DatasetSplits& data,
                                       TrainingControl& control, TrainingObserver& observer,
                                       const TrainingBackendFactory& makeBackend = makeTrainingBackend);

/// The plan that resumeTraining() would report.
TrainingPlan planOf(const TrainingState& state, const DatasetSplits& data);

/// Changes the state so that resumeTraining() trains until `total` epochs are done. `total` must be above
/// state.epoch - 1, and may be below or above the planned number. If the run has ended, the schedule restarts
/// for the added epochs, and early stopping ignores earlier ones.
TrainingState withEpochs(TrainingState state, int total);
/// Adds `count` epochs to those planned or, if the run has ended, to those trained.
TrainingState withMoreEpochs(TrainingState state, int count);

} // namespace engine
