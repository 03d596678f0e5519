// What this program saves must open in Python and compute there what it computes here.
#include "engine/data/SketchDigits.h"
#include "engine/storage/SavedModel.h"

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

# Newer versions load weights only unless told otherwise; older ones can be told to, or do not know the word.
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
