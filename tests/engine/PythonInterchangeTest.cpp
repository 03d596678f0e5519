// What this program saves must open in Python and compute there what it computes here.
#include "engine/data/SketchDigits.h"
#include "engine/storage/SavedModel.h"
#include "engine/storage/StateDictReader.h"

#include "TorchModels.h"
#include "support/Files.h"
#include "support/Results.h"

#include <cstdio>
#include <sstream>

namespace
{

struct CommandResult {
    int status = -1;
    std::string output;
};

CommandResult runCommand(const std::string& command)
{
    CommandResult result;
    FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr)
        return result;
    char buffer[4096];
    for (std::size_t count = 0; (count = fread(buffer, 1, sizeof buffer, pipe)) > 0;)
        result.output.append(buffer, count);
    result.status = pclose(pipe);
    return result;
}

/// A Python that has PyTorch; nothing where there is none.
std::optional<std::string> pythonWithTorch()
{
    const char* chosen = std::getenv("TINYVGG_PYTHON");
    for (const std::string& python :
         {std::string(chosen == nullptr ? TEST_PYTHON : chosen), std::string("python3")}) {
        if (runCommand("'" + python + "' -c 'import torch'").status == 0)
            return python;
    }
    return std::nullopt;
}

// The course's own class, its names and its way to load weights.
constexpr const char* kScript = R"(
import sys
import torch
from torch import nn

folder, kernel_size, hidden = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])

class TinyVGG(nn.Module):
    def __init__(self):
        super().__init__()
        def block(channels):
            return nn.Sequential(
                nn.Conv2d(channels, hidden, kernel_size, stride=1, padding=(kernel_size - 1) // 2), nn.ReLU(),
                nn.Conv2d(hidden, hidden, kernel_size, stride=1, padding=(kernel_size - 1) // 2), nn.ReLU(),
                nn.MaxPool2d(2))
        self.block_1 = block(1)
        self.block_2 = block(hidden)
        self.classifier = nn.Sequential(nn.Flatten(), nn.Linear(hidden * 7 * 7, 10))
    def forward(self, x):
        return self.classifier(self.block_2(self.block_1(x)))

# Newer versions load weights only by default; older ones have an option for it, or none.
try:
    state = torch.load(folder + '/weights.pt', weights_only=True)
except TypeError:
    state = torch.load(folder + '/weights.pt')
model = TinyVGG()
print(type(state).__name__, model.load_state_dict(state))
assert list(state) == list(model.state_dict()), list(state)
assert all(v.dtype == torch.float32 and v.is_contiguous() for v in state.values())
pixels = torch.tensor(list(open(folder + '/pixels', 'rb').read()), dtype=torch.uint8)
with torch.inference_mode():
    logits = model.eval()(pixels.float().view(-1, 1, 28, 28) / 255)
print('logits')
for value in logits.flatten().tolist():
    print(repr(value))
torch.save(model.state_dict(), folder + '/from-python.pt')
)";

class PythonInterchange : public testing::TestWithParam<engine::NetworkSpec>
{
};

} // namespace

TEST_P(PythonInterchange, loadsOurWeightsAndReturnsItsOwn)
{
    const auto python = pythonWithTorch();
    if (!python)
        GTEST_SKIP() << "no Python with PyTorch here: name one with TINYVGG_PYTHON";
    const test::TemporaryFolder folder;
    const auto digits = engine::makeSketchDigits({0, 16, 5}).test;
    const auto model = test::randomModel(GetParam(), 9);
    ASSERT_TRUE(test::succeeds(engine::writeSavedModel(folder.path(), {model, std::nullopt})));
    test::writeFile(folder / "pixels",
                    {reinterpret_cast<const char*>(digits.pixels().data()), digits.pixels().size()});
    test::writeFile(folder / "script.py", kScript);

    const engine::TinyVggOptions options = choiceOf(GetParam()).tinyVgg;
    std::ostringstream command;
    command << "'" << *python << "' '" << (folder / "script.py").string() << "' '" << folder.path().string()
            << "' " << options.kernelSizes.at(0) << " " << options.hiddenUnits.at(0);
    const CommandResult result = runCommand(command.str());
    ASSERT_EQ(result.status, 0) << result.output;
    const std::size_t start = result.output.find("\nlogits\n");
    ASSERT_NE(start, std::string::npos) << result.output;
    EXPECT_NE(result.output.find("All keys matched"), std::string::npos) << result.output;

    const torch::NoGradGuard noGrad;
    const torch::Tensor logits =
        engine::TorchNetwork(model.spec, flatWeights(model)).forward(test::torchImages(digits)).contiguous();
    std::istringstream numbers(result.output.substr(start + 8));
    for (std::int64_t i = 0; i < logits.numel(); ++i) {
        double expected = 0;
        ASSERT_TRUE(numbers >> expected) << i;
        EXPECT_NEAR(logits.data_ptr<float>()[i], expected, 1e-4) << i;
    }

    const auto back = engine::readSavedModel(folder / "from-python.pt");
    ASSERT_TRUE(test::succeeds(back));
    EXPECT_TRUE(test::areSame(back->model, model));
}

