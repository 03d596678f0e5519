#include "engine/storage/CheckpointFile.h"

#include "engine/Guarded.h"
#include "engine/JsonText.h"
#include "engine/device/TorchDevice.h"
#include "engine/network/ParameterLayout.h"
#include "engine/storage/AtomicFile.h"
#include "engine/storage/Reject.h"
#include "engine/storage/Safetensors.h"
#include "engine/storage/TrainingJson.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace engine
{
namespace
{

using nlohmann::json;

constexpr const char* kFormat = "tinyvgg-studio training 1";
constexpr const char* kParameters = "parameters";
constexpr const char* kOptimizerFirst = "optimizer.first";
constexpr const char* kOptimizerSecond = "optimizer.second";
constexpr const char* kBestParameters = "best.parameters";
constexpr std::size_t kMostImages = std::size_t{1} << 30;

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

constexpr std::array kBatchColumns = {"batches.epoch",   "batches.batch", "batches.samples",
                                      "batches.correct", "batches.loss",  "batches.seconds",
                                      "batches.rate"};

/// checkSizes() has been called.
void readHistory(const Safetensors& content, TrainingState& state)
{
    const auto array = [&](const char* name) -> const std::vector<float>& {
        return content.floats.at(name).values;
    };
    const std::size_t count = array("batches.loss").size();
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

/// All but the arrays.
Checkpoint described(const std::map<std::string, std::string>& metadata)
{
    if (metadata.at("format") != kFormat)
        reject("unknown format " + metadata.at("format"));
    const auto parsed = parseJson(metadata.at("state"));
    if (!parsed)
        reject("state: expected JSON; found " + parsed.error().message);
    const json& value = *parsed;
    Checkpoint training;
    const json& dataset = value.at("dataset");
    training.origin = {nameFromJson(dataset.at("id")), nameFromJson(dataset.at("title")),
                       namesFromJson(dataset.at("classes"))};
    TrainingState& state = training.state;
    state.config = configFromJson(value.at("training"));
    state.model = modelFromJson(value.at("model"), state.config.network);
    state.epoch = wholeNumber(value.at("epoch"), 1, state.config.epochs + 1);
    state.batchesDone = wholeNumber(value.at("batches_done"), 0, kLargestCount);
    state.trainSize = wholeNumber<std::size_t>(value.at("train_size"), 1, kMostImages);
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
    return training;
}

/// Before memory is allocated for them.
void checkSizes(const SafetensorsHeader& header, const TrainingState& state)
{
    const ParameterLayout layout = parameterLayout(state.model);
    const std::size_t count = layout.parameterCount;
    const bool hasFirst = state.config.optimizer != OptimizerKind::Sgd;
    const bool hasSecond = state.config.optimizer == OptimizerKind::AdamW;
    std::map<std::string, std::size_t> expected = {{kParameters, layout.size},
                                                   {kOptimizerFirst, hasFirst ? count : 0},
                                                   {kOptimizerSecond, hasSecond ? count : 0},
                                                   {kBestParameters, state.bestEpoch > 0 ? layout.size : 0}};
    const std::size_t batches = header.arrays.at("batches.loss").size();
    const auto batchSize = static_cast<std::size_t>(state.config.batchSize);
    const std::size_t mostBatches =
        static_cast<std::size_t>(state.epoch) * ((state.trainSize + batchSize - 1) / batchSize);
    if (batches > mostBatches)
        reject("batches.loss: expected at most " + std::to_string(mostBatches) + " values; found " +
               std::to_string(batches));
    for (const char* name : kBatchColumns)
        expected[name] = batches;
    for (const auto& [name, size] : expected) {
        const SafetensorsHeader::Array& array = header.arrays.at(name);
        if (!array.isFloat || array.size() != size)
            reject(name + ": expected " + std::to_string(size) + " float32 values; found " +
                   std::to_string(array.size()));
    }
    if (header.arrays.size() != expected.size())
        reject("expected " + std::to_string(expected.size()) + " arrays; found " +
               std::to_string(header.arrays.size()));
}

void readArrays(Safetensors&& content, TrainingState& state)
{
    const auto take = [&](const char* name) { return std::move(content.floats.at(name).values); };
    state.parameters = take(kParameters);
    state.optimizer.first = take(kOptimizerFirst);
    state.optimizer.second = take(kOptimizerSecond);
    state.bestParameters = take(kBestParameters);
    readHistory(content, state);
    const auto ofThisEpoch =
        std::count_if(state.batches.begin(), state.batches.end(),
                      [&](const BatchReport& batch) { return batch.epoch == state.epoch; });
    if (ofThisEpoch != state.batchesDone)
        reject("expected " + std::to_string(state.batchesDone) + " batches of this epoch; found " +
               std::to_string(ofThisEpoch));
}

} // namespace

Result<void> writeCheckpoint(const std::filesystem::path& folder, const Checkpoint& training)
{
    return guarded("Saving the training", [&]() -> Result<void> {
        const TrainingState& state = training.state;
        Safetensors content;
        content.metadata = {{"format", kFormat},
                            {"state", toJson(training).dump(-1, ' ', false, json::error_handler_t::replace)}};
        content.floats = {{kParameters, state.parameters},
                          {kOptimizerFirst, state.optimizer.first},
                          {kOptimizerSecond, state.optimizer.second},
                          {kBestParameters, state.bestParameters},
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
        const auto bad = [&](const char* what) {
            return failure(ErrorCode::BadFormat,
                           path.string() + ": expected a checkpoint of this program: " + what + ".");
        };
        try {
            Checkpoint training;
            auto content = readSafetensors(path, [&](const SafetensorsHeader& header) {
                training = described(header.metadata);
                checkSizes(header, training.state);
            });
            if (!content)
                return tl::unexpected(content.error());
            readArrays(std::move(*content), training.state);
            return training;
        } catch (const std::logic_error& error) { // also thrown by std::map::at
            return bad(error.what());
        } catch (const json::exception& error) {
            return bad(error.what());
        }
    });
}

} // namespace engine
