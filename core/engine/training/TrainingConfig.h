// What is to be trained and how: everything that decides the result, and where it is computed.
#pragma once

#include "engine/device/Device.h"
#include "engine/model/TinyVggOptions.h"

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

enum class Augmentation {
    None,
    Affine,      ///< every image anew: turned, sized, sheared and shifted, as far as rangesOf() says
    Handwriting, ///< likewise, as hands differ: leaning, but hardly turned
};

/// The model whose weights a training goes on from. All empty where the first weights are drawn by lot.
struct StartingModel {
    std::string name;         ///< for people: "run 7"
    std::string recipe;       ///< for people: "Robust"; empty where it is not known
    std::string datasetId;    ///< what it learnt first, however often it was trained on since; or empty
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
    double learningRate = 0.1; ///< the highest of a schedule
    double momentum = 0.9;     ///< of SgdMomentum alone
    double weightDecay = 0;    ///< added to the gradient (SGD) or decoupled from it (AdamW)
    double labelSmoothing = 0; ///< the share of the target that all classes get alike
    Schedule schedule = Schedule::Constant;
    int stepEpochs = 1;
    double stepFactor = 0.5;
    Augmentation augmentation = Augmentation::None;
    double validationShare = 0; ///< of the training images, the same share of every class, held back
    int patience = 0; ///< epochs without a lower validation loss, then the training ends and the best epoch's
                      ///< weights are restored; 0 is without early stopping
    std::uint64_t seed = 42; ///< of the first weights, the order of the batches and all else that is drawn
    int hiddenUnits = 10;    ///< as in TinyVggOptions
    int kernelSize = 3;      ///< as in TinyVggOptions
    std::uint64_t sampleLimit = 0; ///< train on the first N images only; 0 means all
    StartingModel startedFrom;     ///< set for fineTune() alone

    Device device;
    int threads = 0; ///< on the CPU; 0 means defaultThreadCount()

    bool operator==(const TrainingConfig&) const = default;
};

/// BadValue, naming the field, its range and what was found.
Result<void> validate(const TrainingConfig& config);

/// Of step `step` (from 0) of `stepCount`, `stepsPerEpoch` of them an epoch.
double learningRateAt(const TrainingConfig& config, std::int64_t step, std::int64_t stepCount,
                      std::int64_t stepsPerEpoch);

enum class Preset { Notebook, Fast, Robust, Custom };

/// The recipe of a preset; `config` keeps its device, threads, seed and sample limit. Custom changes nothing.
TrainingConfig withPreset(TrainingConfig config, Preset preset);
/// For a few images of one hand, from the weights of a model that reads others: short steps, so that what was
/// learnt stays, and every image anew as hands differ. `config` keeps what it keeps with a preset, and its
/// hidden units and kernel size.
TrainingConfig fineTuningRecipe(TrainingConfig config);
/// Custom where anything that decides the result is none of the presets'; seed and sample limit do not
/// matter.
Preset presetOf(const TrainingConfig& config);
/// "Notebook · 3 epochs · batch size 32 · SGD, learning rate 0.1 · seed 42": what is not at its default. With
/// the learning rate that was set in mid-run, if it was: then it is no preset's recipe any more.
std::string describe(const TrainingConfig& config, std::optional<double> changedLearningRate = {});
/// "Notebook", "Fast", "Robust", "Custom".
const char* presetName(Preset preset);

/// As the command line and files write them: "sgd", "momentum", "adamw"; "constant", "step", "one-cycle";
/// "none", "affine", "handwriting".
const char* nameOf(OptimizerKind optimizer);
const char* nameOf(Schedule schedule);
const char* nameOf(Augmentation augmentation);
std::optional<OptimizerKind> optimizerNamed(std::string_view name);
std::optional<Schedule> scheduleNamed(std::string_view name);
std::optional<Augmentation> augmentationNamed(std::string_view name);

} // namespace engine
