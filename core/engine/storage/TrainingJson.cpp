#include "engine/storage/TrainingJson.h"

#include "engine/network/NetworkRanges.h"
#include "engine/network/NetworkShapes.h"
#include "engine/network/ParameterLayout.h"
#include "engine/storage/NetworkJson.h"
#include "engine/training/TrainingConfigFields.h"

namespace engine
{
namespace
{

using nlohmann::json;

json toJson(const StartingModel& model)
{
    return {{"model", model.name},
            {"recipe", model.recipe},
            {"dataset", model.datasetId},
            {"dataset_title", model.datasetTitle}};
}

StartingModel startingModelFromJson(const json& value)
{
    StartingModel model = {value.at("model"), value.at("recipe"), value.at("dataset"),
                           value.at("dataset_title")};
    if (model.isNone())
        throw std::out_of_range("started_from: expected the name of a model");
    return model;
}

/// JSON has no NaN or infinity. Such losses, as of a diverged model, are written as null.
double lossFromJson(const json& value)
{
    return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

} // namespace

json modelToJson(const NetworkSpec& spec)
{
    return {{"name", describe(choiceOf(spec))},
            {"network", toJson(spec)},
            {"input_channels", spec.input.channels},
            {"input_height", spec.input.height},
            {"input_width", spec.input.width},
            {"input_range", {0, 1}},
            {"class_count", spec.classCount},
            {"parameters", parameterCount(spec)},
            {"output", "logits"}};
}

NetworkSpec modelFromJson(const json& value, const NetworkChoice& network)
{
    NetworkSpec spec;
    if (value.contains("network")) {
        spec = specFromJson(value.at("network"));
    } else {
        spec = networkFor(network,
                          {1, wholeNumber(value.at("input_height"), 1, kLargestCount),
                           wholeNumber(value.at("input_width"), 1, kLargestCount)},
                          wholeNumber(value.at("class_count"), 1, kLargestCount));
    }
    if (auto shapes = checkedShapes(spec); !shapes)
        throw std::out_of_range(shapes.error().message);
    return spec;
}

nlohmann::ordered_json toJson(const EpochReport& epoch)
{
    nlohmann::ordered_json object = {{"epoch", epoch.epoch},
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

std::string nameFromJson(const json& value)
{
    const auto& name = value.get_ref<const std::string&>();
    if (name.size() > kLongestName)
        throw std::out_of_range("expected a name of at most " + std::to_string(kLongestName) +
                                " bytes; found " + std::to_string(name.size()));
    return name;
}

std::vector<std::string> namesFromJson(const json& value)
{
    const auto& all = value.get_ref<const json::array_t&>();
    const auto most = static_cast<std::size_t>(ranges::kClasses.high);
    if (all.size() > most)
        throw std::out_of_range("expected at most " + std::to_string(most) + " class names; found " +
                                std::to_string(all.size()));
    std::vector<std::string> names;
    for (const json& name : all)
        names.push_back(nameFromJson(name));
    return names;
}

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
    recipe["network"] = toJson(config.network);
    if (!config.startedFrom.isNone())
        recipe["started_from"] = toJson(config.startedFrom);
    return recipe;
}

TrainingConfig configFromJson(const json& recipe)
{
    TrainingConfig config;
    config.threads = wholeNumber(recipe.at("threads"), 0, kLargestCount);
    visitRecipe(config, [&](const char* name, auto& field) {
        using Field = std::decay_t<decltype(field)>;
        if (!recipe.contains(name))
            return; // older files do not have this field
        const json& value = recipe.at(name);
        if constexpr (std::is_enum_v<Field>) {
            if (!setByName(field, value.get<std::string>()))
                throw std::out_of_range(std::string(name) + ": expected a valid value; found " +
                                        value.dump());
        } else if constexpr (std::is_same_v<Field, double>) {
            field = value.get<double>();
        } else {
            field = wholeNumber<Field>(value, 0, std::numeric_limits<Field>::max());
        }
    });
    if (recipe.contains("network")) {
        config.network = choiceFromJson(recipe.at("network"));
    } else { // older files: always a TinyVGG of two blocks
        for (const auto& [name, values] : {std::pair("hidden_units", &config.network.tinyVgg.hiddenUnits),
                                           std::pair("kernel_size", &config.network.tinyVgg.kernelSizes)}) {
            if (recipe.contains(name))
                *values = {wholeNumber(recipe.at(name), 0, kLargestCount)};
        }
    }
    if (recipe.contains("started_from"))
        config.startedFrom = startingModelFromJson(recipe.at("started_from"));
    if (auto valid = validate(config); !valid)
        throw std::out_of_range(valid.error().message);
    return config;
}

} // namespace engine
