// One step of stochastic gradient descent. Includes Torch: for the engine's own files and its tests only.
#pragma once

#include "engine/data/Batches.h"
#include "engine/model/TinyVgg.h"

namespace engine
{

struct StepResult {
    float loss = 0;       ///< mean cross-entropy of the batch, before the step
    int correctCount = 0; ///< images of the batch classified rightly, before the step
};

class TrainingStep
{
public:
    /// Moves `model` to `device` and, for the convolutions' sake, to channels_last.
    TrainingStep(TinyVgg model, const torch::Device& device, double learningRate);

    StepResult run(const Batch& batch);
    TinyVgg& model() { return m_model; }

private:
    TinyVgg m_model;
    torch::optim::SGD m_optimizer;
};

} // namespace engine
