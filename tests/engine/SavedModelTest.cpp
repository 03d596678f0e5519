#include "engine/storage/SavedModel.h"

#include "engine/evaluation/Evaluation.h"
#include "engine/network/NetworkShapes.h"
#include "engine/storage/CheckpointFile.h"

#include "Models.h"
#include "support/Files.h"
#include "support/Mutations.h"
#include "support/Results.h"

#include <limits>
#include <nlohmann/json.hpp>

using engine::ErrorCode;
using engine::NetworkSpec;
using engine::readSavedModel;
using engine::SavedModel;
using engine::TrainingRecord;
using engine::writeSavedModel;
using nlohmann::json;
using test::failsWith;
using test::readFile;
using test::TemporaryFolder;
using test::writeFile;

namespace
{

engine::NetworkSpec smallSpec()
{
    return test::tinyVggSpec(8, 12, 2, 3, 3);
}

TrainingRecord exampleRecord()
{
    TrainingRecord record;
    record.config.epochs = 7;
    record.config.batchSize = 48;
    record.config.learningRate = .123456789;
    record.config.seed = 18'446'744'073'709'551'615ULL;
    record.config.sampleLimit = 5'000'000'000;
    record.config.threads = 2;
    record.config.network = choiceOf(smallSpec());
    record.datasetId = "/home/someone/My \"data\"";
    record.datasetTitle = "Zeichen – 数字";
    record.classNames = {"zero", "one", "dünn"};
    record.epochs = {{1, .75, 30, 48, .625, 20, 24, 1.5, .25}, {2, .1, 47, 48, 1.0 / 3, 22, 24, 1.25, .125}};
    return record;
}

SavedModel example(std::uint64_t seed = 1)
{
    return {test::randomModel(smallSpec(), seed), exampleRecord()};
}

json sidecarIn(const TemporaryFolder& folder)
{
    return json::parse(readFile(folder / "weights.json"));
}

} // namespace

TEST(SavedModel, keepsTheWeightsBitForBit)
{
    const TemporaryFolder folder;
    for (const NetworkSpec& spec :
         {smallSpec(), engine::tinyVgg({3, 9, 12}, 4, {.blocks = 1, .hasBatchNorm = true, .dropout = .2}),
          engine::linearBaseline({1, 9, 12}, 4, 5, true), test::tinyVggSpec(),
          test::tinyVggSpec(4, 4, 1, 1, 2), test::tinyVggSpec(31, 30, 3, 7, 5)}) {
        const SavedModel original = {test::randomModel(spec), std::nullopt};
        ASSERT_TRUE(test::succeeds(writeSavedModel(folder.path(), original)));
        const auto read = readSavedModel(folder.path());
        ASSERT_TRUE(test::succeeds(read));
        EXPECT_TRUE(test::areSame(read->model, original.model));
        EXPECT_FALSE(read->record);
    }
}

TEST(SavedModel, keepsUnusualNumbers)
{
    const TemporaryFolder folder;
    SavedModel original = example();
    test::weightsOf(original.model, "block_1.0.bias") = {std::numeric_limits<float>::infinity(), -0.F};
    test::weightsOf(original.model, "block_1.2.bias") = {std::numeric_limits<float>::denorm_min(),
                                                         std::numeric_limits<float>::max()};
    ASSERT_TRUE(test::succeeds(writeSavedModel(folder.path(), original)));
    const auto read = readSavedModel(folder.path());
    ASSERT_TRUE(test::succeeds(read));
    EXPECT_TRUE(test::areSame(read->model, original.model));
}

