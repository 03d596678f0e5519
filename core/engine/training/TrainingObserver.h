// Reports of a running training. Plain values only, which may be passed to any thread.
#pragma once

#include "engine/evaluation/Evaluation.h"
#include "engine/network/ModelSnapshot.h"
#include "engine/training/TrainingState.h"

namespace engine
{

struct TrainingPlan {
    TrainingConfig config;
    double learningRateFactor = 1; ///< a user's change before the run was resumed
    NetworkSpec model;
    std::size_t trainSize = 0;
    std::size_t validationSize = 0;
    std::size_t testSize = 0;
    int batchesPerEpoch = 0;
};

/// Called on the training thread, which waits meanwhile; must return quickly.
class TrainingObserver
{
public:
    virtual ~TrainingObserver() = default;
    virtual void trainingStarted(const TrainingPlan&) {}
    virtual void batchFinished(const BatchReport&) {}
    virtual void testPassStarted(int /*epoch*/) {}
    /// After the test pass of every epoch, with its results. A failure, such as a full disk, ends the
    /// training.
    virtual Result<void> epochFinished(const EpochReport&, const ModelSnapshot&, const Evaluation& /*test*/)
    {
        return {};
    }
    /// A state worth saving: after every epoch, when paused or stopped, and periodically in long epochs. A
    /// failure ends the training.
    virtual Result<void> stateReached(const TrainingState&) { return {}; }
    virtual void paused() {}
    virtual void unpaused() {}
    /// The response to TrainingControl::requestSnapshot().
    virtual void snapshotTaken(const ModelSnapshot&) {}
};

} // namespace engine