INSTANTIATE_TEST_SUITE_P(Models, PythonInterchange,
                         testing::Values(test::tinyVggSpec(28, 28, 10, 3, 10),
                                         test::tinyVggSpec(28, 28, 4, 5, 10)),
                         [](const auto& instance) {
                             return "kernel" +
                                    std::to_string(choiceOf(instance.param).tinyVgg.kernelSizes.at(0));
                         });

namespace
{

// Networks of nn.Module's own, as somebody writes them by hand.
constexpr const char* kNetworksScript = R"(
import sys
from collections import OrderedDict
import torch
from torch import nn

folder, name = sys.argv[1], sys.argv[2]

class TinyVGG(nn.Module):
    def __init__(self):
        super().__init__()
        def block(channels, hidden):
            return nn.Sequential(
                nn.Conv2d(channels, hidden, 3, padding='same'), nn.BatchNorm2d(hidden), nn.ReLU(),
                nn.Conv2d(hidden, hidden, 4, padding='same'), nn.BatchNorm2d(hidden), nn.ReLU(),
                nn.MaxPool2d(2), nn.Dropout(0.2))
        self.block_1 = block(1, 4)
        self.block_2 = block(4, 6)
        self.classifier = nn.Sequential(nn.Flatten(), nn.Linear(6 * 7 * 7, 10))
    def forward(self, x):
        return self.classifier(self.block_2(self.block_1(x)))

class Baseline(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer_stack = nn.Sequential(nn.Flatten(), nn.Linear(784, 12), nn.ReLU(), nn.Linear(12, 10), nn.ReLU())
    def forward(self, x):
        return self.layer_stack(x)

models = {
    'batchNorm': TinyVGG,
    'linearRelu': Baseline,
    'custom': lambda: nn.Sequential(
        nn.Conv2d(1, 6, 5, stride=2, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2),
        nn.Conv2d(6, 5, 4, padding='same', bias=False), nn.BatchNorm2d(5, eps=1e-3, momentum=0.3), nn.ReLU(),
        nn.AvgPool2d(2), nn.Flatten(), nn.Dropout(0.3), nn.Linear(45, 10)),
}
model = models[name]()
try:
    state = torch.load(folder + '/weights.pt', weights_only=True)
except TypeError:
    state = torch.load(folder + '/weights.pt')
print(model.load_state_dict(state, strict=True))
assert list(state) == list(model.state_dict()), list(state)
for key, value in state.items():
    if key.endswith('num_batches_tracked'):
        assert value.dtype == torch.int64 and value.shape == () and value.item() == 1234, (key, value)
    else:
        assert value.dtype == torch.float32 and value.is_contiguous(), (key, value.dtype)
pixels = torch.tensor(list(open(folder + '/pixels', 'rb').read()), dtype=torch.uint8)
images = pixels.float().view(-1, 1, 28, 28) / 255
def tell(what):
    with torch.inference_mode():
        logits = model.eval()(images)
    print(what)
    for value in logits.flatten().tolist():
        print(repr(value))
tell('before')
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
for _ in range(3):
    loss = nn.functional.cross_entropy(model.train()(images), torch.arange(len(images)) % 10)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
assert isinstance(model.state_dict(), OrderedDict)
torch.save(model.state_dict(), folder + '/from-python.pt')
tell('after')
)";

engine::NetworkSpec pythonsSpec(const std::string& name)
{
    using namespace engine;
    if (name == "batchNorm")
        return tinyVgg({1, 28, 28}, 10, {2, 2, {4, 6}, {3, 4, 3, 4}, true, true, .2});
    if (name == "linearRelu")
        return linearBaseline({1, 28, 28}, 10, 12, true);
    return {{1, 28, 28},
            10,
            {Conv2d{.outChannels = 6, .kernelSize = 5, .stride = 2, .padding = 2}, ReLU{}, MaxPool2d{3, 2},
             Conv2d{.outChannels = 5, .kernelSize = 4, .padding = kSamePadding, .bias = false},
             BatchNorm2d{.eps = 1e-3, .momentum = .3}, ReLU{}, AvgPool2d{2}, Flatten{}, Dropout{.3},
             Linear{.outFeatures = 10}},
            {}};
}

/// Python's numbers behind a line `what` are the logits of `model`.
void expectPythonsLogits(const engine::ModelSnapshot& model, const engine::Dataset& images,
                         const std::string& output, const std::string& what)
{
    const std::size_t start = output.find("\n" + what + "\n");
    ASSERT_NE(start, std::string::npos) << output;
    std::istringstream numbers(output.substr(start + what.size() + 2));
    const torch::NoGradGuard noGrad;
    const torch::Tensor logits =
        engine::TorchNetwork(model.spec, flatWeights(model)).forward(test::torchImages(images)).contiguous();
    for (std::int64_t i = 0; i < logits.numel(); ++i) {
        double expected = 0;
        ASSERT_TRUE(numbers >> expected) << i;
        EXPECT_NEAR(logits.data_ptr<float>()[i], expected, 1e-4) << what << ' ' << i;
    }
}

class PythonInterchangeOf : public testing::TestWithParam<const char*>
{
};

} // namespace

