#include "engine/network/LayerTable.h"

#include "TorchModels.h"

#include <gtest/gtest.h>
#include <set>

using engine::ModelSnapshot;
using engine::NetworkSpec;
using engine::TorchNetwork;
using test::CourseNetwork;

namespace
{

torch::Tensor noise(const NetworkSpec& spec, std::int64_t count)
{
    torch::manual_seed(3);
    return torch::rand({count, spec.input.channels, spec.input.height, spec.input.width});
}

class TorchNetworkOf : public testing::TestWithParam<NetworkSpec>
{
protected:
    const NetworkSpec& spec = GetParam();
    const ModelSnapshot model = test::randomModel(GetParam(), 5);
};

} // namespace

TEST_P(TorchNetworkOf, computesWhatTheCoursesOrderOfLayersComputes)
{
    const torch::NoGradGuard noGrad;
    const torch::Tensor images = noise(spec, 3);
    TorchNetwork network(spec, flatWeights(model));
    const torch::Tensor logits = network.forward(images);
    EXPECT_EQ(logits.sizes(), (std::vector<std::int64_t>{3, spec.classCount}));
    const torch::Tensor expected = CourseNetwork(model).forward(images);
    EXPECT_LT((logits - expected).abs().max().item<float>(), 1e-6F);
    EXPECT_GT(logits.std().item<float>(), 1e-3F);
    EXPECT_TRUE(network.forwardTraining(images, 1).equal(logits)) << "nothing in it knows of training";
}

TEST_P(TorchNetworkOf, computesEveryLayer)
{
    const torch::NoGradGuard noGrad;
    const TorchNetwork network(spec, flatWeights(model));
    torch::Tensor x = noise(spec, 2);
    const auto expected = CourseNetwork(model).layerByLayer(x);
    for (std::size_t layer = 0; layer < expected.size(); ++layer) {
        x = network.apply(layer, x);
        ASSERT_EQ(x.sizes(), expected[layer].sizes());
        EXPECT_LT((x - expected[layer]).abs().max().item<float>(), 1e-6F) << layer;
    }
}

TEST_P(TorchNetworkOf, hasTheShapesAndParametersOfItsLayerTable)
{
    CourseNetwork course(spec);
    const torch::NoGradGuard noGrad;
    const auto layers = engine::layerTable(spec);
    const auto outputs = course.layerByLayer(noise(spec, 1));
    ASSERT_EQ(outputs.size(), layers.size());
    std::int64_t sum = 0;
    const auto parameters = course.named_parameters();
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const engine::MapShape& shape = layers[i].outputShape;
        EXPECT_EQ(outputs[i].sizes().slice(1),
                  shape.isFlat ? (std::vector<std::int64_t>{shape.channels})
                               : (std::vector<std::int64_t>{shape.channels, shape.height, shape.width}))
            << layers[i].name;
        std::int64_t count = 0;
        for (const auto& parameter : parameters) {
            if (parameter.key().starts_with(layers[i].name + "."))
                count += parameter->numel();
        }
        EXPECT_EQ(layers[i].parameterCount, count) << layers[i].name;
        sum += count;
    }
    EXPECT_EQ(engine::parameterCount(spec), sum);
}

TEST_P(TorchNetworkOf, keepsItsWeightsThroughASnapshot)
{
    TorchNetwork other(spec);
    ASSERT_FALSE(test::areSame(other.snapshot(), model));
    other.setWeights(flatWeights(model));
    EXPECT_TRUE(test::areSame(other.snapshot(), model));
    const auto expected = CourseNetwork(spec).named_parameters();
    ASSERT_EQ(model.weights.size(), expected.size());
    for (std::size_t i = 0; i < model.weights.size(); ++i) {
        EXPECT_EQ(model.weights[i].name, expected[i].key());
        EXPECT_EQ(expected[i].value().sizes(), model.weights[i].shape);
    }
}

