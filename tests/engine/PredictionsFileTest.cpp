#include "engine/storage/PredictionsFile.h"

#include "engine/data/SketchDigits.h"
#include "engine/storage/Safetensors.h"

#include "Models.h"
#include "support/Files.h"
#include "support/Mutations.h"
#include "support/Results.h"

#include <cmath>

using engine::ErrorCode;
using engine::readPredictions;
using engine::Safetensors;
using engine::StoredPredictions;
using test::failsWith;
using test::TemporaryFolder;

namespace
{

engine::SplitPredictions evaluated(const engine::Dataset& dataset)
{
    return {engine::evaluate(test::randomModel(test::tinyVggSpec(), 4), dataset).value(),
            {dataset.labels().begin(), dataset.labels().end()}};
}

StoredPredictions example()
{
    const auto digits = engine::makeSketchDigits({30, 20, 5});
    StoredPredictions stored;
    stored.datasetId = "Ziffern „groß“";
    stored.weightsChecksum = 4294967295U;
    stored.splits = {{"train", evaluated(digits.train)}, {"test", evaluated(digits.test)}};
    stored.testEpochs = {std::vector<std::uint8_t>(20, 9), stored.splits.at("test").evaluation.predictions};
    return stored;
}

/// Two images in three classes; tests damage it in one place each.
Safetensors content()
{
    Safetensors content;
    content.metadata = {{"format", "tinyvgg-studio predictions 1"},
                        {"dataset", "mnist"},
                        {"weights_crc32", "12"},
                        {"test.mean_loss", "0.25"}};
    content.floats["test.probabilities"] = {{.5F, .25F, .25F, 0, 0, 1}, {2, 3}};
    content.bytes["test.predictions"] = std::vector<std::uint8_t>{0, 2};
    content.bytes["test.labels"] = std::vector<std::uint8_t>{1, 2};
    content.bytes["test.epochs"] = {{0, 0, 0, 2}, {2, 2}};
    return content;
}

class PredictionsFile : public testing::Test
{
protected:
    engine::Result<StoredPredictions> read(const Safetensors& content) const
    {
        test::writeFile(path(), toBytes(content));
        return readPredictions(folder.path());
    }
    std::filesystem::path path() const { return folder / engine::kPredictionsFileName; }

    TemporaryFolder folder;
};

} // namespace

TEST_F(PredictionsFile, givesBackWhatWasWritten)
{
    const StoredPredictions expected = example();
    ASSERT_TRUE(test::succeeds(writePredictions(folder.path(), expected)));
    const auto found = readPredictions(folder.path());
    ASSERT_TRUE(test::succeeds(found));
    EXPECT_EQ(found->datasetId, expected.datasetId);
    EXPECT_EQ(found->weightsChecksum, expected.weightsChecksum);
    EXPECT_EQ(found->testEpochs, expected.testEpochs);
    ASSERT_EQ(found->splits.size(), 2U);
    for (const auto& [name, split] : expected.splits) {
        const engine::SplitPredictions& other = found->splits.at(name);
        EXPECT_EQ(other.labels, split.labels);
        EXPECT_EQ(other.evaluation.probabilities, split.evaluation.probabilities);
        EXPECT_EQ(other.evaluation.predictions, split.evaluation.predictions);
        EXPECT_EQ(other.evaluation.confusion, split.evaluation.confusion);
        EXPECT_EQ(other.evaluation.meanLoss, split.evaluation.meanLoss);
    }
}

TEST_F(PredictionsFile, hasTheNamesAndShapesThatTheHeaderSays)
{
    const auto found = read(content());
    ASSERT_TRUE(test::succeeds(found));
    EXPECT_EQ(found->datasetId, "mnist");
    EXPECT_EQ(found->weightsChecksum, 12U);
    const engine::Evaluation& evaluation = found->splits.at("test").evaluation;
    EXPECT_EQ(evaluation.meanLoss, .25);
    EXPECT_EQ(evaluation.confusion.count(1, 0), 1U);
    EXPECT_EQ(evaluation.correctCount(), 1U);
    EXPECT_EQ(found->testEpochs, (std::vector<std::vector<std::uint8_t>>{{0, 0}, {0, 2}}));

    ASSERT_TRUE(test::succeeds(writePredictions(folder.path(), *found)));
    const auto again = engine::readSafetensors(path(), [](const auto&) {});
    ASSERT_TRUE(test::succeeds(again));
    EXPECT_EQ(*again, content());
}

