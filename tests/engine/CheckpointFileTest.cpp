#include "engine/storage/CheckpointFile.h"

#include "engine/data/SketchDigits.h"
#include "engine/storage/Safetensors.h"
#include "engine/training/Trainer.h"

#include "RecordingObserver.h"
#include "support/Files.h"
#include "support/Mutations.h"
#include "support/Results.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using engine::Checkpoint;
using engine::ErrorCode;
using engine::readCheckpoint;
using test::failsWith;
using test::TemporaryFolder;

namespace
{

/// AdamW with a validation split, stopped in its second epoch.
const Checkpoint& stopped()
{
    static const Checkpoint kStopped = [] {
        engine::TrainingConfig config = withPreset({}, engine::Preset::Fast);
        config.validationShare = .1;
        config.patience = 1;
        config.threads = 1;
        config.seed = 18446744073709551615ULL;
        config.learningRate = 1.0 / 3;
        engine::TrainingControl control;
        test::RecordingObserver observer;
        observer.onBatch = [&](const engine::BatchReport& report) {
            if (report.epoch == 2)
                control.requestStop();
        };
        EXPECT_TRUE(engine::runTraining(config, engine::makeSketchDigits({100, 40, 42}), control, observer));
        return Checkpoint{observer.states.back(), {"id", "Ziffern „groß“", {"null", "eins"}}};
    }();
    return kStopped;
}

std::filesystem::path written(const TemporaryFolder& folder)
{
    EXPECT_TRUE(test::succeeds(writeCheckpoint(folder.path(), stopped())));
    return folder / engine::kCheckpointFileName;
}

} // namespace

TEST(CheckpointFile, givesBackWhatWasWritten)
{
    const TemporaryFolder folder;
    written(folder);
    const auto read = readCheckpoint(folder.path());
    ASSERT_TRUE(test::succeeds(read));
    const engine::TrainingState& expected = stopped().state;
    const engine::TrainingState& found = read->state;
    EXPECT_EQ(found.config, expected.config);
    EXPECT_EQ(found.model, expected.model);
    EXPECT_EQ(found.epoch, 2);
    EXPECT_EQ(found.batchesDone, 1);
    EXPECT_EQ(found.parameters, expected.parameters);
    EXPECT_EQ(found.optimizer, expected.optimizer);
    EXPECT_EQ(found.bestEpoch, 1);
    EXPECT_EQ(found.bestParameters, expected.bestParameters);
    ASSERT_EQ(found.epochs.size(), 1U);
    EXPECT_EQ(found.epochs[0].validationLoss, expected.epochs[0].validationLoss);
    EXPECT_EQ(found.epochs[0].testCorrect, expected.epochs[0].testCorrect);
    ASSERT_EQ(found.batches.size(), expected.batches.size());
    for (std::size_t i = 0; i < found.batches.size(); ++i) {
        EXPECT_EQ(found.batches[i].epoch, expected.batches[i].epoch);
        EXPECT_EQ(found.batches[i].batch, expected.batches[i].batch);
        EXPECT_EQ(found.batches[i].sampleCount, expected.batches[i].sampleCount);
        EXPECT_EQ(found.batches[i].correctCount, expected.batches[i].correctCount);
        EXPECT_EQ(found.batches[i].loss, expected.batches[i].loss);
        EXPECT_EQ(found.batches[i].learningRate, expected.batches[i].learningRate);
    }
    EXPECT_EQ(read->origin.datasetId, "id");
    EXPECT_EQ(read->origin.datasetTitle, "Ziffern „groß“");
    EXPECT_EQ(read->origin.classNames, (std::vector<std::string>{"null", "eins"}));
}

TEST(CheckpointFile, goesOnFromTheFileToTheBitsOfAnUninterruptedTraining)
{
    const TemporaryFolder folder;
    written(folder);
    const auto digits = engine::makeSketchDigits({100, 40, 42});
    engine::TrainingControl control;
    test::RecordingObserver first;
    test::RecordingObserver second;
    const auto resumed = engine::resumeTraining(readCheckpoint(folder.path())->state, digits, control, first);
    const auto whole = engine::runTraining(stopped().state.config, digits, control, second);
    ASSERT_TRUE(resumed && whole);
    EXPECT_EQ(flatWeights(resumed->model), flatWeights(whole->model));
}

TEST(CheckpointFile, opensOneOfBeforeThereWereSuchFields)
{
    const TemporaryFolder folder;
    const auto path = written(folder);
    auto content = engine::readSafetensors(path, [](const auto&) {});
    ASSERT_TRUE(test::succeeds(content));
    auto state = nlohmann::json::parse(content->metadata["state"]);
    ASSERT_FALSE(state["training"].contains("started_from")) << "written where there is something to say";
    for (const char* field : {"augmentation", "validation_share", "patience"})
        ASSERT_EQ(state["training"].erase(field), 1U) << field;
    content->metadata["state"] = state.dump();
    test::writeFile(path, engine::toBytes(*content));
    const auto read = readCheckpoint(folder.path());
    ASSERT_TRUE(test::succeeds(read));
    EXPECT_EQ(read->state.config.augmentation, engine::Augmentation::None);
    EXPECT_TRUE(read->state.config.startedFrom.isNone());
    EXPECT_EQ(read->state.parameters, stopped().state.parameters);
}

