#include "engine/storage/SavedModel.h"

#include "engine/Guarded.h"
#include "engine/JsonText.h"
#include "engine/device/TorchDevice.h"
#include "engine/network/SpecFromShapes.h"
#include "engine/storage/AtomicFile.h"
#include "engine/storage/CheckpointFile.h"
#include "engine/storage/StateDictReader.h"
#include "engine/storage/TrainingJson.h"

#include <caffe2/serialize/inline_container.h>
#include <cerrno>
#include <cstring>
#include <fstream>
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
constexpr std::size_t kLargestRecord = std::size_t{16} << 20;
constexpr std::size_t kLargestWeights = std::size_t{800} << 20;

std::uint32_t checksum(std::string_view bytes)
{
    return static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

/// Of a whole file, block by block. Errors: NotFound, CannotRead, BadFormat if it is too large for weights.
Result<std::uint32_t> checksumOfWeights(const std::filesystem::path& path)
{
    const auto size = sizeOfFile(path);
    if (!size)
        return tl::unexpected(size.error());
    if (*size > kLargestWeights) {
        return failure(ErrorCode::BadFormat, path.string() + ": expected at most " +
                                                 std::to_string(kLargestWeights) + " bytes; found " +
                                                 std::to_string(*size) + ".");
    }
    std::ifstream file(path, std::ios::binary);
    std::vector<char> block(std::size_t{1} << 20);
    uLong sum = crc32_z(0, nullptr, 0);
    while (file) {
        file.read(block.data(), static_cast<std::streamsize>(block.size()));
        sum = crc32_z(sum, reinterpret_cast<const Bytef*>(block.data()),
                      static_cast<std::size_t>(file.gcount()));
    }
    if (!file.eof())
        return failure(ErrorCode::CannotRead,
                       path.string() + ": cannot be read: " + std::strerror(errno) + ".");
    return static_cast<std::uint32_t>(sum);
}

/// float32, except for batch counters, which are int64 as in PyTorch.
torch::Tensor tensorOf(const WeightArray& array)
{
    if (array.shape.empty())
        return torch::tensor(static_cast<std::int64_t>(array.values.at(0)));
    return torch::tensor(array.values).view(array.shape);
}

/// Serializes as torch.save does for a dict of tensors. torch::pickle_save is not usable: it wraps the dict
/// in a call of torch.jit._pickle.restore_type_tag, which torch.load rejects with weights_only, its default
/// since 2.6.
std::string pickledStateDict(const ModelSnapshot& model)
{
    c10::Dict<std::string, torch::Tensor> dict;
    for (const WeightArray& array : model.weights)
        dict.insert(array.name, tensorOf(array));
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
        epochs.emplace_back(toJson(epoch));
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

TrainingRecord recordFromJson(const json& value, const NetworkSpec& model)
{
    TrainingRecord record;
    record.datasetId = nameFromJson(value.at("dataset").at("id"));
    record.datasetTitle = nameFromJson(value.at("dataset").at("title"));
    record.classNames = namesFromJson(value.at("dataset").at("classes"));
    record.config = configFromJson(value.at("training"));
    if (value.at("training").contains("changed_learning_rate"))
        record.changedLearningRate = value.at("training").at("changed_learning_rate").get<double>();
    record.config.network = choiceOf(model);
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
                       ": expected a description of the weights: " + what + ".");
}

/// The JSON file beside the weights, if it is readable.
std::optional<json> readSidecar(const std::filesystem::path& weightsPath)
{
    const auto text =
        readWholeFile(std::filesystem::path(weightsPath).replace_extension(".json"), kLargestRecord);
    if (!text)
        return std::nullopt;
    auto value = parseJson(*text);
    if (!value || !value->is_object() || value->value("format_version", json()) != kFormatVersion)
        return std::nullopt;
    return std::move(*value);
}

/// Whether the description belongs to these very weights.
bool matches(const json& sidecar, std::uint32_t weightsChecksum)
{
    return sidecar.value("weights_crc32", json()) == weightsChecksum;
}

/// The checkpoint beside the weights, used if their description is missing, damaged, or, after a crash
/// between the two writes, does not match.
std::optional<Checkpoint> readCheckpointBeside(const std::filesystem::path& weightsPath)
{
    std::error_code status;
    if (!std::filesystem::exists(weightsPath.parent_path() / kCheckpointFileName, status))
        return std::nullopt;
    auto training = readCheckpoint(weightsPath.parent_path());
    return training ? std::optional(std::move(*training)) : std::nullopt;
}

/// The record that the run would have written; nothing if the weights differ from the checkpoint's.
std::optional<TrainingRecord> recordOf(const Checkpoint& training, const ModelSnapshot& model)
{
    const TrainingState& state = training.state;
    const std::vector<float> weights = flatWeights(model);
    const bool areNewest = weights == state.parameters;
    if (model.spec != state.model || (!areNewest && weights != state.bestParameters))
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

Result<void> writeSavedModel(const std::filesystem::path& folder, const SavedModel& saved)
{
    return guarded("Saving the model", [&]() -> Result<void> {
        const std::string weights = pickledStateDict(saved.model);
        json sidecar = {{"format_version", kFormatVersion},
                        {"weights_crc32", checksum(weights)},
                        {"model", modelToJson(saved.model.spec)}};
        if (saved.record)
            sidecar.update(toJson(*saved.record));
        const std::filesystem::path weightsPath = folder / kWeightsFileName;
        return writeFileAtomically(weightsPath, weights).and_then([&] {
            return writeFileAtomically(std::filesystem::path(weightsPath).replace_extension(".json"),
                                       sidecar.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
        });
    });
}

namespace
{

/// The weights as the network given in the description.
Result<ModelSnapshot> describedModel(const json& description, const std::vector<WeightArray>& arrays)
{
    if (description.contains("network"))
        return snapshotOf(modelFromJson(description, {}), arrays);
    // Older files have no network description: a TinyVGG of two blocks, recognized from the shapes.
    return recognizeModel(arrays, ImageShape{1, wholeNumber(description.at("input_height"), 1, kLargestCount),
                                             wholeNumber(description.at("input_width"), 1, kLargestCount)});
}

/// Weights that speak for themselves, or that a description of others fits: Python may have trained on.
Result<ModelSnapshot> undescribedModel(const std::optional<json>& otherDescription,
                                       const std::vector<WeightArray>& arrays)
{
    if (otherDescription) {
        try {
            auto model = describedModel(otherDescription->at("model"), arrays);
            if (model)
                return model;
        } catch (const std::logic_error&) { // it may say anything
        } catch (const json::exception&) {
        }
    }
    return recognizeModel(arrays);
}

Result<SavedModel> readSavedModelOf(const std::filesystem::path& weightsPath)
{
    const auto weightsChecksum = checksumOfWeights(weightsPath);
    if (!weightsChecksum)
        return tl::unexpected(weightsChecksum.error());
    const auto arrays = readStateDict(weightsPath);
    if (!arrays)
        return tl::unexpected(arrays.error());

    const std::optional<json> sidecar = readSidecar(weightsPath);
    const bool isDescribed = sidecar && matches(*sidecar, *weightsChecksum);
    const std::optional<Checkpoint> training = isDescribed ? std::nullopt : readCheckpointBeside(weightsPath);
    SavedModel saved;
    try {
        auto model = isDescribed ? describedModel(sidecar->at("model"), *arrays)
                     : training  ? snapshotOf(training->state.model, *arrays)
                                 : undescribedModel(sidecar, *arrays);
        if (!model && training) // the weights belong to another network
            model = undescribedModel(sidecar, *arrays);
        if (!model)
            return failure(model.error().code, weightsPath.string() + ": " + model.error().message);
        saved.model = std::move(*model);
        if (isDescribed && sidecar->contains("training"))
            saved.record = recordFromJson(*sidecar, saved.model.spec);
        else if (training)
            saved.record = recordOf(*training, saved.model);
    } catch (const std::logic_error& error) {
        return badDescription(weightsPath, error.what());
    } catch (const json::exception& error) {
        return badDescription(weightsPath, error.what());
    }
    return saved;
}

} // namespace

Result<SavedModel> readSavedModel(const std::filesystem::path& path)
{
    return guarded("Reading the model", [&] {
        std::error_code status;
        const bool isFolder = std::filesystem::is_directory(path, status);
        return readSavedModelOf(isFolder ? path / kWeightsFileName : path);
    });
}

} // namespace engine
