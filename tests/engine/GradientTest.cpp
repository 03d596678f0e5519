#include "engine/model/TinyVgg.h"

#include "Models.h"

#include <gtest/gtest.h>
#include <random>

using engine::TinyVgg;
using engine::TinyVggOptions;

namespace
{

class Gradient : public testing::TestWithParam<TinyVggOptions>
{
};

} // namespace

// The whole network, from pixels to loss, against central differences in double precision. Small images keep
// the number of ReLUs and maxima low, so that a step of 1e-6 meets the kink of none.
TEST_P(Gradient, agreesWithFiniteDifferencesInEveryLayer)
{
    const TinyVggOptions options = GetParam();
    TinyVgg model(options, 11);
    model->to(torch::kDouble);
    torch::manual_seed(5);
    const torch::Tensor images = torch::rand({2, 1, options.inputHeight, options.inputWidth}, torch::kDouble);
    const torch::Tensor labels = torch::tensor({1L, 2L});
    const auto lossOf = [&] { return torch::nn::functional::cross_entropy(model->forward(images), labels); };
    lossOf().backward();

    const torch::NoGradGuard noGrad;
    constexpr double kStep = 1e-6;
    std::mt19937_64 random(1);
    for (auto& parameter : model->named_parameters()) {
        double* values = parameter->data_ptr<double>();
        const torch::Tensor gradient = parameter->grad().contiguous();
        const double largest = gradient.abs().max().item<double>();
        EXPECT_GT(largest, 1e-6) << parameter.key();
        for (int sample = 0; sample < 12; ++sample) {
            const auto index = random() % static_cast<std::uint64_t>(parameter->numel());
            const double original = values[index];
            values[index] = original + kStep;
            const double above = lossOf().item<double>();
            values[index] = original - kStep;
            const double below = lossOf().item<double>();
            values[index] = original;
            const double expected = (above - below) / (2 * kStep);
            EXPECT_NEAR(gradient.data_ptr<double>()[index], expected, 1e-5 * largest + 1e-9)
                << parameter.key() << ", element " << index;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Shapes, Gradient,
                         testing::Values(TinyVggOptions{8, 8, 3, 3, 4}, TinyVggOptions{9, 6, 2, 5, 3},
                                         TinyVggOptions{8, 8, 3, 1, 4}, TinyVggOptions{8, 8, 2, 7, 4}),
                         [](const auto& instance) {
                             return "kernel" + std::to_string(instance.param.kernelSize);
                         });
