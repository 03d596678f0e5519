#include "engine/training/TrainingConfig.h"

#include "engine/CheckRange.h"
#include "engine/training/TrainingConfigRanges.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace engine
{
namespace
{

constexpr std::array kOptimizerNames = {"sgd", "momentum", "adamw"};
constexpr std::array kScheduleNames = {"constant", "step", "one-cycle"};

template<typename Enum, std::size_t N>
std::optional<Enum> valueNamed(const std::array<const char*, N>& names, std::string_view name)
{
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? std::nullopt : std::optional(static_cast<Enum>(found - names.begin()));
}

Result<void> checkStartingModel(const StartingModel& model)
{
    for (const std::string& text : {model.name, model.recipe, model.datasetId, model.datasetTitle}) {
        if (text.size() > StartingModel::kLongestText) {
            return failure(ErrorCode::BadValue, "Starting model: expected texts of at most " +
                                                    std::to_string(StartingModel::kLongestText) +
                                                    " bytes; found " + std::to_string(text.size()) + ".");
        }
    }
    return {};
}

} // namespace

Result<void> validate(const TrainingConfig& config)
{
    if (config.patience > 0 && config.validationShare == 0) {
        return failure(ErrorCode::BadValue,
                       "Patience: early stopping needs validation images to judge by; expected a "
                       "validation share above 0, found 0.");
    }
    return validate(config.network)
        .and_then([&] { return checkRange(ranges::kLearningRate, config.learningRate); })
        .and_then([&] { return checkRange(ranges::kEpochs, config.epochs); })
        .and_then([&] { return checkRange(ranges::kBatchSize, config.batchSize); })
        .and_then([&] { return checkRange(ranges::kMomentum, config.momentum); })
        .and_then([&] { return checkRange(ranges::kWeightDecay, config.weightDecay); })
        .and_then([&] { return checkRange(ranges::kLabelSmoothing, config.labelSmoothing); })
        .and_then([&] { return checkRange(ranges::kStepEpochs, config.stepEpochs); })
        .and_then([&] { return checkRange(ranges::kStepFactor, config.stepFactor); })
        .and_then([&] { return checkRange(ranges::kValidationShare, config.validationShare); })
        .and_then([&] { return checkRange(ranges::kPatience, config.patience); })
        .and_then([&] { return checkRange(ranges::kThreads, config.threads); })
        .and_then([&] { return checkStartingModel(config.startedFrom); });
}

double learningRateAt(const TrainingConfig& config, std::int64_t step, std::int64_t stepCount,
                      std::int64_t stepsPerEpoch)
{
    switch (config.schedule) {
    case Schedule::Constant:
        break;
    case Schedule::Step: {
        const std::int64_t changes = step / stepsPerEpoch / config.stepEpochs;
        return config.learningRate * std::pow(config.stepFactor, static_cast<double>(changes));
    }
    case Schedule::OneCycle: {
        constexpr double kWarmUpShare = 0.2;
        constexpr double kFirstFactor = 1.0 / 25;
        const double warmUp = kWarmUpShare * static_cast<double>(stepCount);
        const double position = static_cast<double>(step) + 0.5;
        if (position < warmUp)
            return config.learningRate * (kFirstFactor + (1 - kFirstFactor) * position / warmUp);
        return config.learningRate *
               std::max(0.0, 1 - (position - warmUp) / (static_cast<double>(stepCount) - warmUp));
    }
    }
    return config.learningRate;
}

TrainingConfig withPreset(TrainingConfig config, Preset preset)
{
    if (preset == Preset::Custom)
        return config;
    TrainingConfig recipe;
    recipe.seed = config.seed;
    recipe.sampleLimit = config.sampleLimit;
    recipe.device = config.device;
    recipe.threads = config.threads;
    if (preset == Preset::Fast) {
        recipe.epochs = 2;
        recipe.optimizer = OptimizerKind::AdamW;
        recipe.learningRate = 0.01;
        recipe.schedule = Schedule::OneCycle;
    }
    if (preset == Preset::Robust) {
        recipe.epochs = 8;
        recipe.optimizer = OptimizerKind::AdamW;
        recipe.learningRate = 0.01;
        recipe.schedule = Schedule::OneCycle;
        recipe.augmentation = Augmentation::Handwriting;
        recipe.network.tinyVgg.hiddenUnits = {16};
    }
    return recipe;
}

TrainingConfig fineTuningRecipe(TrainingConfig config)
{
    TrainingConfig recipe = withPreset(config, Preset::Notebook);
    recipe.network = config.network;
    recipe.epochs = 10;
    recipe.batchSize = 8;
    recipe.learningRate = 0.01;
    recipe.augmentation = Augmentation::Handwriting;
    return recipe;
}

Preset presetOf(const TrainingConfig& config)
{
    for (const Preset preset : {Preset::Notebook, Preset::Fast, Preset::Robust}) {
        if (withPreset(config, preset) == config)
            return preset;
    }
    return Preset::Custom;
}

std::string describe(const TrainingConfig& config, std::optional<double> changedLearningRate)
{
    std::string text = presetName(changedLearningRate ? Preset::Custom : presetOf(config));
    const auto add = [&](const std::string& part) { text += " · " + part; };
    if (const StartingModel& start = config.startedFrom; !start.isNone()) {
        text = "Fine-tuned from " + start.name;
        const std::string on = start.datasetTitle.empty() ? "" : " on " + start.datasetTitle;
        if (!start.recipe.empty())
            text += " (" + start.recipe + on + ")";
    }
    if (config.network != NetworkChoice{} && presetOf(config) == Preset::Custom)
        add(describe(config.network));
    add(std::to_string(config.epochs) + (config.epochs == 1 ? " epoch" : " epochs"));
    add("batch size " + std::to_string(config.batchSize));
    const std::string optimizer = config.optimizer == OptimizerKind::AdamW ? "AdamW"
                                  : config.optimizer == OptimizerKind::Sgd
                                      ? "SGD"
                                      : "SGD with momentum " + numberText(config.momentum);
    add(optimizer + ", learning rate " + numberText(config.learningRate) +
        (changedLearningRate ? ", changed to " + numberText(*changedLearningRate) : ""));
    if (config.schedule == Schedule::OneCycle)
        add("one cycle");
    if (config.schedule == Schedule::Step)
        add("× " + numberText(config.stepFactor) +
            (config.stepEpochs == 1 ? " every epoch"
                                    : " every " + std::to_string(config.stepEpochs) + " epochs"));
    if (config.weightDecay > 0)
        add("weight decay " + numberText(config.weightDecay));
    if (config.labelSmoothing > 0)
        add("label smoothing " + numberText(config.labelSmoothing));
    if (config.augmentation == Augmentation::Affine)
        add("affine augmentation");
    if (config.augmentation == Augmentation::Handwriting)
        add("handwriting augmentation");
    if (config.validationShare > 0)
        add(numberText(std::round(1e4 * config.validationShare) / 1e2) + " % for validation");
    if (config.patience > 0)
        add("patience " + std::to_string(config.patience));
    add("seed " + std::to_string(config.seed));
    return text;
}

const char* presetName(Preset preset)
{
    constexpr std::array kNames = {"Notebook", "Fast", "Robust", "Custom"};
    return kNames[static_cast<std::size_t>(preset)];
}

const char* nameOf(OptimizerKind optimizer)
{
    return kOptimizerNames[static_cast<std::size_t>(optimizer)];
}

const char* nameOf(Schedule schedule)
{
    return kScheduleNames[static_cast<std::size_t>(schedule)];
}

std::optional<OptimizerKind> optimizerNamed(std::string_view name)
{
    return valueNamed<OptimizerKind>(kOptimizerNames, name);
}

std::optional<Schedule> scheduleNamed(std::string_view name)
{
    return valueNamed<Schedule>(kScheduleNames, name);
}

} // namespace engine
