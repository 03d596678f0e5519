#include "engine/training/TrainingState.h"

#include <algorithm>

namespace engine
{

bool isPatienceExhausted(const TrainingState& state)
{
    return state.config.patience > 0 &&
           state.epoch - 1 - std::max(state.bestEpoch, state.patienceEpoch) >= state.config.patience;
}

bool isEnded(const TrainingState& state)
{
    return state.epoch > state.config.epochs || (state.batchesDone == 0 && isPatienceExhausted(state));
}

const std::vector<float>& keptParameters(const TrainingState& state)
{
    const bool isBestRestored = isEnded(state) && state.config.patience > 0 && state.bestEpoch > 0;
    return isBestRestored ? state.bestParameters : state.parameters;
}

std::optional<double> changedLearningRate(const TrainingState& state)
{
    if (!state.isLearningRateChanged)
        return std::nullopt;
    return state.config.learningRate * state.learningRateFactor;
}

} // namespace engine
