// Metrics and state of a training run.
#pragma once

#include "engine/training/OptimizerState.h"
#include "engine/training/TrainingConfig.h"

namespace engine
{

struct BatchReport {
    int epoch = 0;           ///< from 1
    int batch = 0;           ///< from 1, within the epoch
    int sampleCount = 0;     ///< images in this batch
    int correctCount = 0;    ///< correct predictions among them, before this batch's step
    float loss = 0;          ///< mean cross-entropy in nats
    double trainSeconds = 0; ///< since training started, without test passes and pauses
    float learningRate = 0;  ///< of the step
};

struct EpochReport {
    int epoch = 0;        ///< from 1
    double trainLoss = 0; ///< mean over all images of the epoch, each with the weights at that time
    std::size_t trainCorrect = 0;
    std::size_t trainTotal = 0;
    double testLoss = 0; ///< mean over the test split, with the weights at the end of the epoch
    std::size_t testCorrect = 0;
    std::size_t testTotal = 0;
    double trainSeconds = 0;   ///< training time of this epoch
    double testSeconds = 0;    ///< time of this epoch's validation and test passes
    double validationLoss = 0; ///< as testLoss, over the validation images
    std::size_t validationCorrect = 0;
    std::size_t validationTotal = 0; ///< 0 without a validation split
};

/// The complete state of a run, from which it can be resumed exactly.
struct TrainingState {
    TrainingConfig config;
    NetworkSpec model;
    int epoch = 1;                 ///< current epoch, from 1; config.epochs + 1 when all are done
    int batchesDone = 0;           ///< batches done in this epoch
    std::size_t trainSize = 0;     ///< training images, to detect changed data; 0 before the first state
    std::vector<float> parameters; ///< including buffers: the flat array of ParameterLayout.h
    OptimizerState optimizer;
    double learningRateFactor = 1;      ///< the user's change during the run
    bool isLearningRateChanged = false; ///< during the run, even if it was reset since
    int scheduleEpoch = 1;              ///< first epoch of the schedule; epochs added later have their own
    std::vector<EpochReport> epochs;    ///< finished epochs
    std::vector<BatchReport> batches;   ///< all batches of the run
    int patienceEpoch = 0;              ///< early stopping counts from here, so that added epochs are trained
    int bestEpoch = 0; ///< by validation loss, or test accuracy without validation; 0 before the first
    std::vector<float> bestParameters;
};

/// The metric has not improved for `patience` epochs.
bool isPatienceExhausted(const TrainingState& state);
/// All planned epochs are done, or early stopping has ended the run.
bool isEnded(const TrainingState& state);
/// The parameters of the resulting model: those of the best epoch if the run ended with early stopping.
const std::vector<float>& keptParameters(const TrainingState& state);
/// The learning rate that the user set during the run, replacing the configured one; not set if never
/// changed.
std::optional<double> changedLearningRate(const TrainingState& state);

} // namespace engine
