// A NaN, wherever it is, goes on as PyTorch lets it: a training that has diverged must not look sound.
#include "engine/cpu/CpuNetwork.h"

#include "TorchModels.h"

#include <gtest/gtest.h>
#include <limits>
#include <random>

using engine::Conv2d;
using engine::CpuKernels;
using engine::CpuNetwork;
using engine::Flatten;
using engine::Linear;
using engine::MaxPool2d;
using engine::NetworkSpec;
using engine::ReLU;

namespace
{

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

NetworkSpec withEnd(std::vector<engine::LayerSpec> layers, const engine::ImageShape& input)
{
    layers.emplace_back(Flatten{});
    layers.emplace_back(Linear{.outFeatures = 2});
    return {input, 2, std::move(layers), {}};
}

std::vector<std::pair<const char*, NetworkSpec>> networks()
{
    const Conv2d single{.outChannels = 3, .kernelSize = 1};
    const Conv2d padded{.outChannels = 7, .kernelSize = 3, .padding = engine::kSamePadding};
    const Conv2d strided{.outChannels = 2, .kernelSize = 2, .stride = 2};
    return {
        {"fused", withEnd({single, ReLU{}, MaxPool2d{2}}, {1, 6, 7})},
        {"fused, pooling first", withEnd({single, MaxPool2d{2}, ReLU{}}, {1, 6, 7})},
        {"fused, 3 x 3", withEnd({padded, ReLU{}, MaxPool2d{2}}, {2, 5, 6})},
        {"fused twice", withEnd({padded, ReLU{}, MaxPool2d{2}, padded, ReLU{}, MaxPool2d{2}}, {1, 8, 8})},
        {"pooling of the image", withEnd({MaxPool2d{2}}, {1, 6, 7})},
        {"windows of 3 that overlap", withEnd({MaxPool2d{3, 2}}, {2, 7, 8})},
        {"windows of 3", withEnd({single, ReLU{}, MaxPool2d{3}}, {1, 6, 7})},
        {"pooling without ReLU", withEnd({single, MaxPool2d{2}}, {1, 6, 6})},
        {"pooling behind a stride", withEnd({strided, ReLU{}, MaxPool2d{2}}, {1, 8, 8})},
        {"average", withEnd({single, ReLU{}, engine::AvgPool2d{2}}, {1, 6, 6})},
        {"ReLU alone", withEnd({ReLU{}}, {1, 4, 4})},
        {"convolution and ReLU", withEnd({padded, ReLU{}, padded, ReLU{}}, {1, 5, 5})},
        {"dropout", withEnd({single, ReLU{}, engine::Dropout{0}, MaxPool2d{2}}, {1, 6, 6})},
        {"Linear and ReLU", withEnd({Flatten{}, Linear{.outFeatures = 5}, ReLU{}}, {1, 4, 4})},
        {"batch normalization", withEnd({single, engine::BatchNorm2d{}, ReLU{}, MaxPool2d{2}}, {1, 6, 6})},
    };
}

/// Equal, or neither a number; `scale` of what rounding may change.
void expectSame(float found, float expected, const std::string& what)
{
    if (std::isnan(expected)) {
        EXPECT_TRUE(std::isnan(found)) << what << ": " << found << " instead of no number";
    } else if (std::isinf(expected)) {
        EXPECT_EQ(found, expected) << what;
    } else
        EXPECT_NEAR(found, expected, 1e-5 * std::max(1.0F, std::abs(expected))) << what;
}

/// Images of which each has `odd` at another place, from `first` on.
std::vector<std::vector<float>> oddImages(const engine::ImageShape& shape, float odd, std::size_t first,
                                          std::size_t count)
{
    std::mt19937 random(7);
    std::vector<std::vector<float>> images;
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<float> image;
        for (int pixel = 0; pixel < shape.size(); ++pixel)
            image.push_back(static_cast<float>(random() % 2001) / 1000.0F - 1);
        image[(first + i) % image.size()] = odd;
        images.push_back(std::move(image));
    }
    return images;
}

torch::Tensor tensorOf(const std::vector<std::vector<float>>& images, const engine::ImageShape& shape)
{
    std::vector<float> all;
    for (const std::vector<float>& image : images)
        all.insert(all.end(), image.begin(), image.end());
    return torch::tensor(all).view(
        {static_cast<std::int64_t>(images.size()), shape.channels, shape.height, shape.width});
}

} // namespace

