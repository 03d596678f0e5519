#include "engine/storage/CheckpointFile.h"

#include "engine/Guarded.h"
#include "engine/device/TorchDevice.h"
#include "engine/network/ParameterLayout.h"
#include "engine/storage/AtomicFile.h"
#include "engine/storage/Safetensors.h"
#include "engine/storage/TrainingJson.h"

#include <algorithm>
#include <cmath>

namespace engine
{
namespace
{

using nlohmann::json;

constexpr const char* kFormat = "tinyvgg-studio training 1";

/// One value of every batch in the history.
template<typename Member>
std::vector<float> column(const std::vector<BatchReport>& batches, Member BatchReport::*member)
{
    std::vector<float> values;
    values.reserve(batches.size());
    for (const BatchReport& batch : batches)
        values.push_back(static_cast<float>(batch.*member));
    return values;
}

json toJson(const Checkpoint& training)
{
    const TrainingState& state = training.state;
    json epochs = json::array();
    for (const EpochReport& epoch : state.epochs)
        epochs.emplace_back(toJson(epoch));
    return {{"dataset",
             {{"id", training.origin.datasetId},
              {"title", training.origin.datasetTitle},
              {"classes", training.origin.classNames}}},
            {"training", toJson(state.config)},
            {"model", modelToJson(state.model)},
            {"epoch", state.epoch},
            {"batches_done", state.batchesDone},
            {"train_size", state.trainSize},
            {"patience_epoch", state.patienceEpoch},
            {"learning_rate_factor", state.learningRateFactor},
            {"learning_rate_changed", state.isLearningRateChanged},
            {"schedule_epoch", state.scheduleEpoch},
            {"optimizer_steps", state.optimizer.steps},
            {"best_epoch", state.bestEpoch},
            {"finished_epochs", epochs}};
}

[[noreturn]] void reject(const std::string& what)
{
    throw std::out_of_range(what);
}

void readHistory(const Safetensors& content, TrainingState& state)
{
    const auto array = [&](const char* name) -> const std::vector<float>& {
        return content.floats.at(name).values;
    };
    const std::size_t count = array("batches.loss").size();
    for (const char* name : {"batches.epoch", "batches.batch", "batches.samples", "batches.correct",
                             "batches.seconds", "batches.rate"}) {
        if (array(name).size() != count)
            reject(std::string(name) + ": expected " + std::to_string(count) + " values");
    }
    state.batches.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto whole = [&](const char* name, float high) {
            const float value = array(name)[i];
            if (!(value >= 0 && value <= high))
                reject(std::string(name) + ": expected at least 0; found " + std::to_string(value));
            return static_cast<int>(value);
        };
        state.batches.push_back({whole("batches.epoch", 1000), whole("batches.batch", 1e7F),
                                 whole("batches.samples", 4096), whole("batches.correct", 4096),
                                 array("batches.loss")[i], static_cast<double>(array("batches.seconds")[i]),
                                 array("batches.rate")[i]});
    }
}

Checkpoint fromContent(const Safetensors& content)
{
    if (content.metadata.at("format") != kFormat)
        reject("unknown format " + content.metadata.at("format"));
    const json value = json::parse(content.metadata.at("state"));
    Checkpoint training;
    training.origin = {value.at("dataset").at("id"), value.at("dataset").at("title"),
                       value.at("dataset").at("classes")};
    TrainingState& state = training.state;
    state.config = configFromJson(value.at("training"));
    state.model = modelFromJson(value.at("model"), state.config.network);
    state.epoch = wholeNumber(value.at("epoch"), 1, state.config.epochs + 1);
    state.batchesDone = wholeNumber(value.at("batches_done"), 0, kLargestCount);
    state.trainSize = wholeNumber<std::size_t>(value.at("train_size"), 1, kAnyNumber);
    state.patienceEpoch = wholeNumber(value.at("patience_epoch"), 0, state.config.epochs);
    state.learningRateFactor = value.at("learning_rate_factor");
    if (!std::isfinite(state.learningRateFactor) || state.learningRateFactor <= 0)
        reject("invalid learning rate factor " + value.at("learning_rate_factor").dump());
    state.isLearningRateChanged = value.value("learning_rate_changed", state.learningRateFactor != 1);
    state.scheduleEpoch = wholeNumber(value.at("schedule_epoch"), 1, state.epoch);
    state.optimizer.steps = wholeNumber<std::int64_t>(value.at("optimizer_steps"), 0, std::int64_t{1} << 50);
    for (const json& epoch : value.at("finished_epochs"))
        state.epochs.push_back(epochFromJson(epoch));
    state.bestEpoch = wholeNumber(value.at("best_epoch"), 0, state.epoch - 1);
    if (static_cast<int>(state.epochs.size()) != state.epoch - 1)
        reject("expected " + std::to_string(state.epoch - 1) + " finished epochs; found " +
               std::to_string(state.epochs.size()));

    state.parameters = content.floats.at("parameters").values;
    state.optimizer.first = content.floats.at("optimizer.first").values;
    state.optimizer.second = content.floats.at("optimizer.second").values;
    state.bestParameters = content.floats.at("best.parameters").values;
    const ParameterLayout layout = parameterLayout(state.model);
    const std::size_t count = layout.parameterCount;
    const bool hasFirst = state.config.optimizer != OptimizerKind::Sgd;
    const bool hasSecond = state.config.optimizer == OptimizerKind::AdamW;
    if (state.parameters.size() != layout.size || state.optimizer.first.size() != (hasFirst ? count : 0) ||
        state.optimizer.second.size() != (hasSecond ? count : 0) ||
        state.bestParameters.size() != (state.bestEpoch > 0 ? layout.size : 0))
        reject("expected arrays of " + std::to_string(layout.size) + " weights");
    readHistory(content, state);
    const auto ofThisEpoch =
        std::count_if(state.batches.begin(), state.batches.end(),
                      [&](const BatchReport& batch) { return batch.epoch == state.epoch; });
    if (ofThisEpoch != state.batchesDone)
        reject("expected " + std::to_string(state.batchesDone) + " batches of this epoch; found " +
               std::to_string(ofThisEpoch));
    return training;
}

} // namespace

