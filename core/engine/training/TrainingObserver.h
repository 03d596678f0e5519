// What training tells while it runs. Plain numbers only: whoever listens may pass them on to any thread.
#pragma once

#include "engine/evaluation/Evaluation.h"
#include "engine/model/ModelSnapshot.h"
#include "engine/training/TrainingConfig.h"

namespace engine
{

struct TrainingPlan {
    TrainingConfig config;
    TinyVggOptions model;
    std::size_t trainSize = 0;
    std::size_t testSize = 0;
    int batchesPerEpoch = 0;
};

struct BatchReport {
    int epoch = 0;           ///< from 1
    int batch = 0;           ///< from 1, within the epoch
    int sampleCount = 0;     ///< images in this batch
    int correctCount = 0;    ///< of them classified rightly, before the step that this batch caused
    float loss = 0;          ///< mean cross-entropy in nats
    double trainSeconds = 0; ///< since training began, without the time that test passes took
};

struct EpochReport {
    int epoch = 0;        ///< from 1
    double trainLoss = 0; ///< mean over all images of the epoch, each with the weights of its moment
    std::size_t trainCorrect = 0;
    std::size_t trainTotal = 0;
    double testLoss = 0; ///< mean over the test split, with the weights at the epoch's end
    std::size_t testCorrect = 0;
    std::size_t testTotal = 0;
    double trainSeconds = 0; ///< this epoch's training alone
    double testSeconds = 0;  ///< this epoch's test pass
};

/// Called on the thread that trains, which waits meanwhile: be quick.
class TrainingObserver
{
public:
    virtual ~TrainingObserver() = default;
    virtual void trainingStarted(const TrainingPlan&) {}
    virtual void batchFinished(const BatchReport&) {}
    virtual void testPassStarted(int /*epoch*/) {}
    /// After the test pass of every epoch. A failure, such as a disk that is full, ends the training.
    virtual Result<void> epochFinished(const EpochReport&, const ModelSnapshot&) { return {}; }
    /// The answer to TrainingControl::requestSnapshot().
    virtual void snapshotTaken(const ModelSnapshot&) {}
};

} // namespace engine
