// The fields of a training configuration by name, shared by files and settings.
//
//     visitRecipe(config, [&](const char* name, auto& field) { … });   // int, double, uint64 or enum
#pragma once

#include "engine/training/TrainingConfig.h"

namespace engine
{

/// All fields except the network, device, threads and the starting model.
template<typename Config, typename Visit>
void visitRecipe(Config& config, const Visit& visit)
{
    visit("epochs", config.epochs);
    visit("batch_size", config.batchSize);
    visit("optimizer", config.optimizer);
    visit("learning_rate", config.learningRate);
    visit("momentum", config.momentum);
    visit("weight_decay", config.weightDecay);
    visit("label_smoothing", config.labelSmoothing);
    visit("schedule", config.schedule);
    visit("step_epochs", config.stepEpochs);
    visit("step_factor", config.stepFactor);
    visit("augmentation", config.augmentation);
    visit("validation_share", config.validationShare);
    visit("patience", config.patience);
    visit("seed", config.seed);
    visit("sample_limit", config.sampleLimit);
}

/// For enum fields; false if no value has that name.
inline bool setByName(OptimizerKind& field, std::string_view name)
{
    const auto found = optimizerNamed(name);
    field = found.value_or(field);
    return found.has_value();
}
inline bool setByName(Schedule& field, std::string_view name)
{
    const auto found = scheduleNamed(name);
    field = found.value_or(field);
    return found.has_value();
}
inline bool setByName(Augmentation& field, std::string_view name)
{
    const auto found = augmentationNamed(name);
    field = found.value_or(field);
    return found.has_value();
}

} // namespace engine