TEST_P(TorchNetworkOf, startsWithTheWeightsThatLibTorchsOwnModulesStartWith)
{
    torch::manual_seed(5);
    CourseNetwork course(spec);
    for (const engine::WeightArray& array : model.weights) {
        const torch::Tensor expected = course.named_parameters()[array.name].detach().flatten();
        EXPECT_TRUE(torch::allclose(torch::tensor(array.values), expected, 0, 1e-7)) << array.name;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, TorchNetworkOf,
    testing::Values(test::tinyVggSpec(28, 28, 10, 1, 10), test::tinyVggSpec(28, 28, 10, 3, 10),
                    test::tinyVggSpec(28, 28, 10, 5, 10), test::tinyVggSpec(28, 28, 10, 7, 10),
                    test::tinyVggSpec(28, 28, 1, 3, 10), test::tinyVggSpec(28, 28, 32, 3, 10),
                    test::tinyVggSpec(31, 18, 5, 5, 3), test::tinyVggSpec(4, 4, 2, 7, 2),
                    test::tinyVggSpec(9, 12, 3, 11, 4), engine::tinyVgg({3, 20, 22}, 5)));

TEST(TorchNetwork, namesItsWeightsAsTheCourseDoes)
{
    const std::vector<std::string> expected = {
        "block_1.0.weight",    "block_1.0.bias",    "block_1.2.weight", "block_1.2.bias",
        "block_2.0.weight",    "block_2.0.bias",    "block_2.2.weight", "block_2.2.bias",
        "classifier.1.weight", "classifier.1.bias",
    };
    std::vector<std::string> names;
    for (const auto& array : TorchNetwork(test::tinyVggSpec()).snapshot().weights)
        names.push_back(array.name);
    EXPECT_EQ(names, expected);
    const engine::ParameterLayout layout = parameterLayout(test::tinyVggSpec());
    EXPECT_EQ(layout.size, layout.parameterCount) << "no buffers";
}

TEST(TorchNetwork, takesSnapshotsThatLaterTrainingLeavesAlone)
{
    TorchNetwork network(test::tinyVggSpec(), engine::initialWeights(test::tinyVggSpec(), 1));
    const ModelSnapshot before = network.snapshot();
    {
        const torch::NoGradGuard noGrad;
        torch::Tensor weights = network.weights();
        weights.add_(1);
    }
    EXPECT_FALSE(test::areSame(network.snapshot(), before));
    EXPECT_TRUE(test::areSame(before, test::randomModel(test::tinyVggSpec(), 1)));
}

TEST(TorchNetwork, normalizesASingleValueByTheRunningStatistics)
{
    // PyTorch refuses such a batch, and would divide by 0; the last batch of an epoch may be one.
    const torch::NoGradGuard noGrad;
    NetworkSpec spec;
    spec.input = {1, 5, 5};
    spec.layers = {engine::Conv2d{.outChannels = 3, .kernelSize = 5}, engine::BatchNorm2d{}, engine::ReLU{},
                   engine::Flatten{}, engine::Linear{.outFeatures = 10}};
    TorchNetwork network(spec, engine::initialWeights(spec, 1));
    const std::vector<float> before = network.weightsOnCpu();
    const torch::Tensor one = noise(spec, 1);
    EXPECT_TRUE(network.forwardTraining(one, 0).equal(network.forward(one)));
    EXPECT_EQ(network.weightsOnCpu(), before);
    EXPECT_TRUE(network.forwardTraining(noise(spec, 2), 0).isfinite().all().item<bool>());
    EXPECT_NE(network.weightsOnCpu(), before);
}

TEST(InitialWeights, comeFromTheSeedAlone)
{
    torch::manual_seed(1);
    const auto first = test::randomModel(test::tinyVggSpec(), 42);
    torch::manual_seed(2);
    torch::rand({100});
    EXPECT_TRUE(test::areSame(test::randomModel(test::tinyVggSpec(), 42), first));
    EXPECT_FALSE(test::areSame(test::randomModel(test::tinyVggSpec(), 43), first));
}

TEST(InitialWeights, lieWithinPyTorchsBounds)
{
    const auto model = test::randomModel(test::tinyVggSpec(), 42);
    for (std::size_t i = 0; i < model.weights.size(); ++i) {
        const auto& weight = model.weights[i - i % 2]; // a bias has the bound of its weight
        double fanIn = 1;
        for (std::size_t d = 1; d < weight.shape.size(); ++d)
            fanIn *= static_cast<double>(weight.shape[d]);
        const auto& values = model.weights[i].values;
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        EXPECT_LE(*high, 1 / std::sqrt(fanIn) + 1e-7) << model.weights[i].name;
        EXPECT_GE(*low, -1 / std::sqrt(fanIn) - 1e-7) << model.weights[i].name;
        EXPECT_GT(std::set<float>(values.begin(), values.end()).size(), 1U);
        if (values.size() >= 90) {
            EXPECT_GT(*high, .9 / std::sqrt(fanIn));
            EXPECT_LT(*low, -.9 / std::sqrt(fanIn));
        }
    }
}
