#include "engine/training/Trainer.h"

#include "engine/Guarded.h"
#include "engine/device/TorchDevice.h"
#include "engine/network/InitialWeights.h"
#include "engine/network/NetworkShapes.h"
#include "engine/training/TrainingData.h"
#include "engine/training/TrainingRun.h"

namespace engine
{
namespace
{

Result<void> checkSplits(const DatasetSplits& data)
{
    if (data.train.isEmpty() || data.test.isEmpty()) {
        return failure(ErrorCode::BadValue, data.title + ": expected training and test images; found " +
                                                std::to_string(data.train.size()) + " and " +
                                                std::to_string(data.test.size()) + ".");
    }
    if (data.train.shape() != data.test.shape() || data.train.classCount() != data.test.classCount()) {
        const auto described = [](const Dataset& split) {
            return text(split.shape()) + " pixels in " + std::to_string(split.classCount()) + " classes";
        };
        return failure(ErrorCode::BadValue, data.title + ": expected test images of " +
                                                described(data.train) + ", as the training images; found " +
                                                described(data.test) + ".");
    }
    return {};
}

NetworkSpec modelFor(const TrainingConfig& config, const Dataset& train)
{
    return networkFor(config.network, train.shape(), train.classCount());
}

Result<void> checkSplit(const TrainingConfig& config, const ValidationSplit& split,
                        const TrainingState& state)
{
    if (split.train.empty() || (config.validationShare > 0 && split.validation.empty())) {
        return failure(ErrorCode::BadValue,
                       "Validation share: expected training and validation images; found " +
                           std::to_string(split.train.size()) + " and " +
                           std::to_string(split.validation.size()) + ".");
    }
    if (state.trainSize != 0 && state.trainSize != split.train.size()) {
        return failure(ErrorCode::BadValue, "Expected the " + std::to_string(state.trainSize) +
                                                " images that the training started with; found " +
                                                std::to_string(split.train.size()) + ".");
    }
    return {};
}

Result<void> checkInitialWeights(const TrainingConfig& config)
{
    if (config.startedFrom.isNone())
        return {};
    return failure(ErrorCode::BadValue, "Training: expected random initial weights; found those of " +
                                            config.startedFrom.name + ".");
}

std::string described(const NetworkSpec& model)
{
    return text(model.input) + " pixels, " + std::to_string(model.classCount) + " classes, " +
           describe(choiceOf(model));
}

Result<void> checkStart(const ModelSnapshot& start, const TrainingState& state, const DatasetSplits& data)
{
    const std::string& name = state.config.startedFrom.name;
    if (name.empty())
        return failure(ErrorCode::BadValue, "Fine-tuning: expected the name of the model it starts from.");
    if (start.spec == state.model)
        return {};
    return failure(ErrorCode::BadValue, "Fine-tuning from " + name + ": expected " + described(start.spec) +
                                            ", as it has; found " + described(state.model) + " with " +
                                            data.title + ".");
}

TrainingPlan planFor(const TrainingState& state, const DatasetSplits& data, const ValidationSplit& split)
{
    TrainingPlan plan;
    plan.config = state.config;
    plan.learningRateFactor = state.learningRateFactor;
    plan.model = state.model;
    plan.trainSize = split.train.size();
    plan.validationSize = split.validation.size();
    plan.testSize = data.test.size();
    plan.batchesPerEpoch = TrainingRun::batchCount(state.config, split.train.size());
    return plan;
}

Result<TrainingOutcome> run(TrainingState state, const DatasetSplits& data, TrainingControl& control,
                            TrainingObserver& observer, const TrainingBackendFactory& makeBackend)
{
    const TrainingConfig config = state.config;
    return guarded("Training", [&]() -> Result<TrainingOutcome> {
        const Dataset train = trainingImages(config, data);
        ValidationSplit split = splitFor(config, train);
        if (auto enough = checkSplit(config, split, state); !enough)
            return tl::unexpected(enough.error());
        const TrainingPlan plan = planFor(state, data, split);
        if (state.parameters.empty())
            state.parameters = initialWeights(state.model, config.seed);
        auto backend = makeBackend(config, state.model, train);
        if (!backend)
            return tl::unexpected(backend.error());
        TrainingRun training(std::move(state), data, train, std::move(split), std::move(*backend), control,
                             observer);
        observer.trainingStarted(plan);
        return training.run();
    });
}

} // namespace

Result<TrainingOutcome> runTraining(const TrainingConfig& config, const DatasetSplits& data,
                                    TrainingControl& control, TrainingObserver& observer,
                                    const TrainingBackendFactory& makeBackend)
{
    TrainingState state;
    state.config = config;
    state.model = modelFor(config, data.train);
    return validate(config)
        .and_then([&] { return checkInitialWeights(config); })
        .and_then([&] { return checkSplits(data); })
        .and_then([&]() -> Result<void> { return checkedShapes(state.model).map([](const auto&) {}); })
        .and_then([&] { return run(std::move(state), data, control, observer, makeBackend); });
}

Result<TrainingOutcome> fineTune(const ModelSnapshot& start, const TrainingConfig& config,
                                 const DatasetSplits& data, TrainingControl& control,
                                 TrainingObserver& observer, const TrainingBackendFactory& makeBackend)
{
    TrainingState state;
    state.config = config;
    state.model = modelFor(config, data.train);
    const auto takeWeights = [&] {
        return guarded("Fine-tuning", [&]() -> Result<void> {
            state.parameters = flatWeights(start);
            return {};
        });
    };
    return validate(config)
        .and_then([&] { return checkSplits(data); })
        .and_then([&] { return checkStart(start, state, data); })
        .and_then(takeWeights)
        .and_then([&] { return run(std::move(state), data, control, observer, makeBackend); });
}

Result<TrainingOutcome> resumeTraining(TrainingState state, const DatasetSplits& data,
                                       TrainingControl& control, TrainingObserver& observer,
                                       const TrainingBackendFactory& makeBackend)
{
    const auto checkModel = [&]() -> Result<void> {
        if (state.model == modelFor(state.config, data.train))
            return {};
        return failure(ErrorCode::BadValue,
                       data.title + ": expected the image size and classes that the training started with, " +
                           text(state.model.input) + " in " + std::to_string(state.model.classCount) +
                           "; found " + text(data.train.shape()) + " in " +
                           std::to_string(data.train.classCount()) + ".");
    };
    return validate(state.config)
        .and_then([&] { return checkSplits(data); })
        .and_then(checkModel)
        .and_then([&] { return run(std::move(state), data, control, observer, makeBackend); });
}

TrainingPlan planOf(const TrainingState& state, const DatasetSplits& data)
{
    return planFor(state, data, splitFor(state.config, trainingImages(state.config, data)));
}

TrainingState withEpochs(TrainingState state, int total)
{
    if (isEnded(state)) {
        state.scheduleEpoch = state.epoch;
        state.patienceEpoch = total;
    }
    state.config.epochs = total;
    return state;
}

TrainingState withMoreEpochs(TrainingState state, int count)
{
    if (count == 0)
        return state;
    const int total = count + (isEnded(state) ? state.epoch - 1 : state.config.epochs);
    return withEpochs(std::move(state), total);
}

} // namespace engine
