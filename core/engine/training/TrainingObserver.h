// What training tells while it runs. Plain numbers only: whoever listens may pass them on to any thread.
#pragma once

#include "engine/evaluation/Evaluation.h"
#include "engine/model/ModelSnapshot.h"
#include "engine/training/TrainingState.h"

namespace engine
{

struct TrainingPlan {
    TrainingConfig config;
    double learningRateFactor = 1; ///< what the user had changed before a training went on
    TinyVggOptions model;
    std::size_t trainSize = 0;
    std::size_t validationSize = 0;
    std::size_t testSize = 0;
    int batchesPerEpoch = 0;
};

/// Called on the thread that trains, which waits meanwhile: be quick.
class TrainingObserver
{
public:
    virtual ~TrainingObserver() = default;
    virtual void trainingStarted(const TrainingPlan&) {}
    virtual void batchFinished(const BatchReport&) {}
    virtual void testPassStarted(int /*epoch*/) {}
    /// After the test pass of every epoch, with what it found. A failure, such as a disk that is full, ends
    /// the training.
    virtual Result<void> epochFinished(const EpochReport&, const ModelSnapshot&, const Evaluation& /*test*/)
    {
        return {};
    }
    /// Worth keeping: after every epoch, when paused or stopped, and from time to time in long epochs. A
    /// failure ends the training.
    virtual Result<void> stateReached(const TrainingState&) { return {}; }
    virtual void paused() {}
    virtual void unpaused() {}
    /// The answer to TrainingControl::requestSnapshot().
    virtual void snapshotTaken(const ModelSnapshot&) {}
};

} // namespace engine
