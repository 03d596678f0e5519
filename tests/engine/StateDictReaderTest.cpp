// Weights that Python wrote: see fixtures/state_dict/make_state_dicts.py.
#include "engine/storage/StateDictReader.h"

#include "engine/storage/SavedModel.h"

#include "TorchModels.h"
#include "support/Files.h"
#include "support/Mutations.h"
#include "support/Results.h"

#include <caffe2/serialize/inline_container.h>
#include <nlohmann/json.hpp>
#include <numeric>
#include <torch/csrc/jit/serialization/pickle.h>

using engine::ErrorCode;
using engine::readSavedModel;
using engine::readStateDict;
using test::failsWith;
using test::TemporaryFolder;
using test::writeFile;

namespace
{

std::filesystem::path fixture(const std::string& name)
{
    return std::filesystem::path(FIXTURES_FOLDER) / "state_dict" / name;
}

class StateDictFromPython : public testing::TestWithParam<const char*>
{
};

struct Refused {
    const char* file;
    std::vector<std::string> message;
};

/// How a failure shows the parameter.
void PrintTo(const Refused& refused, std::ostream* out)
{
    *out << refused.file;
}

class RefusedStateDict : public testing::TestWithParam<Refused>
{
};

/// "refused-one-more.pt" is a test named refusedonemore.
std::string testName(std::string file)
{
    file.resize(file.find('.'));
    std::erase(file, '-');
    return file;
}

} // namespace

TEST_P(StateDictFromPython, givesTheLogitsThatPythonComputed)
{
    const auto expected = nlohmann::json::parse(test::readFile(fixture("expected.json")));
    const auto checkpoint = readSavedModel(fixture(GetParam()));
    ASSERT_TRUE(test::succeeds(checkpoint));
    EXPECT_FALSE(checkpoint->record);
    EXPECT_EQ(checkpoint->model.spec, (test::tinyVggSpec(28, 28, 2, 3, 10)));
    for (const auto& array : checkpoint->model.weights) {
        EXPECT_NEAR(std::accumulate(array.values.begin(), array.values.end(), 0.0),
                    expected.at("sums").at(array.name).get<double>(), 1e-9)
            << array.name;
    }

    test::CourseNetwork model(checkpoint->model);
    torch::Tensor image = torch::empty({1, 1, 28, 28});
    for (int i = 0; i < 784; ++i)
        image.data_ptr<float>()[i] = static_cast<float>((i * 37 + i / 28 * 11) % 256) / 255.F;
    const torch::NoGradGuard noGrad;
    const torch::Tensor logits = model.forward(image);
    for (int i = 0; i < 10; ++i)
        EXPECT_NEAR(logits[0][i].item<double>(),
                    expected.at("logits").at(static_cast<std::size_t>(i)).get<double>(), 1e-5);
}

INSTANTIATE_TEST_SUITE_P(Files, StateDictFromPython,
                         testing::Values("ordered-dict.pt", "plain-dict.pt", "parameters.pt",
                                         "conv-block-names.pt", "other-order.pt", "strided.pt"),
                         [](const auto& instance) { return testName(instance.param); });

TEST(StateDictReader, keepsTheNamesAndTheOrderOfTheFile)
{
    const auto arrays = readStateDict(fixture("conv-block-names.pt"));
    ASSERT_TRUE(test::succeeds(arrays));
    ASSERT_EQ(arrays->size(), 10U);
    EXPECT_EQ(arrays->front().name, "conv_block_1.0.weight");
    EXPECT_EQ(arrays->front().shape, (std::vector<std::int64_t>{2, 1, 3, 3}));
    EXPECT_EQ(arrays->back().name, "classifier.1.bias");
    EXPECT_EQ(readStateDict(fixture("other-order.pt")).value().front().name, "classifier.1.bias");
}

TEST(StateDictReader, takesAnEvenKernel)
{
    const auto saved = readSavedModel(fixture("even-kernel.pt"));
    ASSERT_TRUE(test::succeeds(saved));
    EXPECT_EQ(saved->model.spec, test::tinyVggSpec(28, 28, 1, 4, 10));
}

TEST_P(RefusedStateDict, isRefusedWithAReason)
{
    const auto path = fixture(GetParam().file);
    auto message = GetParam().message;
    message.push_back(path.string() + ": ");
    EXPECT_TRUE(failsWith(readSavedModel(path), ErrorCode::BadFormat, message));
    // Whatever a pickle may ask for, nothing is run.
    EXPECT_FALSE(std::filesystem::exists("tinyvgg-was-run"));
}

INSTANTIATE_TEST_SUITE_P(
    Files, RefusedStateDict,
    testing::Values(
        Refused{"refused-float64.pt",
                {"block_1.0.weight", "expected a float32", "found torch.DoubleStorage"}},
        Refused{"refused-half.pt", {"block_1.0.weight", "expected a float32", "found torch.HalfStorage"}},
        Refused{"refused-whole-model.pt", {"expected", "found"}},
        Refused{"refused-training-state.pt", {"epoch", "expected a float32 tensor", "found"}},
        Refused{"refused-old-format.pt", {"expected a file that torch.save wrote", "zip", "found"}},
        Refused{"refused-one-missing.pt", {"expected the array classifier.1.bias", "found none"}},
        Refused{"refused-one-more.pt", {"found also extra.weight"}},
        Refused{"refused-large-kernel.pt", {"Kernel sizes", "found 12"}},
        Refused{"refused-command.pt", {"expected a dict of tensors", "found"}},
        Refused{"refused-command-as-tensor.pt", {"block_1.0.weight", "found posix.system"}}),
    [](const auto& instance) { return testName(instance.param.file); });