Result<void> writeCheckpoint(const std::filesystem::path& folder, const Checkpoint& training)
{
    return guarded("Saving the training", [&]() -> Result<void> {
        const TrainingState& state = training.state;
        Safetensors content;
        content.metadata = {{"format", kFormat},
                            {"state", toJson(training).dump(-1, ' ', false, json::error_handler_t::replace)}};
        content.floats = {{"parameters", state.parameters},
                          {"optimizer.first", state.optimizer.first},
                          {"optimizer.second", state.optimizer.second},
                          {"best.parameters", state.bestParameters},
                          {"batches.epoch", column(state.batches, &BatchReport::epoch)},
                          {"batches.batch", column(state.batches, &BatchReport::batch)},
                          {"batches.samples", column(state.batches, &BatchReport::sampleCount)},
                          {"batches.correct", column(state.batches, &BatchReport::correctCount)},
                          {"batches.loss", column(state.batches, &BatchReport::loss)},
                          {"batches.seconds", column(state.batches, &BatchReport::trainSeconds)},
                          {"batches.rate", column(state.batches, &BatchReport::learningRate)}};
        return writeFileAtomically(folder / kCheckpointFileName, toBytes(content));
    });
}

Result<Checkpoint> readCheckpoint(const std::filesystem::path& folder)
{
    const std::filesystem::path path = folder / kCheckpointFileName;
    return guarded("Reading the training", [&]() -> Result<Checkpoint> {
        const auto content = readSafetensors(path);
        if (!content)
            return tl::unexpected(content.error());
        const auto bad = [&](const char* what) {
            return failure(ErrorCode::BadFormat,
                           path.string() + ": expected a checkpoint of this program: " + what + ".");
        };
        try {
            return fromContent(*content);
        } catch (const std::logic_error& error) { // also thrown by std::map::at
            return bad(error.what());
        } catch (const json::exception& error) {
            return bad(error.what());
        }
    });
}

} // namespace engine