TEST(SavedModel, keepsTheRecord)
{
    const TemporaryFolder folder;
    SavedModel original = example();
    for (const bool isStopped : {false, true}) {
        original.record->isStopped = isStopped;
        ASSERT_TRUE(test::succeeds(writeSavedModel(folder.path(), original)));
        const auto read = readSavedModel(folder.path());
        ASSERT_TRUE(test::succeeds(read));
        ASSERT_TRUE(read->record);
        const TrainingRecord& record = *read->record;
        EXPECT_EQ(record.config, original.record->config);
        EXPECT_EQ(record.datasetId, original.record->datasetId);
        EXPECT_EQ(record.datasetTitle, original.record->datasetTitle);
        EXPECT_EQ(record.classNames, original.record->classNames);
        EXPECT_EQ(record.isStopped, isStopped);
        ASSERT_EQ(record.epochs.size(), 2U);
        EXPECT_EQ(record.epochs[0].epoch, 1);
        EXPECT_EQ(record.epochs[0].trainLoss, .75);
        EXPECT_EQ(record.epochs[0].trainCorrect, 30U);
        EXPECT_EQ(record.epochs[0].trainTotal, 48U);
        EXPECT_EQ(record.epochs[1].testLoss, 1.0 / 3);
        EXPECT_EQ(record.epochs[1].testCorrect, 22U);
        EXPECT_EQ(record.epochs[1].testTotal, 24U);
        EXPECT_EQ(record.epochs[1].trainSeconds, 1.25);
        EXPECT_EQ(record.epochs[1].testSeconds, .125);
    }
}

TEST(SavedModel, keepsTheRecordOfARunThatDiverged)
{
    const TemporaryFolder folder;
    SavedModel original = example();
    original.record->epochs[0].trainLoss = std::numeric_limits<double>::quiet_NaN();
    original.record->epochs[0].testLoss = std::numeric_limits<double>::infinity();
    ASSERT_TRUE(test::succeeds(writeSavedModel(folder.path(), original)));
    const auto read = readSavedModel(folder.path());
    ASSERT_TRUE(test::succeeds(read));
    ASSERT_TRUE(read->record);
    EXPECT_FALSE(std::isfinite(read->record->epochs[0].trainLoss));
    EXPECT_FALSE(std::isfinite(read->record->epochs[0].testLoss));
    EXPECT_EQ(read->record->epochs[1].trainLoss, .1);
}

TEST(SavedModel, isReadFromItsFolderOrItsFile)
{
    const TemporaryFolder folder;
    ASSERT_TRUE(test::succeeds(writeSavedModel(folder.path(), example())));
    for (const auto& path : {folder.path(), folder / engine::kWeightsFileName}) {
        const auto read = readSavedModel(path);
        ASSERT_TRUE(test::succeeds(read));
        EXPECT_TRUE(test::areSame(read->model, example().model));
        EXPECT_TRUE(read->record);
    }
}

TEST(SavedModel, isReadWithoutItsRecordWhereTheFileStandsAlone)
{
    const TemporaryFolder folder;
    ASSERT_TRUE(test::succeeds(
        writeSavedModel(folder.path(), {test::randomModel(test::tinyVggSpec()), exampleRecord()})));
    std::filesystem::copy_file(folder / "weights.pt", folder / "other.pt");
    const auto read = readSavedModel(folder / "other.pt");
    ASSERT_TRUE(test::succeeds(read));
    EXPECT_TRUE(test::areSame(read->model, test::randomModel(test::tinyVggSpec())));
    EXPECT_FALSE(read->record);
}

TEST(SavedModel, saysInJsonWhatTheWeightsAre)
{
    const TemporaryFolder folder;
    ASSERT_TRUE(test::succeeds(
        writeSavedModel(folder.path(), {test::randomModel(test::tinyVggSpec()), exampleRecord()})));
    const json sidecar = sidecarIn(folder);
    const json& model = sidecar.at("model");
    EXPECT_EQ(model.at("name"), "TinyVGG");
    EXPECT_EQ(model.at("input_height"), 28);
    EXPECT_EQ(model.at("input_width"), 28);
    EXPECT_EQ(model.at("input_range"), (std::vector<int>{0, 1}));
    EXPECT_EQ(model.at("input_channels"), 1);
    const json& layers = model.at("network").at("layers");
    ASSERT_EQ(layers.size(), 12U);
    EXPECT_EQ(layers.at(0), json::parse(R"({"type":"Conv2d","name":"block_1.0","out_channels":10,
                                            "kernel_size":3,"padding":"same"})"));
    EXPECT_EQ(layers.at(11), json::parse(R"({"type":"Linear","name":"classifier.1","out_features":10})"));
    EXPECT_EQ(model.at("class_count"), 10);
    EXPECT_EQ(model.at("parameters"), 7740);
    EXPECT_EQ(model.at("output"), "logits");
    EXPECT_EQ(sidecar.at("dataset").at("title"), "Zeichen – 数字");
    EXPECT_EQ(sidecar.at("dataset").at("classes").at(1), "one");
    const json& training = sidecar.at("training");
    EXPECT_EQ(training.at("optimizer"), "sgd");
    EXPECT_EQ(training.at("learning_rate"), .123456789);
    EXPECT_EQ(training.at("seed"), 18'446'744'073'709'551'615ULL);
    EXPECT_EQ(training.at("device"), "CPU");
    EXPECT_EQ(training.at("preset"), "Custom");
    EXPECT_EQ(sidecar.at("finished_epochs").at(1).at("test_correct"), 22);
}