TEST(StateDictReader, readsWhatLibTorchSaves)
{
    const TemporaryFolder folder;
    c10::Dict<std::string, torch::Tensor> dict;
    dict.insert("a", torch::tensor({1.F, 2.F, 3.F, 4.F}).view({2, 2}));
    dict.insert("b", torch::tensor({5.F}));
    const std::vector<char> bytes = torch::pickle_save(dict);
    const auto arrays = readStateDict(writeFile(folder / "weights.pt", {bytes.data(), bytes.size()}));
    ASSERT_TRUE(test::succeeds(arrays));
    ASSERT_EQ(arrays->size(), 2U);
    EXPECT_EQ((*arrays)[0].name, "a");
    EXPECT_EQ((*arrays)[0].shape, (std::vector<std::int64_t>{2, 2}));
    EXPECT_EQ((*arrays)[0].values, (std::vector<float>{1, 2, 3, 4}));
    EXPECT_EQ((*arrays)[1].values, (std::vector<float>{5}));
}

TEST(StateDictReader, refusesAStructureThatIsTooLong)
{
    // Read, a megabyte of instructions would take a hundred times as much memory.
    const TemporaryFolder folder;
    const auto path = folder / "weights.pt";
    {
        caffe2::serialize::PyTorchStreamWriter writer(path.string());
        const std::string structure(2'000'000, '}');
        writer.writeRecord("data.pkl", structure.data(), structure.size());
        writer.writeEndOfFile();
    }
    EXPECT_TRUE(failsWith(readStateDict(path), ErrorCode::BadFormat,
                          {path.string(), "data.pkl", "at most 1048576 bytes"}));
}

TEST(StateDictReader, refusesCompressedMembers)
{
    const TemporaryFolder folder;
    const auto path = folder / "weights.pt";
    {
        caffe2::serialize::PyTorchStreamWriter writer(path.string());
        const std::string structure(10'000, '}');
        writer.writeRecord("data.pkl", structure.data(), structure.size(), true);
        writer.writeEndOfFile();
    }
    EXPECT_TRUE(failsWith(readStateDict(path), ErrorCode::BadFormat,
                          {path.string(), "expected an uncompressed member"}));
}

TEST(StateDictReader, saysThatAFileIsMissing)
{
    const TemporaryFolder folder;
    EXPECT_TRUE(failsWith(readStateDict(folder / "nowhere.pt"), ErrorCode::NotFound,
                          {(folder / "nowhere.pt").string()}));
}

TEST(StateDictReader, rejectsAFolder)
{
    const TemporaryFolder folder;
    EXPECT_TRUE(failsWith(readStateDict(folder.path()), ErrorCode::CannotRead, {folder.path().string()}));
}

TEST(StateDictReader, rejectsWhatIsNoArchive)
{
    const TemporaryFolder folder;
    for (const std::string& content :
         {std::string(), std::string("x"), std::string("PK\3\4"), std::string(5000, 'x')}) {
        const auto path = writeFile(folder / "weights.pt", content);
        EXPECT_TRUE(
            failsWith(readStateDict(path), ErrorCode::BadFormat, {path.string(), "expected", "found"}))
            << content.size() << " bytes";
    }
}

TEST(StateDictReader, rejectsEveryTruncation)
{
    const TemporaryFolder folder;
    const std::string bytes = test::readFile(fixture("ordered-dict.pt"));
    for (std::size_t length = 0; length < bytes.size(); length += 61) {
        const auto path = writeFile(folder / "weights.pt", bytes.substr(0, length));
        EXPECT_TRUE(failsWith(readStateDict(path), ErrorCode::BadFormat, {path.string()}))
            << length << " bytes";
    }
}

TEST(StateDictReader, noticesAFlippedBitInTheNumbers)
{
    const TemporaryFolder folder;
    std::string bytes = test::readFile(fixture("ordered-dict.pt"));
    const auto weights = readStateDict(fixture("ordered-dict.pt")).value();
    const auto& classifier = weights[8].values;
    const std::string stored(reinterpret_cast<const char*>(classifier.data()),
                             classifier.size() * sizeof(float));
    const std::size_t position = bytes.find(stored);
    ASSERT_NE(position, std::string::npos);
    bytes[position + 1000] ^= 1;
    const auto path = writeFile(folder / "weights.pt", bytes);
    EXPECT_TRUE(failsWith(readStateDict(path), ErrorCode::BadFormat, {path.string(), "damaged"}));
}

TEST(StateDictReader, survivesDamage)
{
    const TemporaryFolder folder;
    std::mt19937_64 random(1);
    for (const char* name : {"ordered-dict.pt", "strided.pt"}) {
        const std::string bytes = test::readFile(fixture(name));
        for (int i = 0; i < 300; ++i) {
            const auto path = writeFile(folder / "damaged.pt", test::damaged(bytes, random));
            const auto arrays = readStateDict(path);
            if (!arrays) {
                ASSERT_NE(arrays.error().message.find(path.string()), std::string::npos)
                    << arrays.error().message;
                ASSERT_TRUE(arrays.error().code == ErrorCode::BadFormat) << arrays.error().message;
                continue;
            }
            for (const auto& array : *arrays) {
                std::size_t count = 1;
                for (const auto side : array.shape)
                    count *= static_cast<std::size_t>(side);
                ASSERT_EQ(array.values.size(), count);
            }
        }
    }
}
