// The training loop. It knows no window and starts no thread of its own but those that compute with it: call
// it from wherever it may take its time.
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
    std::vector<EpochReport> epochs; ///< those that were finished
    bool isStopped = false;          ///< true when a stop request came first
    std::optional<Evaluation>
        evaluation;            ///< of `model` on the test split; nothing where stopped within an epoch
    bool isEndedEarly = false; ///< by early stopping
    std::optional<int> restoredEpoch =
        std::nullopt; ///< whose weights `model` has, where they are not the newest
};

/// Trains a new network by `config` and tests it after every epoch. Same configuration, data and device: same
/// weights, on the CPU whatever the number of threads. Errors: BadValue for the configuration (which names no
/// starting model), an empty split or splits of different images, OutOfMemory, DeviceUnavailable, Internal,
/// and whatever the observer returns.
Result<TrainingOutcome> runTraining(const TrainingConfig& config, const DatasetSplits& data,
                                    TrainingControl& control, TrainingObserver& observer,
                                    const TrainingBackendFactory& makeBackend = makeTrainingBackend);

/// The same from the weights of `start` in place of random ones: fine-tuning on other data. `config`
/// says in `startedFrom` what they are, and has the network of `start`. BadValue too
/// where it does not, and where `data` has other classes or images of another size.
Result<TrainingOutcome> fineTune(const ModelSnapshot& start, const TrainingConfig& config,
                                 const DatasetSplits& data, TrainingControl& control,
                                 TrainingObserver& observer,
                                 const TrainingBackendFactory& makeBackend = makeTrainingBackend);

/// Goes on from a state that stateReached() was told, to the same bits that the training would have come to.
/// Its configuration decides; `device` and `threads` may be others, and `epochs` (see withEpochs()).
Result<TrainingOutcome> resumeTraining(TrainingState state, const DatasetSplits& data,
                                       TrainingControl& control, TrainingObserver& observer,
                                       const TrainingBackendFactory& makeBackend = makeTrainingBackend);

/// What resumeTraining() would announce.
TrainingPlan planOf(const TrainingState& state, const DatasetSplits& data);

/// So that resumeTraining() trains until `total` epochs are done: more than state.epoch - 1, and fewer or
/// more than were planned. Where the training has ended, the schedule begins again for those that are added,
/// and early stopping lets them be.
TrainingState withEpochs(TrainingState state, int total);
/// The same for `count` more: than were planned, or, where the training has ended, than were trained.
TrainingState withMoreEpochs(TrainingState state, int count);

} // namespace engine
