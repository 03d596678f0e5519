// What computes a training: a model with its optimizer and the training images, on one device. Two
// implementations: CpuBackend with kernels of our own, TorchBackend for GPUs and for networks that those
// kernels cannot train.
#pragma once

#include "engine/evaluation/Evaluation.h"
#include "engine/training/OptimizerState.h"
#include "engine/training/TrainingConfig.h"

#include <functional>
#include <memory>
#include <span>

namespace engine
{

struct StepResult {
    int sampleCount = 0;
    int correctCount = 0; ///< images of the batch classified rightly, before the step
    float loss = 0;       ///< mean loss of the batch, before the step
};

class TrainingBackend
{
public:
    virtual ~TrainingBackend() = default;

    /// One step on these images of the training split. `drawSeed` decides what augmentation draws.
    virtual void step(std::span<const std::uint32_t> images, double learningRate, std::uint64_t drawSeed) = 0;
    /// True where step() returns before the step is done.
    virtual bool isAhead() const = 0;
    /// Appends the results of the steps since the last call, in order. On a GPU this waits for them.
    virtual void takeResults(std::vector<StepResult>& results) = 0;

    /// All images of `dataset`, or those of `images` where that is not empty.
    virtual Evaluation evaluate(const Dataset& dataset, std::span<const std::uint32_t> images,
                                const std::stop_token& stop) = 0;

    /// The flat array of ParameterLayout.h.
    virtual std::vector<float> parameters() const = 0;
    virtual void setParameters(std::span<const float> parameters) = 0;
    virtual OptimizerState optimizerState() const = 0;
    virtual void setOptimizerState(const OptimizerState& state) = 0;
};

/// By the kind of `config.device`. `train` is the whole split, of which step() gets indices. Fails with
/// DeviceUnavailable.
Result<std::unique_ptr<TrainingBackend>> makeTrainingBackend(const TrainingConfig& config,
                                                             const NetworkSpec& model, const Dataset& train);

/// So that a test can train on a device that this machine lacks.
using TrainingBackendFactory = std::function<Result<std::unique_ptr<TrainingBackend>>(
    const TrainingConfig&, const NetworkSpec&, const Dataset&)>;

} // namespace engine
