// Configuration of a training run: everything that determines the result, and the device.
#pragma once

#include "engine/data/AffineAugmentation.h"
#include "engine/device/Device.h"
#include "engine/network/NetworkFamilies.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace engine
{

enum class OptimizerKind {
    Sgd,         ///< p ← p − lr · g
    SgdMomentum, ///< b ← momentum · b + g; p ← p − lr · b
    AdamW, ///< I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", ICLR 2019; β .9 and .999, ε
           ///< 1e-8
};

enum class Schedule {
    Constant,
    Step,     ///< the rate times `stepFactor` after every `stepEpochs` epochs
    OneCycle, ///< rises linearly from 1/25 of the rate over the first fifth of all batches, then falls
              ///< linearly to 0
};

/// The model that fine-tuning starts from. All empty if the initial weights are random.
struct StartingModel {
    std::string name;         ///< shown to the user: "run 7"
    std::string recipe;       ///< shown to the user: "Robust"; empty if unknown
    std::string datasetId;    ///< its first data set, even after further fine-tuning; or empty
    std::string datasetTitle; ///< "MNIST"; or empty
    static constexpr std::size_t kLongestText = 4096; ///< bytes; a data set's id may be a path

    bool isNone() const { return name.empty(); }
    bool operator==(const StartingModel&) const = default;
};

/// The defaults are the course notebook's recipe ("Notebook" preset): shuffled batches of 32, cross-entropy,
/// SGD with learning rate 0.1 and no momentum, 3 epochs, seed 42, a TinyVGG of 10 hidden units with 3 × 3
/// kernels. Ranges: TrainingConfigRanges.h.
struct TrainingConfig {
    int epochs = 3;
    int batchSize = 32; ///< the last batch of an epoch may be smaller
    OptimizerKind optimizer = OptimizerKind::Sgd;
    double learningRate = 0.1; ///< the maximum of a schedule
    double momentum = 0.9;     ///< used by SgdMomentum only
    double weightDecay = 0;    ///< added to the gradient (SGD) or decoupled from it (AdamW)
    double labelSmoothing = 0; ///< fraction of the target spread evenly over all classes
    Schedule schedule = Schedule::Constant;
    int stepEpochs = 1;
    double stepFactor = 0.5;
    Augmentation augmentation = Augmentation::None;
    double validationShare = 0; ///< fraction of each class's training images that is held back
    int patience = 0; ///< epochs without a lower validation loss, after which training ends and the best
                      ///< epoch's weights are restored; 0 disables early stopping
    std::uint64_t seed = 42; ///< for initial weights, batch order and everything else that is random
    NetworkChoice network;
    std::uint64_t sampleLimit = 0; ///< train on the first N images only; 0 means all
    StartingModel startedFrom;     ///< set for fineTune() only

    Device device;
    int threads = 0; ///< CPU threads; 0 means defaultThreadCount()

    bool operator==(const TrainingConfig&) const = default;
};

/// BadValue if a field is out of range; names the field, its range and the value.
Result<void> validate(const TrainingConfig& config);

/// Learning rate of step `step` (from 0) of `stepCount`, with `stepsPerEpoch` steps per epoch.
double learningRateAt(const TrainingConfig& config, std::int64_t step, std::int64_t stepCount,
                      std::int64_t stepsPerEpoch);

enum class Preset { Notebook, Fast, Robust, Custom };

/// Applies a preset's recipe; keeps device, threads, seed and sample limit. Custom changes nothing.
TrainingConfig withPreset(TrainingConfig config, Preset preset);
/// For few images of one person's handwriting, starting from a trained model: a low learning rate, so that
/// the model keeps what it learned, and handwriting augmentation. Keeps what withPreset() keeps, and the
/// network.
TrainingConfig fineTuningRecipe(TrainingConfig config);
/// Custom if any field that determines the result differs from all presets; ignores seed and sample limit.
Preset presetOf(const TrainingConfig& config);
/// "Notebook · 3 epochs · batch size 32 · SGD, learning rate 0.1 · seed 42"; lists further fields that differ
/// from their defaults. Includes a learning rate changed during the run; the preset is then Custom.
std::string describe(const TrainingConfig& config, std::optional<double> changedLearningRate = {});
/// "Notebook", "Fast", "Robust", "Custom".
const char* presetName(Preset preset);

/// As the command line and files spell them: "sgd", "momentum", "adamw"; "constant", "step", "one-cycle";
/// "none", "affine", "handwriting".
const char* nameOf(OptimizerKind optimizer);
const char* nameOf(Schedule schedule);
std::optional<OptimizerKind> optimizerNamed(std::string_view name);
std::optional<Schedule> scheduleNamed(std::string_view name);

} // namespace engine