TEST(CheckpointFile, opensOneOfWhenThereWasOneNetwork)
{
    const TemporaryFolder folder;
    const auto path = written(folder);
    auto content = engine::readSafetensors(path, [](const auto&) {});
    ASSERT_TRUE(test::succeeds(content));
    auto state = nlohmann::json::parse(content->metadata["state"]);
    ASSERT_EQ(state["training"].erase("network"), 1U);
    state["training"]["hidden_units"] = 10;
    state["training"]["kernel_size"] = 3;
    state["model"] = {{"name", "TinyVGG"},     {"input_height", 28}, {"input_width", 28},
                      {"input_range", {0, 1}}, {"hidden_units", 10}, {"kernel_size", 3},
                      {"class_count", 10},     {"parameters", 7740}, {"output", "logits"}};
    content->metadata["state"] = state.dump();
    test::writeFile(path, engine::toBytes(*content));
    const auto read = readCheckpoint(folder.path());
    ASSERT_TRUE(test::succeeds(read));
    EXPECT_EQ(read->state.config, stopped().state.config);
    EXPECT_EQ(read->state.model, stopped().state.model);
    EXPECT_EQ(read->state.parameters, stopped().state.parameters);

    state["training"]["kernel_size"] = 5; // of which the parameters are not
    content->metadata["state"] = state.dump();
    test::writeFile(path, engine::toBytes(*content));
    EXPECT_TRUE(failsWith(readCheckpoint(folder.path()), ErrorCode::BadFormat, {path.string(), "12700"}));
}

TEST(CheckpointFile, refusesAStartingModelThatIsNone)
{
    const TemporaryFolder folder;
    const auto path = written(folder);
    auto content = engine::readSafetensors(path, [](const auto&) {});
    ASSERT_TRUE(test::succeeds(content));
    auto state = nlohmann::json::parse(content->metadata["state"]);
    const nlohmann::json whole = {
        {"model", "run 7"}, {"recipe", "Robust"}, {"dataset", "mnist"}, {"dataset_title", "MNIST"}};
    const auto with = [&](const nlohmann::json& startedFrom) {
        state["training"]["started_from"] = startedFrom;
        content->metadata["state"] = state.dump();
        test::writeFile(path, engine::toBytes(*content));
        return readCheckpoint(folder.path());
    };
    const auto good = with(whole);
    ASSERT_TRUE(test::succeeds(good));
    EXPECT_EQ(good->state.config.startedFrom, (engine::StartingModel{"run 7", "Robust", "mnist", "MNIST"}));
    for (const char* field : {"model", "recipe", "dataset", "dataset_title"}) {
        nlohmann::json bad = whole;
        bad.erase(field);
        EXPECT_TRUE(failsWith(with(bad), ErrorCode::BadFormat, {path.string()})) << field;
        bad[field] = 7;
        EXPECT_TRUE(failsWith(with(bad), ErrorCode::BadFormat, {path.string()})) << field;
        bad[field] = std::string(5000, 'x');
        EXPECT_TRUE(failsWith(with(bad), ErrorCode::BadFormat, {path.string()})) << field;
    }
    nlohmann::json nameless = whole;
    nameless["model"] = "";
    EXPECT_TRUE(failsWith(with(nameless), ErrorCode::BadFormat, {"name of a model"}));
    EXPECT_TRUE(failsWith(with("run 7"), ErrorCode::BadFormat, {path.string()}));
}

TEST(CheckpointFile, saysWhatIsMissing)
{
    const TemporaryFolder folder;
    EXPECT_TRUE(failsWith(readCheckpoint(folder.path()), ErrorCode::NotFound, {engine::kCheckpointFileName}));
    test::writeFile(folder / engine::kCheckpointFileName, "");
    EXPECT_TRUE(failsWith(readCheckpoint(folder.path()), ErrorCode::BadFormat, {"8 bytes", "found 0"}));
    EXPECT_TRUE(
        failsWith(writeCheckpoint(folder / "no/such", stopped()), ErrorCode::CannotWrite, {"no/such"}));
}

TEST(CheckpointFile, refusesAFileOfAnotherKind)
{
    const TemporaryFolder folder;
    const auto path = folder / engine::kCheckpointFileName;
    test::writeFile(path,
                    engine::toBytes({{{"format", "somebody else's"}}, {{"x", std::vector<float>{1, 2}}}}));
    EXPECT_TRUE(
        failsWith(readCheckpoint(folder.path()), ErrorCode::BadFormat, {path.string(), "somebody else's"}));
    test::writeFile(path, engine::toBytes({{}, {}}));
    EXPECT_TRUE(failsWith(readCheckpoint(folder.path()), ErrorCode::BadFormat, {path.string()}));
}

TEST(CheckpointFile, noticesEveryDamage)
{
    const TemporaryFolder folder;
    const auto path = written(folder);
    const std::string whole = test::readFile(path);
    for (const std::size_t length : {std::size_t{7}, std::size_t{100}, whole.size() / 2, whole.size() - 1}) {
        test::writeFile(path, std::string_view(whole).substr(0, length));
        EXPECT_TRUE(failsWith(readCheckpoint(folder.path()), ErrorCode::BadFormat, {path.string()}))
            << length;
    }
    for (const std::size_t position : {std::size_t{3}, std::size_t{9}, whole.size() / 2, whole.size() - 5}) {
        std::string damaged = whole;
        damaged[position] = static_cast<char>(damaged[position] ^ 0x40);
        test::writeFile(path, damaged);
        EXPECT_TRUE(failsWith(readCheckpoint(folder.path()), ErrorCode::BadFormat, {path.string()}))
            << position;
    }
}
