#include "engine/training/TrainingConfig.h"

#include "engine/CheckRange.h"

#include <cmath>

namespace engine
{

Result<void> validate(const TrainingConfig& config)
{
    if (!std::isfinite(config.learningRate) || config.learningRate <= 0 || config.learningRate > 10) {
        return failure(ErrorCode::BadValue,
                       "Learning rate: expected a number above 0 and at most 10; found " +
                           std::to_string(config.learningRate) + ".");
    }
    TinyVggOptions model;
    model.hiddenUnits = config.hiddenUnits;
    model.kernelSize = config.kernelSize;
    return validate(model)
        .and_then([&] { return checkRange("Epochs", config.epochs, 1, 1000); })
        .and_then([&] { return checkRange("Batch size", config.batchSize, 1, 4096); })
        .and_then([&] { return checkRange("Threads", config.threads, 0, 256); });
}

std::string presetName(const TrainingConfig& config)
{
    TrainingConfig notebook;
    notebook.device = config.device;
    notebook.threads = config.threads;
    return config == notebook ? "Notebook" : "Custom";
}

} // namespace engine
