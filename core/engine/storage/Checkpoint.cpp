#include "engine/storage/Checkpoint.h"

#include "engine/device/TorchDevice.h"
#include "engine/storage/AtomicFile.h"
#include "engine/storage/StateDictReader.h"
#include "engine/training/TrainingConfigFields.h"

#include <caffe2/serialize/inline_container.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <torch/csrc/jit/serialization/pickler.h>
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

json toJson(const EpochReport& epoch)
{
    json object = {{"epoch", epoch.epoch},
                   {"train_loss", epoch.trainLoss},
                   {"train_correct", epoch.trainCorrect},
                   {"train_total", epoch.trainTotal},
                   {"test_loss", epoch.testLoss},
                   {"test_correct", epoch.testCorrect},
                   {"test_total", epoch.testTotal},
                   {"train_seconds", epoch.trainSeconds},
                   {"test_seconds", epoch.testSeconds}};
    if (epoch.validationTotal > 0) {
        object["validation_loss"] = epoch.validationLoss;
        object["validation_correct"] = epoch.validationCorrect;
        object["validation_total"] = epoch.validationTotal;
    }
    return object;
}

/// JSON has no NaN and no infinity, which the loss of a model that diverged may be; they are written as null.
double lossFromJson(const json& value)
{
    return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

/// nlohmann-json converts any number to any other; what is read from a file must be whole and in its range.
template<typename T>
T wholeNumber(const json& value, T low, T high)
{
    if (value.is_number_unsigned() && value.get<std::uint64_t>() >= static_cast<std::uint64_t>(low) &&
        value.get<std::uint64_t>() <= static_cast<std::uint64_t>(high))
        return value.get<T>();
    throw std::out_of_range("expected a number from " + std::to_string(low) + " to " + std::to_string(high) +
                            "; found " + value.dump());
}

constexpr int kLargestCount = std::numeric_limits<int>::max();
constexpr std::uint64_t kAnyNumber = std::numeric_limits<std::uint64_t>::max();

EpochReport epochFromJson(const json& value)
{
    EpochReport epoch;
    epoch.epoch = wholeNumber(value.at("epoch"), 1, kLargestCount);
    epoch.trainLoss = lossFromJson(value.at("train_loss"));
    epoch.trainCorrect = wholeNumber<std::size_t>(value.at("train_correct"), 0, kAnyNumber);
    epoch.trainTotal = wholeNumber<std::size_t>(value.at("train_total"), 0, kAnyNumber);
    epoch.testLoss = lossFromJson(value.at("test_loss"));
    epoch.testCorrect = wholeNumber<std::size_t>(value.at("test_correct"), 0, kAnyNumber);
    epoch.testTotal = wholeNumber<std::size_t>(value.at("test_total"), 0, kAnyNumber);
    epoch.trainSeconds = value.at("train_seconds");
    epoch.testSeconds = value.at("test_seconds");
    if (value.contains("validation_total")) {
        epoch.validationLoss = lossFromJson(value.at("validation_loss"));
        epoch.validationCorrect = wholeNumber<std::size_t>(value.at("validation_correct"), 0, kAnyNumber);
        epoch.validationTotal = wholeNumber<std::size_t>(value.at("validation_total"), 0, kAnyNumber);
    }
    return epoch;
}

json toJson(const TrainingConfig& config)
{
    json recipe = {{"preset", presetName(presetOf(config))},
                   {"loss", "cross-entropy"},
                   {"device", deviceLabel(config.device)},
                   {"threads", config.threads > 0 ? config.threads : defaultThreadCount()}};
    visitRecipe(config, [&](const char* name, const auto& field) {
        if constexpr (std::is_enum_v<std::decay_t<decltype(field)>>)
            recipe[name] = nameOf(field);
        else
            recipe[name] = field;
    });
    return recipe;
}

TrainingConfig configFromJson(const json& recipe)
{
    TrainingConfig config;
    config.threads = wholeNumber(recipe.at("threads"), 0, kLargestCount);
    visitRecipe(config, [&](const char* name, auto& field) {
        using Field = std::decay_t<decltype(field)>;
        if (!recipe.contains(name))
            return; // written before there was such a field
        const json& value = recipe.at(name);
        if constexpr (std::is_enum_v<Field>) {
            if (!setByName(field, value.get<std::string>()))
                throw std::out_of_range(std::string(name) + ": found " + value.dump());
        } else if constexpr (std::is_same_v<Field, double>) {
            field = value.get<double>();
        } else {
            field = wholeNumber<Field>(value, 0, std::numeric_limits<Field>::max());
        }
    });
    if (auto valid = validate(config); !valid)
        throw std::out_of_range(valid.error().message);
    return config;
}

json toJson(const TrainingRecord& record)
{
    json epochs = json::array();
    for (const EpochReport& epoch : record.epochs)
        epochs.push_back(toJson(epoch));
    return {{"dataset",
             {{"id", record.datasetId}, {"title", record.datasetTitle}, {"classes", record.classNames}}},
            {"training", toJson(record.config)},
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

json modelToJson(const TinyVggOptions& options)
{
    return {{"name", "TinyVGG"},
            {"input_height", options.inputHeight},
            {"input_width", options.inputWidth},
            {"input_range", {0, 1}},
            {"hidden_units", options.hiddenUnits},
            {"kernel_size", options.kernelSize},
            {"class_count", options.classCount},
            {"parameters", parameterCount(options)},
            {"output", "logits"}};
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

} // namespace

Result<void> writeCheckpoint(const std::filesystem::path& folder, const Checkpoint& checkpoint)
{
    return guarded("Saving the model", [&]() -> Result<void> {
        const std::string weights = pickledStateDict(checkpoint.model);
        json sidecar = {{"format_version", kFormatVersion},
                        {"weights_crc32", checksum(weights)},
                        {"model", modelToJson(checkpoint.model.options)}};
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

Result<Checkpoint> readCheckpointOf(const std::filesystem::path& weightsPath)
{
    const auto bytes = readWholeFile(weightsPath, kLargestWeights);
    if (!bytes)
        return tl::unexpected(bytes.error());
    auto arrays = readStateDict(weightsPath);
    if (!arrays)
        return tl::unexpected(arrays.error());

    const std::optional<json> sidecar = readSidecar(weightsPath, *bytes);
    int inputHeight = 0;
    int inputWidth = 0;
    Checkpoint checkpoint;
    try {
        if (sidecar) {
            inputHeight = wholeNumber(sidecar->at("model").at("input_height"), 1, kLargestCount);
            inputWidth = wholeNumber(sidecar->at("model").at("input_width"), 1, kLargestCount);
        }
        auto model = recogniseTinyVgg(std::move(*arrays), inputHeight, inputWidth);
        if (!model)
            return failure(model.error().code, weightsPath.string() + ": " + model.error().message);
        checkpoint.model = std::move(*model);
        if (sidecar && sidecar->contains("training"))
            checkpoint.record = recordFromJson(*sidecar, checkpoint.model.options);
    } catch (const std::logic_error& error) {
        return badDescription(weightsPath, error.what());
    } catch (const json::exception& error) {
        return badDescription(weightsPath, error.what());
    }
    return checkpoint;
}

} // namespace

Result<Checkpoint> readCheckpoint(const std::filesystem::path& path)
{
    return guarded("Reading the model", [&] {
        std::error_code status;
        const bool isFolder = std::filesystem::is_directory(path, status);
        return readCheckpointOf(isFolder ? path / kWeightsFileName : path);
    });
}

} // namespace engine
