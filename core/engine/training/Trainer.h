// The training loop. It knows no window and starts no thread: call it from wherever it may take its time.
//
//     engine::TrainingControl control;
//     auto outcome = engine::runTraining(config, splits, control, observer);
#pragma once

#include "engine/data/Dataset.h"
#include "engine/training/TrainingControl.h"
#include "engine/training/TrainingObserver.h"

namespace engine
{

struct TrainingOutcome {
    ModelSnapshot model;
    std::vector<EpochReport> epochs; ///< those that were finished
    bool isStopped = false;          ///< true when a stop request came first
    std::optional<Evaluation>
        evaluation; ///< of `model` on the test split; nothing where stopped within an epoch
};

/// Trains a new TinyVGG by `config` and tests it after every epoch. Same configuration, data, device and
/// thread count: same weights. Errors: BadValue for the configuration, an empty split or splits of different
/// images, OutOfMemory, DeviceUnavailable, Internal, and whatever the observer's epochFinished returns.
Result<TrainingOutcome> runTraining(const TrainingConfig& config, const DatasetSplits& data,
                                    TrainingControl& control, TrainingObserver& observer);

} // namespace engine
