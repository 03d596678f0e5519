#include "engine/storage/SavedModel.h"

#include "engine/Guarded.h"
#include "engine/storage/AtomicFile.h"
#include "engine/storage/CheckpointFile.h"
#include "engine/storage/StateDictReader.h"
#include "engine/storage/TrainingJson.h"

#include <caffe2/serialize/inline_container.h>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <torch/csrc/jit/serialization/pickler.h>
#include <torch/torch.h>
#include <zlib.h>

namespace engine
{
namespace
{

using nlohmann::json;

constexpr int kFormatVersion = 1;
constexpr std::size_t kLargestRecord = std::size_t{64} << 20;
constexpr std::size_t kLargestWeights = std::size_t{800} << 20;

std::uint32_t checksum(std::string_view bytes)
{
    return static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

/// As torch.save lays out a dict of tensors. Not by torch::pickle_save, which wraps the dict in a call of
/// torch.jit._pickle.restore_type_tag: torch.load refuses that where it loads weights only, its default
/// since 2.6.
std::string pickledStateDict(const ModelSnapshot& model)
{
    c10::Dict<std::string, torch::Tensor> dict;
    for (const WeightArray& array : model.weights)
        dict.insert(array.name, torch::tensor(array.values).view(array.shape));
    std::string structure;
    torch::jit::Pickler pickler([&](const char* bytes, std::size_t count) { structure.append(bytes, count); },
                                nullptr, nullptr, nullptr, nullptr, /*tag_aggregates=*/false);
    pickler.protocol();
    pickler.pushIValue(dict);
    pickler.stop();

    std::string archive;
    caffe2::serialize::PyTorchStreamWriter writer([&](const void* bytes, std::size_t count) {
        archive.append(static_cast<const char*>(bytes), count);
        return count;
    });
    const auto& tensors = pickler.tensorData();
    for (std::size_t i = 0; i < tensors.size(); ++i)
        writer.writeRecord("data/" + std::to_string(i), tensors[i].data_ptr(), tensors[i].nbytes());
    writer.writeRecord("data.pkl", structure.data(), structure.size());
    writer.writeEndOfFile();
    return archive;
}

json toJson(const TrainingRecord& record)
{
    json epochs = json::array();
    for (const EpochReport& epoch : record.epochs)
        epochs.push_back(toJson(epoch));
    json training = toJson(record.config);
    if (record.changedLearningRate) {
        training["preset"] = presetName(Preset::Custom);
        training["changed_learning_rate"] = *record.changedLearningRate;
    }
    return {{"dataset",
             {{"id", record.datasetId}, {"title", record.datasetTitle}, {"classes", record.classNames}}},
            {"training", training},
            {"finished_epochs", epochs},
            {"stopped_within_epoch", record.isStopped}};
}

TrainingRecord recordFromJson(const json& value, const TinyVggOptions& model)
{
    TrainingRecord record;
    record.datasetId = value.at("dataset").at("id");
    record.datasetTitle = value.at("dataset").at("title");
    record.classNames = value.at("dataset").at("classes");
    record.config = configFromJson(value.at("training"));
    if (value.at("training").contains("changed_learning_rate"))
        record.changedLearningRate = value.at("training").at("changed_learning_rate").get<double>();
    record.config.hiddenUnits = model.hiddenUnits;
    record.config.kernelSize = model.kernelSize;
    for (const json& epoch : value.at("finished_epochs"))
        record.epochs.push_back(epochFromJson(epoch));
    record.isStopped = value.at("stopped_within_epoch");
    if (record.classNames.size() != static_cast<std::size_t>(model.classCount))
        throw std::out_of_range("expected " + std::to_string(model.classCount) + " class names; found " +
                                std::to_string(record.classNames.size()));
    return record;
}

tl::unexpected<Error> badDescription(const std::filesystem::path& weightsPath, const std::string& what)
{
    return failure(ErrorCode::BadFormat,
                   std::filesystem::path(weightsPath).replace_extension(".json").string() +
                       ": expected the description of the weights: " + what + ".");
}

/// What stands beside the weights, where it is readable and speaks of these very weights.
std::optional<json> readSidecar(const std::filesystem::path& weightsPath, std::string_view weights)
{
    const auto text =
        readWholeFile(std::filesystem::path(weightsPath).replace_extension(".json"), kLargestRecord);
    if (!text)
        return std::nullopt;
    const json value = json::parse(*text, nullptr, false);
    if (!value.is_object() || value.value("format_version", json()) != kFormatVersion ||
        value.value("weights_crc32", json()) != checksum(weights))
        return std::nullopt;
    return value;
}

/// The training whose weights these may be, where the description beside them does not say what they are:
/// after a crash between the two files, or where the description is damaged.
std::optional<Checkpoint> readTrainingBeside(const std::filesystem::path& weightsPath)
{
    std::error_code status;
    if (!std::filesystem::exists(weightsPath.parent_path() / kCheckpointFileName, status))
        return std::nullopt;
    auto training = readCheckpoint(weightsPath.parent_path());
    return training ? std::optional(std::move(*training)) : std::nullopt;
}

/// As the training would have described them; nothing where the weights are others than it has.
std::optional<TrainingRecord> recordOf(const Checkpoint& training, const ModelSnapshot& model)
{
    const TrainingState& state = training.state;
    const std::vector<float> parameters = flatParameters(model);
    const bool areNewest = parameters == state.parameters;
    if (model.options != state.model || (!areNewest && parameters != state.bestParameters))
        return std::nullopt;
    const bool isWithinEpoch = areNewest && (state.batchesDone > 0 || state.epochs.empty());
    return TrainingRecord{state.config,
                          training.origin.datasetId,
                          training.origin.datasetTitle,
                          training.origin.classNames,
                          state.epochs,
                          isWithinEpoch,
                          changedLearningRate(state)};
}

} // namespace

Result<void> writeSavedModel(const std::filesystem::path& folder, const SavedModel& checkpoint)
{
    return guarded("Saving the model", [&]() -> Result<void> {
        const std::string weights = pickledStateDict(checkpoint.model);
        json sidecar = {{"format_version", kFormatVersion},
                        {"weights_crc32", checksum(weights)},
                        {"model", toJson(checkpoint.model.options)}};
        if (checkpoint.record)
            sidecar.update(toJson(*checkpoint.record));
        const std::filesystem::path weightsPath = folder / kWeightsFileName;
        return writeFileAtomically(weightsPath, weights).and_then([&] {
            return writeFileAtomically(std::filesystem::path(weightsPath).replace_extension(".json"),
                                       sidecar.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
        });
    });
}

namespace
{

Result<SavedModel> readCheckpointOf(const std::filesystem::path& weightsPath)
{
    const auto bytes = readWholeFile(weightsPath, kLargestWeights);
    if (!bytes)
        return tl::unexpected(bytes.error());
    auto arrays = readStateDict(weightsPath);
    if (!arrays)
        return tl::unexpected(arrays.error());

    const std::optional<json> sidecar = readSidecar(weightsPath, *bytes);
    const std::optional<Checkpoint> training = sidecar ? std::nullopt : readTrainingBeside(weightsPath);
    int inputHeight = training ? training->state.model.inputHeight : 0;
    int inputWidth = training ? training->state.model.inputWidth : 0;
    SavedModel checkpoint;
    try {
        if (sidecar) {
            inputHeight = wholeNumber(sidecar->at("model").at("input_height"), 1, kLargestCount);
            inputWidth = wholeNumber(sidecar->at("model").at("input_width"), 1, kLargestCount);
        }
        auto model = recognizeTinyVgg(*arrays, inputHeight, inputWidth);
        if (!model && training) // it is of images of another size
            model = recognizeTinyVgg(std::move(*arrays));
        if (!model)
            return failure(model.error().code, weightsPath.string() + ": " + model.error().message);
        checkpoint.model = std::move(*model);
        if (sidecar && sidecar->contains("training"))
            checkpoint.record = recordFromJson(*sidecar, checkpoint.model.options);
        else if (training)
            checkpoint.record = recordOf(*training, checkpoint.model);
    } catch (const std::logic_error& error) {
        return badDescription(weightsPath, error.what());
    } catch (const json::exception& error) {
        return badDescription(weightsPath, error.what());
    }
    return checkpoint;
}

} // namespace

Result<SavedModel> readSavedModel(const std::filesystem::path& path)
{
    return guarded("Reading the model", [&] {
        std::error_code status;
        const bool isFolder = std::filesystem::is_directory(path, status);
        return readCheckpointOf(isFolder ? path / kWeightsFileName : path);
    });
}

} // namespace engine
