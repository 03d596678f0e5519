// The device side of training: a model with its optimizer and the training images, on one device.
// Implementations: CpuBackend with this program's kernels; TorchBackend for GPUs and for networks that those
// kernels cannot train.
#pragma once

#include "engine/evaluation/Evaluation.h"
#include "engine/training/OptimizerState.h"
#include "engine/training/TrainingConfig.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace engine
{

struct StepResult {
    int sampleCount = 0;
    int correctCount = 0; ///< correct predictions in the batch, before the step
    float loss = 0;       ///< mean loss of the batch, before the step
};

class TrainingBackend
{
public:
    virtual ~TrainingBackend() = default;

    /// One step on these images of the training split. `drawSeed` seeds augmentation and dropout.
    virtual void step(std::span<const std::uint32_t> images, double learningRate, std::uint64_t drawSeed) = 0;
    /// True if step() returns before the step is done.
    virtual bool isAhead() const = 0;
    /// Appends the results of the steps since the last call, in order. On a GPU this waits for them.
    virtual void takeResults(std::vector<StepResult>& results) = 0;

    /// Evaluates all images of `dataset`, or those with the indices `images` if that is not empty.
    virtual Evaluation evaluate(const Dataset& dataset, std::span<const std::uint32_t> images,
                                const std::stop_token& stop) = 0;

    /// The flat array of ParameterLayout.h.
    virtual std::vector<float> parameters() const = 0;
    virtual void setParameters(std::span<const float> parameters) = 0;
    virtual OptimizerState optimizerState() const = 0;
    virtual void setOptimizerState(const OptimizerState& state) = 0;
};

/// Selects the implementation by `config.device` and the network. `train` is the whole split, into which
/// step() gets indices. Error: DeviceUnavailable.
Result<std::unique_ptr<TrainingBackend>> makeTrainingBackend(const TrainingConfig& config,
                                                             const NetworkSpec& model, const Dataset& train);

/// Lets tests train on a device that the machine lacks.
using TrainingBackendFactory = std::function<Result<std::unique_ptr<TrainingBackend>>(
    const TrainingConfig&, const NetworkSpec&, const Dataset&)>;

} // namespace engine