TEST_F(PredictionsFile, refusesMoreThanTheDataSetCanNeedBeforeTakingMemory)
{
    const auto announce = [&](const std::string& array, std::uint64_t bytes) {
        const std::string header =
            R"({"__metadata__":{"format":"tinyvgg-studio predictions 1"},)" + array + "}";
        const std::uint64_t length = header.size();
        test::writeFile(path(), std::string(reinterpret_cast<const char*>(&length), sizeof length) + header);
        std::filesystem::resize_file(path(), 8 + header.size() + bytes); // with a hole
        return readPredictions(folder.path(), {.images = 10'000, .classes = 10});
    };
    EXPECT_TRUE(failsWith(
        announce(
            R"("test.probabilities":{"dtype":"F32","shape":[8589934592],"data_offsets":[0,34359738368]})",
            std::uint64_t{32} << 30),
        ErrorCode::BadFormat, {path().string(), "at most 100000 values", "found 8589934592"}));
    EXPECT_TRUE(failsWith(
        announce(R"("test.epochs":{"dtype":"U8","shape":[8589934592],"data_offsets":[0,8589934592]})",
                 std::uint64_t{8} << 30),
        ErrorCode::BadFormat, {path().string(), "at most 10000000 values", "found 8589934592"}));
    std::string many;
    for (int i = 0; i < 11; ++i)
        many += (i > 0 ? ",\"" : "\"") + std::to_string(i) +
                R"(":{"dtype":"U8","shape":[0],"data_offsets":[0,0]})";
    EXPECT_TRUE(failsWith(announce(many, 0), ErrorCode::BadFormat,
                          {path().string(), "at most 10 arrays", "found 11"}));
}

TEST_F(PredictionsFile, holdsNoImagesAndNoSplits)
{
    StoredPredictions stored;
    ASSERT_TRUE(test::succeeds(writePredictions(folder.path(), stored)));
    EXPECT_TRUE(readPredictions(folder.path())->splits.empty());

    stored.splits["test"] = evaluated(engine::Dataset());
    stored.testEpochs = {{}, {}};
    ASSERT_TRUE(test::succeeds(writePredictions(folder.path(), stored)));
    const auto found = readPredictions(folder.path());
    ASSERT_TRUE(test::succeeds(found));
    EXPECT_EQ(found->splits.at("test").evaluation.size(), 0U);
    EXPECT_EQ(found->splits.at("test").evaluation.confusion.classCount(), 10);
    EXPECT_TRUE(found->testEpochs.empty());
}

TEST_F(PredictionsFile, keepsALossThatIsNoNumber)
{
    StoredPredictions stored = example();
    for (const double loss : {std::nan(""), -std::nan(""), HUGE_VAL}) {
        stored.splits.at("test").evaluation.meanLoss = loss;
        ASSERT_TRUE(test::succeeds(writePredictions(folder.path(), stored)));
        const auto found = readPredictions(folder.path());
        ASSERT_TRUE(test::succeeds(found));
        const double read = found->splits.at("test").evaluation.meanLoss;
        EXPECT_TRUE(read == loss || (std::isnan(read) && std::isnan(loss)));
    }
}

TEST_F(PredictionsFile, distinguishesTheWeights)
{
    const auto model = test::randomModel(test::tinyVggSpec(), 4);
    auto other = model;
    EXPECT_EQ(weightsChecksum(model), weightsChecksum(test::randomModel(test::tinyVggSpec(), 4)));
    test::weightsOf(other, "classifier.1.bias")[9] += 1e-3F;
    EXPECT_NE(weightsChecksum(model), weightsChecksum(other));
}

TEST_F(PredictionsFile, saysWhatIsMissing)
{
    EXPECT_TRUE(failsWith(readPredictions(folder.path()), ErrorCode::NotFound, {path().string()}));
    EXPECT_TRUE(
        failsWith(writePredictions(folder / "no/such", example()), ErrorCode::CannotWrite, {"no/such"}));
    for (const char* key : {"format", "dataset", "weights_crc32", "test.mean_loss"}) {
        Safetensors lacking = content();
        lacking.metadata.erase(key);
        EXPECT_TRUE(failsWith(read(lacking), ErrorCode::BadFormat, {path().string(), key, "found none"}));
    }
    for (const char* name : {"test.predictions", "test.labels"}) {
        Safetensors lacking = content();
        lacking.bytes.erase(name);
        EXPECT_TRUE(failsWith(read(lacking), ErrorCode::BadFormat, {path().string(), name, "found none"}));
    }
}

TEST_F(PredictionsFile, refusesMetadataThatIsNotItsOwn)
{
    const auto withMetadata = [](const char* key, const char* value) {
        Safetensors changed = content();
        changed.metadata[key] = value;
        return changed;
    };
    EXPECT_TRUE(failsWith(read(withMetadata("format", "tinyvgg-studio training 1")), ErrorCode::BadFormat,
                          {path().string(), "predictions 1", "training 1"}));
    for (const char* value : {"", "x", "12x", " 12", "-1", "4294967296"}) {
        EXPECT_TRUE(failsWith(read(withMetadata("weights_crc32", value)), ErrorCode::BadFormat,
                              {path().string(), "weights_crc32: expected a number"}))
            << value;
    }
    EXPECT_TRUE(failsWith(read(withMetadata("test.mean_loss", "0,25")), ErrorCode::BadFormat,
                          {path().string(), "test.mean_loss", "0,25"}));
}

TEST_F(PredictionsFile, refusesArraysThatDoNotFitEachOther)
{
    const auto refuses = [&](const auto& change, const std::vector<std::string>& parts) {
        Safetensors changed = content();
        change(changed);
        std::vector<std::string> all = parts;
        all.push_back(path().string());
        return failsWith(read(changed), ErrorCode::BadFormat, all);
    };
    using Bytes = std::vector<std::uint8_t>;
    EXPECT_TRUE(refuses([](Safetensors& c) { c.bytes["test.labels"] = Bytes{1}; },
                        {"test.labels", "expected the shape [2]", "found [1]"}));
    EXPECT_TRUE(refuses(
        [](Safetensors& c) {
            c.bytes["test.predictions"] = {Bytes{0, 2}, {2, 1}};
        },
        {"test.predictions", "found [2, 1]"}));
    EXPECT_TRUE(refuses(
        [](Safetensors& c) {
            c.bytes["test.labels"] = Bytes{1, 3};
        },
        {"test.labels", "below 3", "found 3"}));
    EXPECT_TRUE(refuses(
        [](Safetensors& c) {
            c.bytes["test.predictions"] = Bytes{255, 0};
        },
        {"test.predictions", "found 255"}));
    EXPECT_TRUE(refuses([](Safetensors& c) { c.floats["test.probabilities"].shape = {6}; },
                        {"test.probabilities", "images × 1 to 256 classes", "found [6]"}));
    EXPECT_TRUE(refuses(
        [](Safetensors& c) {
            c.floats["test.probabilities"] = {{}, {std::size_t{1} << 60, 0}};
        },
        {"test.probabilities", "1152921504606846976, 0"}));
    EXPECT_TRUE(refuses(
        [](Safetensors& c) {
            c.floats["test.probabilities"] = {std::vector<float>(514), {2, 257}};
        },
        {"test.probabilities", "found [2, 257]"}));
    EXPECT_TRUE(refuses(
        [](Safetensors& c) {
            c.bytes["test.epochs"].shape = {4, 1};
        },
        {"test.epochs", "expected the shape [4, 2]", "found [4, 1]"}));
    EXPECT_TRUE(refuses([](Safetensors& c) { c.bytes["test.epochs"].shape = {4}; }, {"test.epochs"}));
    EXPECT_TRUE(refuses([](Safetensors& c) { c.bytes["test.epochs"].values[3] = 3; },
                        {"test.epochs", "below 3", "found 3"}));
    EXPECT_TRUE(refuses([](Safetensors& c) { c.floats.clear(); }, {"test.epochs", "found none"}));
    EXPECT_TRUE(refuses(
        [](Safetensors& c) {
            c.floats["test.probabilities"] = {{}, {0, 3}};
            c.bytes["test.labels"] = Bytes();
            c.bytes["test.predictions"] = Bytes();
            c.bytes["test.epochs"] = {{}, {std::size_t{1} << 60, 0}};
        },
        {"test.epochs", "found none"}));
}

TEST_F(PredictionsFile, survivesEveryDamage)
{
    ASSERT_TRUE(test::succeeds(writePredictions(folder.path(), example())));
    const std::string whole = test::readFile(path());
    std::mt19937_64 random(3);
    int refused = 0;
    for (int i = 0; i < 2000; ++i) {
        test::writeFile(path(), test::damaged(whole, random));
        const auto found = readPredictions(folder.path());
        if (found)
            continue;
        ++refused;
        ASSERT_TRUE(failsWith(found, ErrorCode::BadFormat, {path().string()}));
    }
    EXPECT_GT(refused, 1500);
}
