// What is to be trained and how: everything that decides the result, and where it is computed.
#pragma once

#include "engine/device/Device.h"
#include "engine/model/TinyVggOptions.h"

namespace engine
{

/// The defaults are the course notebook's recipe ("Notebook" preset): shuffled batches of 32, cross-entropy,
/// SGD with learning rate 0.1 and no momentum, 3 epochs, seed 42, a TinyVGG of 10 hidden units with 3 × 3
/// kernels.
struct TrainingConfig {
    int epochs = 3;                ///< 1 … 1000
    int batchSize = 32;            ///< 1 … 4096; the last batch of an epoch may be smaller
    double learningRate = 0.1;     ///< above 0, at most 10
    std::uint64_t seed = 42;       ///< of the first weights and of the order of the batches
    int hiddenUnits = 10;          ///< as in TinyVggOptions
    int kernelSize = 3;            ///< as in TinyVggOptions
    std::uint64_t sampleLimit = 0; ///< train on the first N images only; 0 means all

    Device device;
    int threads = 0; ///< on the CPU; 0 means defaultThreadCount(), else 1 … 256

    bool operator==(const TrainingConfig&) const = default;
};

/// BadValue, naming the field, its range and what was found.
Result<void> validate(const TrainingConfig& config);

/// "Notebook" where everything that decides the result is the notebook's, else "Custom".
std::string presetName(const TrainingConfig& config);

} // namespace engine