TEST(SavedModel, readsARecordOfBeforeThereWereSuchFields)
{
    const TemporaryFolder folder;
    ASSERT_TRUE(writeSavedModel(folder.path(), example()));
    json sidecar = sidecarIn(folder);
    EXPECT_FALSE(sidecar["training"].contains("started_from")) << "written where there is something to say";
    ASSERT_EQ(sidecar["training"].erase("augmentation"), 1U);
    writeFile(folder / "weights.json", sidecar.dump());
    const auto read = readSavedModel(folder.path());
    ASSERT_TRUE(test::succeeds(read));
    ASSERT_TRUE(read->record);
    EXPECT_EQ(read->record->config, exampleRecord().config);
}

TEST(SavedModel, opensADescriptionOfWhenThereWasOneNetwork)
{
    const TemporaryFolder folder;
    ASSERT_TRUE(writeSavedModel(folder.path(), example()));
    json sidecar = sidecarIn(folder);
    ASSERT_EQ(sidecar["training"].erase("network"), 1U);
    sidecar["training"]["hidden_units"] = 2;
    sidecar["training"]["kernel_size"] = 3;
    sidecar["model"] = {{"name", "TinyVGG"},     {"input_height", 8}, {"input_width", 12},
                        {"input_range", {0, 1}}, {"hidden_units", 2}, {"kernel_size", 3},
                        {"class_count", 3},      {"parameters", 237}, {"output", "logits"}};
    writeFile(folder / "weights.json", sidecar.dump());
    const auto read = readSavedModel(folder.path());
    ASSERT_TRUE(test::succeeds(read));
    EXPECT_TRUE(test::areSame(read->model, example().model))
        << "8 x 12 pixels, as only the description knows";
    ASSERT_TRUE(read->record);
    EXPECT_EQ(read->record->config, exampleRecord().config);
}

TEST(SavedModel, takesTheNetworkOfADescriptionOfOtherWeightsWhereItFits)
{
    const TemporaryFolder folder;
    NetworkSpec list{{1, 9, 7}, 3, {engine::Flatten{}, engine::Linear{.outFeatures = 3}}, {}};
    for (const NetworkSpec& spec : {smallSpec(), list}) {
        ASSERT_TRUE(
            test::succeeds(writeSavedModel(folder.path(), {test::randomModel(spec, 1), std::nullopt})));
        const std::string description = readFile(folder / "weights.json");
        ASSERT_TRUE(
            test::succeeds(writeSavedModel(folder.path(), {test::randomModel(spec, 2), std::nullopt})));
        writeFile(folder / "weights.json", description);
        const auto read = readSavedModel(folder.path());
        ASSERT_TRUE(test::succeeds(read));
        EXPECT_TRUE(test::areSame(read->model, test::randomModel(spec, 2)));
        EXPECT_FALSE(read->record);

        ASSERT_TRUE(
            test::succeeds(writeSavedModel(folder.path(), {test::randomModel(test::tinyVggSpec()), {}})));
        writeFile(folder / "weights.json", description); // of another network
        const auto other = readSavedModel(folder.path());
        ASSERT_TRUE(test::succeeds(other));
        EXPECT_EQ(other->model.spec, test::tinyVggSpec());
    }
}

TEST(SavedModel, survivesNamesThatAreNoText)
{
    const TemporaryFolder folder;
    SavedModel original = example();
    original.record->datasetId = "/data/\xff\xfe"; // a path need not be UTF-8
    ASSERT_TRUE(test::succeeds(writeSavedModel(folder.path(), original)));
    const auto read = readSavedModel(folder.path());
    ASSERT_TRUE(test::succeeds(read));
    EXPECT_TRUE(read->record);
}

