// The kernels of our own against LibTorch's.
#include "engine/cpu/SoftmaxLoss.h"
#include "engine/data/SketchDigits.h"
#include "engine/evaluation/CpuEvaluation.h"

#include "TorchModels.h"
#include "support/Results.h"

using engine::CpuKernels;
using engine::CpuNetwork;
using engine::NetworkSpec;

namespace
{

class CpuNetworkOf : public testing::TestWithParam<NetworkSpec>
{
protected:
    /// As many noisy images as fit, `labels` their classes.
    void load(CpuNetwork& network, int count)
    {
        const torch::Tensor pixels = torch::randint(
            256, {count, spec.input.channels, spec.input.height, spec.input.width}, torch::kUInt8);
        images = pixels.to(torch::kFloat).div(255);
        labels = torch::randint(spec.classCount, {count}, torch::kLong);
        const auto size = static_cast<std::size_t>(spec.input.size());
        for (int lane = 0; lane < network.lanes(); ++lane) {
            if (lane < count)
                network.setImage(
                    lane,
                    std::span(pixels.data_ptr<std::uint8_t>() + static_cast<std::size_t>(lane) * size, size));
            else
                network.clearImage(lane);
        }
    }

    const NetworkSpec spec = GetParam();
    torch::Tensor images;
    torch::Tensor labels;
};

/// Larger than any figure that rounding explains, smaller than any that a mistake would make.
constexpr double kTolerance = 2e-5;

} // namespace

TEST_P(CpuNetworkOf, computesTheLogitsThatTorchComputes)
{
    torch::manual_seed(5);
    const engine::ModelSnapshot snapshot = test::randomModel(spec, 3);
    test::CourseNetwork model(snapshot);
    const std::vector<float> weights = flatWeights(snapshot);
    for (const CpuKernels* kernels : engine::usableCpuKernels()) {
        SCOPED_TRACE(kernels->name);
        CpuNetwork network(spec, *kernels);
        network.setWeights(weights);
        for (const int count : {network.lanes(), network.lanes() - 1}) {
            load(network, count);
            const torch::Tensor logits = model.forward(images);
            network.forward();
            for (int lane = 0; lane < count; ++lane) {
                for (int c = 0; c < spec.classCount; ++c)
                    ASSERT_NEAR(network.logit(c, lane), logits[lane][c].item<float>(), kTolerance);
            }
        }
    }
}

TEST_P(CpuNetworkOf, computesTheLossAndGradientsThatTorchComputes)
{
    // Where two pixels of a pooling window are almost alike, rounding decides which one gets the gradient. So
    // a draw of images may differ by some per cent, but not most of them, and none by much.
    constexpr int kDraws = 8;
    torch::manual_seed(5);
    const engine::ModelSnapshot snapshot = test::randomModel(spec, 3);
    test::CourseNetwork model(snapshot);
    const std::vector<float> weights = flatWeights(snapshot);
    for (const CpuKernels* kernels : engine::usableCpuKernels()) {
        SCOPED_TRACE(kernels->name);
        CpuNetwork network(spec, *kernels);
        network.setWeights(weights);
        std::vector<float> gradient(weights.size());
        int exactDraws = 0;
        for (int draw = 0; draw < kDraws; ++draw) {
            const int count = network.lanes() - draw % 2; // a lane without an image must not count
            load(network, count);
            model.zero_grad();
            const torch::Tensor logits = model.forward(images);
            const torch::Tensor loss = torch::nn::functional::cross_entropy(
                logits, labels, torch::nn::functional::CrossEntropyFuncOptions().label_smoothing(.1));
            loss.backward();

            network.forward();
            double lossSum = 0;
            int correct = 0;
            for (int lane = 0; lane < network.lanes(); ++lane) {
                for (int c = 0; c < spec.classCount; ++c)
                    network.setLogitGradient(c, lane, 0);
                if (lane < count) {
                    const auto one =
                        setLossGradient(network, lane, labels[lane].item<int>(), .1, 1.0 / count);
                    lossSum += one.loss;
                    correct += one.isCorrect ? 1 : 0;
                }
            }
            EXPECT_NEAR(lossSum / count, loss.item<double>(), kTolerance);
            EXPECT_EQ(correct, logits.argmax(1).eq(labels).sum().item<int>());

            network.backward(gradient);
            bool isExact = true;
            std::size_t i = 0;
            for (auto& parameter : model.named_parameters()) {
                const torch::Tensor expected = parameter.value().grad().flatten();
                const torch::Tensor found = torch::from_blob(gradient.data() + i, expected.sizes());
                const float length = expected.norm().item<float>() + 1e-6F;
                const float error = (found - expected).norm().item<float>();
                EXPECT_LT(error, .2F * length) << parameter.key();
                isExact = isExact && error < 1e-4F * length;
                i += static_cast<std::size_t>(expected.numel());
            }
            EXPECT_EQ(i, gradient.size());
            exactDraws += isExact ? 1 : 0;
        }
        EXPECT_GE(exactDraws, kDraws / 2 + 1);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, CpuNetworkOf,
    testing::Values(test::tinyVggSpec(28, 28, 10, 3, 10), test::tinyVggSpec(28, 28, 10, 1, 10),
                    test::tinyVggSpec(28, 28, 10, 5, 10), test::tinyVggSpec(28, 28, 10, 7, 10),
                    test::tinyVggSpec(4, 4, 1, 1, 2), test::tinyVggSpec(5, 7, 3, 3, 4),
                    test::tinyVggSpec(9, 30, 7, 5, 62), test::tinyVggSpec(12, 12, 33, 3, 5),
                    test::tinyVggSpec(6, 4, 12, 7, 3)));

TEST(CpuNetwork, keepsWhatIsNoNumber)
{
    const NetworkSpec spec = test::tinyVggSpec(8, 8, 3, 3, 4);
    std::vector<float> weights = flatWeights(test::randomModel(spec));
    weights[0] = std::numeric_limits<float>::quiet_NaN();
    for (const CpuKernels* kernels : engine::usableCpuKernels()) {
        CpuNetwork network(spec, *kernels);
        network.setWeights(weights);
        network.setImage(0, std::vector<std::uint8_t>(64, 255));
        network.forward();
        EXPECT_TRUE(std::isnan(network.logit(0, 0))) << kernels->name;
    }
}

TEST(CpuEvaluation, isThatOfTorchWhateverTheNumberOfThreads)
{
    const auto digits = engine::makeSketchDigits({10, 203, 42}).test;
    const engine::ModelSnapshot snapshot = test::randomModel(test::tinyVggSpec(), 9);
    test::CourseNetwork model(snapshot);
    const torch::NoGradGuard noGrad;
    const torch::Tensor expected = torch::softmax(model.forward(test::torchImages(digits)), 1);
    std::optional<engine::Evaluation> first;
    for (const int threads : {1, 2, 5}) {
        const auto evaluation = engine::evaluate(snapshot, digits, {}, threads);
        ASSERT_TRUE(test::succeeds(evaluation));
        ASSERT_EQ(evaluation->size(), 203U);
        for (int i = 0; i < 203; ++i) {
            for (int c = 0; c < 10; ++c)
                ASSERT_NEAR(evaluation->probabilities[static_cast<std::size_t>(10 * i + c)],
                            expected[i][c].item<float>(), 1e-5);
        }
        if (!first)
            first = *evaluation;
        EXPECT_EQ(evaluation->probabilities, first->probabilities);
        EXPECT_EQ(evaluation->meanLoss, first->meanLoss);
    }
}