TEST_P(PythonInterchangeOf, loadsOurWeightsTrainsOnAndReturnsItsOwn)
{
    const auto python = pythonWithTorch();
    if (!python)
        GTEST_SKIP() << "no Python with PyTorch here: name one with TINYVGG_PYTHON";
    const test::TemporaryFolder folder;
    const auto digits = engine::makeSketchDigits({0, 16, 5}).test;
    auto model = test::randomModel(pythonsSpec(GetParam()), 9);
    for (engine::WeightArray& array : model.weights) {
        if (array.name.ends_with("num_batches_tracked"))
            array.values = {1234};
        else if (array.name.find("running_") != std::string::npos) // as a training leaves them
            std::ranges::transform(array.values, array.values.begin(), [](float v) { return .5F * v + .1F; });
    }
    ASSERT_TRUE(test::succeeds(engine::writeSavedModel(folder.path(), {model, std::nullopt})));
    test::writeFile(folder / "pixels",
                    {reinterpret_cast<const char*>(digits.pixels().data()), digits.pixels().size()});
    test::writeFile(folder / "script.py", kNetworksScript);
    const CommandResult result = runCommand("'" + *python + "' '" + (folder / "script.py").string() + "' '" +
                                            folder.path().string() + "' " + GetParam());
    ASSERT_EQ(result.status, 0) << result.output;
    EXPECT_NE(result.output.find("All keys matched"), std::string::npos) << result.output;
    expectPythonsLogits(model, digits, result.output, "before");

    const auto arrays = engine::readStateDict(folder / "from-python.pt");
    ASSERT_TRUE(test::succeeds(arrays));
    const auto back = snapshotOf(model.spec, *arrays);
    ASSERT_TRUE(test::succeeds(back));
    EXPECT_FALSE(test::areSame(*back, model));
    expectPythonsLogits(*back, digits, result.output, "after");
    for (const engine::WeightArray& array : back->weights) {
        if (array.name.ends_with("num_batches_tracked")) {
            EXPECT_EQ(array.values, std::vector<float>{1237});
        }
    }

    // In place of the weights that it had, with the description still beside them.
    std::filesystem::rename(folder / "from-python.pt", folder / engine::kWeightsFileName);
    const auto opened = engine::readSavedModel(folder.path());
    ASSERT_TRUE(test::succeeds(opened));
    EXPECT_TRUE(test::areSame(opened->model, *back));
}

INSTANTIATE_TEST_SUITE_P(Models, PythonInterchangeOf, testing::Values("batchNorm", "linearRelu", "custom"),
                         [](const auto& instance) { return std::string(instance.param); });
