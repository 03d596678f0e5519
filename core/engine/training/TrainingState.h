// The figures of a training, and where it is.
#pragma once

#include "engine/training/OptimizerState.h"
#include "engine/training/TrainingConfig.h"

namespace engine
{

struct BatchReport {
    int epoch = 0;           ///< from 1
    int batch = 0;           ///< from 1, within the epoch
    int sampleCount = 0;     ///< images in this batch
    int correctCount = 0;    ///< of them classified rightly, before the step that this batch caused
    float loss = 0;          ///< mean cross-entropy in nats
    double trainSeconds = 0; ///< since training began, without the time that test passes and pauses took
    float learningRate = 0;  ///< of the step
};

struct EpochReport {
    int epoch = 0;        ///< from 1
    double trainLoss = 0; ///< mean over all images of the epoch, each with the weights of its moment
    std::size_t trainCorrect = 0;
    std::size_t trainTotal = 0;
    double testLoss = 0; ///< mean over the test split, with the weights at the epoch's end
    std::size_t testCorrect = 0;
    std::size_t testTotal = 0;
    double trainSeconds = 0;   ///< this epoch's training alone
    double testSeconds = 0;    ///< this epoch's passes over the validation and the test split
    double validationLoss = 0; ///< as testLoss, over the images held back
    std::size_t validationCorrect = 0;
    std::size_t validationTotal = 0; ///< 0 where none are held back
};

/// Where a training is: all that it needs to go on as if it had never been interrupted.
struct TrainingState {
    TrainingConfig config;
    NetworkSpec model;
    int epoch = 1;       ///< under way, from 1; config.epochs + 1 where all are done
    int batchesDone = 0; ///< of this epoch
    std::size_t trainSize =
        0; ///< images to train on; to tell data that has changed. 0 before the first state
    std::vector<float> parameters; ///< with the buffers behind them: the flat array of ParameterLayout.h
    OptimizerState optimizer;
    double learningRateFactor = 1;      ///< what the user has changed in mid-run
    bool isLearningRateChanged = false; ///< in mid-run, even if it was set back since
    int scheduleEpoch = 1;            ///< where the schedule begins: epochs added later have one of their own
    std::vector<EpochReport> epochs;  ///< those that are finished
    std::vector<BatchReport> batches; ///< all since the first
    int patienceEpoch = 0; ///< early stopping counts from here: epochs that were asked for later are trained
    int bestEpoch = 0; ///< by validation loss, or test accuracy where none is held back; 0 before the first
    std::vector<float> bestParameters;
};

/// So many epochs as the configuration's patience have brought nothing better.
bool isPatienceExhausted(const TrainingState& state);
/// All that was planned is done, or early stopping has ended it.
bool isEnded(const TrainingState& state);
/// Of the model that the training has come to: once it has ended with early stopping, the best epoch's.
const std::vector<float>& keptParameters(const TrainingState& state);
/// The learning rate that the user has set in mid-run, in place of the configuration's; nothing where it
/// never was.
std::optional<double> changedLearningRate(const TrainingState& state);

} // namespace engine