TEST(NotANumber, goesOnAsTorchLetsIt)
{
    for (const auto& [name, spec] : networks()) {
        SCOPED_TRACE(name);
        const torch::NoGradGuard noGrad;
        const std::vector<float> weights = engine::initialWeights(spec, 3);
        const engine::TorchNetwork torchNetwork(spec, weights);
        for (const CpuKernels* kernels : engine::usableCpuKernels()) {
            SCOPED_TRACE(kernels->name);
            CpuNetwork network(spec, *kernels);
            network.setWeights(weights);
            const auto lanes = static_cast<std::size_t>(network.lanes());
            for (const float odd : {kNan, kInfinity, -kInfinity}) {
                for (std::size_t first = 0; first < static_cast<std::size_t>(spec.input.size());
                     first += lanes) {
                    const auto images = oddImages(spec.input, odd, first, lanes);
                    for (std::size_t lane = 0; lane < lanes; ++lane)
                        network.setImage(static_cast<int>(lane), std::span<const float>(images[lane]));
                    network.forward();
                    torch::Tensor x = tensorOf(images, spec.input);
                    for (std::size_t layer = 0; layer + 1 < spec.layers.size(); ++layer)
                        x = torchNetwork.apply(layer, x);
                    const torch::Tensor merged = torchNetwork.forward(tensorOf(images, spec.input));
                    const torch::Tensor logits = torchNetwork.apply(spec.layers.size() - 1, x);
                    x = x.contiguous();
                    const auto features = static_cast<std::size_t>(x.size(1));
                    for (std::size_t lane = 0; lane < lanes; ++lane) {
                        const std::string where =
                            "pixel " + std::to_string((first + lane) % images[lane].size());
                        for (std::size_t f = 0; f < features; ++f)
                            expectSame(network.features()[f * lanes + lane],
                                       x.data_ptr<float>()[lane * features + f],
                                       where + ", feature " + std::to_string(f));
                        for (int c = 0; c < 2; ++c) {
                            const float expected = logits[static_cast<std::int64_t>(lane)][c].item<float>();
                            expectSame(network.logit(c, static_cast<int>(lane)), expected, where + ", logit");
                            expectSame(merged[static_cast<std::int64_t>(lane)][c].item<float>(), expected,
                                       where + ", logit of LibTorch");
                        }
                    }
                    if (testing::Test::HasFailure())
                        return;
                }
            }
        }
    }
}

TEST(NotANumber, passesGradientsAsTorchLetsIt)
{
    for (const auto& [name, spec] : networks()) {
        SCOPED_TRACE(name);
        // With a stride, weights are also multiplied with pixels whose gradient is 0, which is NaN here.
        const auto* first = std::get_if<Conv2d>(&spec.layers.front());
        if (!canTrainOnCpuNetwork(spec) || (first != nullptr && first->stride > 1))
            continue;
        const engine::ModelSnapshot model = test::randomModel(spec, 3);
        const std::vector<float> weights = flatWeights(model);
        for (const CpuKernels* kernels : engine::usableCpuKernels()) {
            SCOPED_TRACE(kernels->name);
            CpuNetwork network(spec, *kernels);
            network.setWeights(weights);
            const auto lanes = static_cast<std::size_t>(network.lanes());
            for (std::size_t pixel = 0; pixel < static_cast<std::size_t>(spec.input.size()); ++pixel) {
                const auto images =
                    oddImages(spec.input, kNan, pixel, 1); // of one image: others would add up
                for (std::size_t lane = 0; lane < lanes; ++lane)
                    network.clearImage(static_cast<int>(lane));
                network.setImage(0, std::span<const float>(images[0]));
                network.forwardTraining({});
                for (int lane = 0; lane < network.lanes(); ++lane) {
                    for (int c = 0; c < 2; ++c)
                        network.setLogitGradient(c, lane, lane == 0 ? .5F - static_cast<float>(c) : 0);
                }
                test::AutogradNetwork autograd(model);
                autograd.network.forwardTraining(tensorOf(images, spec.input), 0)
                    .backward(torch::tensor({.5F, -.5F}).view({1, 2}));
                std::vector<float> gradient(weights.size());
                network.backward(gradient);
                const float* expected = autograd.gradient.data_ptr<float>();
                for (const engine::WeightEntry& entry : autograd.network.layout().entries) {
                    for (std::size_t i = entry.offset; i < entry.offset + entry.size; ++i)
                        expectSame(gradient[i], expected[i],
                                   "pixel " + std::to_string(pixel) + ", " + entry.name + " " +
                                       std::to_string(i - entry.offset));
                }
                if (testing::Test::HasFailure())
                    return;
            }
        }
    }
}
