#include "engine/cpu/CpuNetwork.h"
#include "engine/cpu/SoftmaxLoss.h"

#include "TorchModels.h"

#include <gtest/gtest.h>
#include <random>

using engine::NetworkSpec;

namespace
{

class Gradient : public testing::TestWithParam<NetworkSpec>
{
protected:
    Gradient()
    {
        torch::manual_seed(5);
        images = torch::rand({2, spec.input.channels, spec.input.height, spec.input.width});
    }

    /// The gradients that the network on LibTorch has, in the order of the parameters.
    std::vector<float> torchGradient() const
    {
        test::AutogradNetwork autograd(model);
        const torch::Tensor logits = autograd.network.forwardTraining(images, 0);
        torch::nn::functional::cross_entropy(logits, torch::tensor({1L, 2L})).backward();
        return {autograd.gradient.data_ptr<float>(),
                autograd.gradient.data_ptr<float>() + autograd.gradient.numel()};
    }

    std::vector<float> cpuGradient() const
    {
        engine::CpuNetwork network(spec);
        const std::vector<float> weights = flatWeights(model);
        network.setWeights(weights);
        for (int lane = 0; lane < network.lanes(); ++lane)
            network.clearImage(lane);
        const auto size = static_cast<std::size_t>(spec.input.size());
        for (int lane = 0; lane < 2; ++lane)
            network.setImage(lane, std::span<const float>(images[lane].data_ptr<float>(), size));
        network.forwardTraining({});
        for (int lane = 0; lane < network.lanes(); ++lane) {
            for (int c = 0; c < spec.classCount; ++c)
                network.setLogitGradient(c, lane, 0);
            if (lane < 2)
                setLossGradient(network, lane, lane + 1, 0, .5);
        }
        std::vector<float> gradient(weights.size());
        network.backward(gradient);
        return gradient;
    }

    const NetworkSpec& spec = GetParam();
    const engine::ModelSnapshot model = test::randomModel(GetParam(), 11);
    torch::Tensor images;
};

} // namespace

// The whole network, from pixels to loss, against central differences in double precision of the course's own
// order of layers. Small images keep the number of ReLUs and maxima low, so that a step of 1e-6 meets the
// kink of none.
TEST_P(Gradient, agreesWithFiniteDifferencesInEveryLayer)
{
    const std::vector<float> byTorch = torchGradient();
    const std::vector<float> byCpu = cpuGradient();
    const torch::NoGradGuard noGrad;
    test::CourseNetwork exact(model);
    exact.to(torch::kDouble);
    const torch::Tensor exactImages = images.to(torch::kDouble);
    const auto lossOf = [&] {
        return torch::nn::functional::cross_entropy(exact.forward(exactImages), torch::tensor({1L, 2L}));
    };
    constexpr double kStep = 1e-6;
    std::mt19937_64 random(1);
    std::size_t offset = 0;
    for (auto& parameter : exact.named_parameters()) {
        double* values = parameter->data_ptr<double>();
        const auto count = static_cast<std::size_t>(parameter->numel());
        float largest = 0;
        for (std::size_t i = offset; i < offset + count; ++i)
            largest = std::max(largest, std::abs(byTorch[i]));
        EXPECT_GT(largest, 1e-6F) << parameter.key();
        for (int sample = 0; sample < 12; ++sample) {
            const std::size_t index = random() % count;
            const double original = values[index];
            values[index] = original + kStep;
            const double above = lossOf().item<double>();
            values[index] = original - kStep;
            const double below = lossOf().item<double>();
            values[index] = original;
            const double expected = (above - below) / (2 * kStep);
            for (const std::vector<float>& gradient : {byTorch, byCpu})
                EXPECT_NEAR(gradient[offset + index], expected, 2e-5F * largest + 1e-8F)
                    << parameter.key() << ", element " << index;
        }
        offset += count;
    }
    EXPECT_EQ(offset, byTorch.size());
}

INSTANTIATE_TEST_SUITE_P(Shapes, Gradient,
                         testing::Values(test::tinyVggSpec(8, 8, 3, 3, 4), test::tinyVggSpec(9, 6, 2, 5, 3),
                                         test::tinyVggSpec(8, 8, 3, 1, 4), test::tinyVggSpec(8, 8, 2, 7, 4),
                                         test::tinyVggSpec(8, 9, 2, 11, 4), engine::tinyVgg({3, 8, 8}, 4)));