TEST(SavedModel, doesNotTakeAnOldRecordForThatOfNewWeights)
{
    // As after a crash between the two files.
    const TemporaryFolder folder;
    ASSERT_TRUE(test::succeeds(
        writeSavedModel(folder.path(), {test::randomModel(test::tinyVggSpec(), 1), exampleRecord()})));
    const std::string oldRecord = readFile(folder / "weights.json");
    ASSERT_TRUE(test::succeeds(
        writeSavedModel(folder.path(), {test::randomModel(test::tinyVggSpec(), 2), exampleRecord()})));
    writeFile(folder / "weights.json", oldRecord);
    const auto read = readSavedModel(folder.path());
    ASSERT_TRUE(test::succeeds(read));
    EXPECT_TRUE(test::areSame(read->model, test::randomModel(test::tinyVggSpec(), 2)));
    EXPECT_FALSE(read->record);
}

TEST(SavedModel, readsItsWeightsBesideARecordThatIsUnreadable)
{
    const TemporaryFolder folder;
    ASSERT_TRUE(test::succeeds(
        writeSavedModel(folder.path(), {test::randomModel(test::tinyVggSpec()), exampleRecord()})));
    const std::string record = readFile(folder / "weights.json");
    for (const std::string& content :
         {std::string(), std::string("{"), std::string("[]"), std::string("null"),
          record.substr(0, record.size() / 2), std::string(100'000, '[')}) {
        writeFile(folder / "weights.json", content);
        const auto read = readSavedModel(folder.path());
        ASSERT_TRUE(test::succeeds(read));
        EXPECT_FALSE(read->record);
    }
}

TEST(SavedModel, rejectsARecordOfTheseWeightsThatSaysNonsense)
{
    const TemporaryFolder folder;
    ASSERT_TRUE(test::succeeds(writeSavedModel(folder.path(), example())));
    const json original = sidecarIn(folder);
    const std::string path = (folder / "weights.json").string();
    const auto readWith = [&](const char* pointer, const json& value) {
        json changed = original;
        changed[json::json_pointer(pointer)] = value;
        writeFile(folder / "weights.json", changed.dump());
        return readSavedModel(folder.path());
    };
    EXPECT_TRUE(failsWith(readWith("/training/epochs", "three"), ErrorCode::BadFormat, {path}));
    EXPECT_TRUE(failsWith(readWith("/dataset", 5), ErrorCode::BadFormat, {path}));
    EXPECT_TRUE(failsWith(readWith("/model", nullptr), ErrorCode::BadFormat, {path}));
    EXPECT_TRUE(failsWith(readWith("/finished_epochs/0/test_correct", "many"), ErrorCode::BadFormat, {path}));
    EXPECT_TRUE(failsWith(readWith("/model/network", nullptr), ErrorCode::BadFormat, {path}));
    EXPECT_TRUE(failsWith(readWith("/model/network/input", {1, 8, 28}), ErrorCode::BadFormat,
                          {"classifier.1.weight", "(3, 28)", "(3, 12)"}));
    EXPECT_TRUE(failsWith(readWith("/model/network/layers/2/kernel_size", 5), ErrorCode::BadFormat,
                          {"block_1.2.weight", "(2, 2, 5, 5)"}));
    EXPECT_TRUE(failsWith(readWith("/model/network/layers/2/kernel_size", "three"), ErrorCode::BadFormat,
                          {path, "layer 3", "kernel_size"}));
    EXPECT_TRUE(failsWith(readWith("/model/network/layers/2/kernel_size", 12), ErrorCode::BadFormat,
                          {path, "Layer 3 (Conv2d)", "found 12"}));
    EXPECT_TRUE(failsWith(readWith("/model/network/layers/0/type", "Conv3d"), ErrorCode::BadFormat,
                          {path, "layer 1", "found \"Conv3d\""}));
    EXPECT_TRUE(test::succeeds(readWith("/comment", "What is unknown does no harm.")));
}

TEST(SavedModel, isReplacedAsAWhole)
{
    const TemporaryFolder folder;
    ASSERT_TRUE(test::succeeds(writeSavedModel(folder.path(), example(1))));
    ASSERT_TRUE(test::succeeds(
        writeSavedModel(folder.path(), {test::randomModel(test::tinyVggSpec(), 2), std::nullopt})));
    const auto read = readSavedModel(folder.path());
    ASSERT_TRUE(test::succeeds(read));
    EXPECT_TRUE(test::areSame(read->model, test::randomModel(test::tinyVggSpec(), 2)));
    EXPECT_FALSE(read->record);
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path()))
        ++files;
    EXPECT_EQ(files, 2U);
}

TEST(SavedModel, saysWhatIsMissing)
{
    const TemporaryFolder folder;
    EXPECT_TRUE(
        failsWith(readSavedModel(folder / "nowhere"), ErrorCode::NotFound, {(folder / "nowhere").string()}));
    EXPECT_TRUE(
        failsWith(readSavedModel(folder.path()), ErrorCode::NotFound, {(folder / "weights.pt").string()}));
}

TEST(SavedModel, rejectsAWeightsFileThatIsTooLong)
{
    const TemporaryFolder folder;
    const auto path = writeFile(folder / "weights.pt", "");
    std::filesystem::resize_file(path, (std::uintmax_t{800} << 20) + 1); // takes no room on the disk
    EXPECT_TRUE(failsWith(readSavedModel(path), ErrorCode::BadFormat,
                          {path.string(), "at most 838860800", "found 838860801"}));
}

TEST(SavedModel, isNotWrittenIntoAFolderThatIsNotThere)
{
    const TemporaryFolder folder;
    EXPECT_TRUE(failsWith(writeSavedModel(folder / "nowhere", example()), ErrorCode::CannotWrite,
                          {(folder.path() / "nowhere" / "weights.pt").string()}));
    EXPECT_FALSE(std::filesystem::exists(folder / "nowhere"));
}

TEST(SavedModel, leavesTheOldOneWhereItMayNotWrite)
{
    if (test::isRoot())
        GTEST_SKIP() << "root may write everywhere";
    const TemporaryFolder folder;
    ASSERT_TRUE(test::succeeds(writeSavedModel(folder.path(), example(1))));
    std::filesystem::permissions(folder.path(),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    EXPECT_TRUE(failsWith(writeSavedModel(folder.path(), example(2)), ErrorCode::CannotWrite,
                          {(folder / "weights.pt").string()}));
    const auto read = readSavedModel(folder.path());
    ASSERT_TRUE(test::succeeds(read));
    EXPECT_TRUE(test::areSame(read->model, example(1).model));
    EXPECT_TRUE(read->record);
}

TEST(SavedModel, survivesDamage)
{
    const TemporaryFolder original;
    ASSERT_TRUE(test::succeeds(writeSavedModel(
        original.path(), {test::randomModel(test::tinyVggSpec(4, 4, 1, 1, 2)), exampleRecord()})));
    const std::string weights = readFile(original / "weights.pt");
    const std::string record = readFile(original / "weights.json");
    const TemporaryFolder folder;
    std::mt19937_64 random(1);
    int refused = 0;
    for (int i = 0; i < 400; ++i) {
        const bool isRecord = i % 4 == 0;
        writeFile(folder / "weights.pt", isRecord ? weights : test::damaged(weights, random));
        writeFile(folder / "weights.json", isRecord ? test::damaged(record, random) : record);
        const auto read = readSavedModel(folder.path());
        if (!read) {
            ++refused;
            ASSERT_NE(read.error().message.find(folder.path().string()), std::string::npos)
                << read.error().message;
            ASSERT_TRUE(read.error().code == ErrorCode::BadFormat) << read.error().message;
            continue;
        }
        ASSERT_TRUE(validate(read->model.spec));
        // Well-formed means that it can be used.
        const NetworkSpec& spec = read->model.spec;
        const auto image = engine::Dataset::create(
            spec.input, std::vector<std::uint8_t>(static_cast<std::size_t>(spec.input.size())), {0},
            spec.classCount);
        ASSERT_TRUE(test::succeeds(evaluate(read->model, *image)));
    }
    EXPECT_GT(refused, 50);
}

namespace
{

/// Stopped after the second of seven epochs, with these very weights.
engine::Checkpoint trainingOf(const SavedModel& checkpoint)
{
    engine::Checkpoint training;
    training.state.config = checkpoint.record->config;
    training.state.model = checkpoint.model.spec;
    training.state.epoch = 3;
    training.state.trainSize = 48;
    training.state.parameters = engine::flatWeights(checkpoint.model);
    training.state.bestEpoch = 2;
    training.state.bestParameters = training.state.parameters;
    training.state.epochs = checkpoint.record->epochs;
    training.origin = {checkpoint.record->datasetId, checkpoint.record->datasetTitle,
                       checkpoint.record->classNames};
    return training;
}

} // namespace

TEST(SavedModel, killedBetweenWeightsAndDescriptionTheTrainingBesideSaysWhatTheyAre)
{
    const TemporaryFolder folder;
    ASSERT_TRUE(test::succeeds(writeSavedModel(folder.path(), example(1))));
    const std::string before = readFile(folder / "weights.json");
    const SavedModel newer = example(2);
    ASSERT_TRUE(test::succeeds(writeSavedModel(folder.path(), newer)));
    ASSERT_TRUE(test::succeeds(writeCheckpoint(folder.path(), trainingOf(newer))));
    for (const std::string& description : {before, std::string("{ broken")}) {
        writeFile(folder / "weights.json", description);
        const auto read = readSavedModel(folder.path());
        ASSERT_TRUE(test::succeeds(read));
        EXPECT_TRUE(test::areSame(read->model, newer.model)) << "8 x 12 pixels, as only the training knows";
        ASSERT_TRUE(read->record);
        EXPECT_EQ(read->record->datasetId, newer.record->datasetId);
        EXPECT_EQ(read->record->datasetTitle, newer.record->datasetTitle);
        EXPECT_EQ(read->record->classNames, newer.record->classNames);
        EXPECT_EQ(read->record->config, newer.record->config);
        EXPECT_EQ(read->record->epochs.size(), 2U);
        EXPECT_FALSE(read->record->isStopped);
    }
}

TEST(SavedModel, weightsOfAStopWithinAnEpochAreKnownForThat)
{
    const TemporaryFolder folder;
    const SavedModel checkpoint = example();
    ASSERT_TRUE(test::succeeds(writeSavedModel(folder.path(), checkpoint)));
    std::filesystem::remove(folder / "weights.json");
    engine::Checkpoint training = trainingOf(checkpoint);
    training.state.batches = {{3, 1, 48, 40, .5F, 1, .1F}};
    training.state.batchesDone = 1;
    ASSERT_TRUE(test::succeeds(writeCheckpoint(folder.path(), training)));
    const auto read = readSavedModel(folder.path());
    ASSERT_TRUE(read && read->record);
    EXPECT_TRUE(read->record->isStopped);
}

TEST(SavedModel, restoredWeightsOfTheBestEpochAreKnownToo)
{
    const TemporaryFolder folder;
    const SavedModel best = example(1);
    ASSERT_TRUE(test::succeeds(writeSavedModel(folder.path(), best)));
    std::filesystem::remove(folder / "weights.json");
    engine::Checkpoint training = trainingOf(example(2));
    training.state.bestEpoch = 1;
    training.state.bestParameters = engine::flatWeights(best.model);
    ASSERT_TRUE(test::succeeds(writeCheckpoint(folder.path(), training)));
    const auto read = readSavedModel(folder.path());
    ASSERT_TRUE(read && read->record);
    EXPECT_EQ(read->record->datasetId, best.record->datasetId);
    EXPECT_FALSE(read->record->isStopped);
}

TEST(SavedModel, weightsOfAnotherTrainingAreNotTakenForThoseOfTheOneBeside)
{
    const TemporaryFolder folder;
    ASSERT_TRUE(test::succeeds(writeCheckpoint(folder.path(), trainingOf(example(1)))));
    for (const NetworkSpec& spec : {smallSpec(), test::tinyVggSpec()}) {
        ASSERT_TRUE(test::succeeds(
            writeSavedModel(folder.path(), SavedModel{test::randomModel(spec, 2), std::nullopt})));
        std::filesystem::remove(folder / "weights.json");
        const auto read = readSavedModel(folder.path());
        if (spec == smallSpec()) {
            EXPECT_FALSE(read && read->record);
        } else {
            ASSERT_TRUE(test::succeeds(read));
            EXPECT_FALSE(read->record);
            EXPECT_EQ(read->model.spec, spec);
        }
    }
}
