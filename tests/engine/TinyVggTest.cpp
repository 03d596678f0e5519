#include "engine/model/TinyVgg.h"

#include "Models.h"

#include <gtest/gtest.h>
#include <set>

using engine::takeSnapshot;
using engine::TinyVgg;
using engine::TinyVggOptions;

namespace
{

torch::Tensor noise(const TinyVggOptions& options, std::int64_t count)
{
    torch::manual_seed(3);
    return torch::rand({count, 1, options.inputHeight, options.inputWidth});
}

/// Every layer one after the other, as the course writes the network: ReLU, and only then the pooling.
std::vector<torch::Tensor> layerByLayer(TinyVgg& model, const torch::Tensor& images)
{
    const auto parameters = model->named_parameters();
    const std::int64_t padding = (model->options().kernelSize - 1) / 2;
    std::vector<torch::Tensor> outputs;
    torch::Tensor x = images;
    const auto keep = [&](const torch::Tensor& output) { outputs.push_back(x = output); };
    for (const std::string block : {"block_1", "block_2"}) {
        for (const std::string layer : {".0", ".2"}) {
            keep(torch::conv2d(x, parameters[block + layer + ".weight"], parameters[block + layer + ".bias"],
                               1, padding));
            keep(torch::relu(x));
        }
        keep(torch::max_pool2d(x, 2));
    }
    keep(x.flatten(1));
    keep(torch::linear(x, parameters["classifier.1.weight"], parameters["classifier.1.bias"]));
    return outputs;
}

class TinyVggOfShape : public testing::TestWithParam<TinyVggOptions>
{
};

std::string shapeName(const testing::TestParamInfo<TinyVggOptions>& info)
{
    const TinyVggOptions& o = info.param;
    return std::to_string(o.inputHeight) + "x" + std::to_string(o.inputWidth) + "hidden" +
           std::to_string(o.hiddenUnits) + "kernel" + std::to_string(o.kernelSize) + "classes" +
           std::to_string(o.classCount);
}

} // namespace

TEST_P(TinyVggOfShape, computesWhatTheCoursesOrderOfLayersComputes)
{
    TinyVgg model(GetParam(), 5);
    const torch::NoGradGuard noGrad;
    const torch::Tensor images = noise(GetParam(), 3);
    const torch::Tensor logits = model->forward(images);
    EXPECT_EQ(logits.sizes(), (std::vector<std::int64_t>{3, GetParam().classCount}));
    const torch::Tensor expected = layerByLayer(model, images).back();
    EXPECT_LT((logits - expected).abs().max().item<float>(), 1e-6F);
    EXPECT_GT(logits.std().item<float>(), 1e-3F);
}

TEST_P(TinyVggOfShape, hasTheShapesAndParametersOfItsLayerTable)
{
    TinyVgg model(GetParam(), 5);
    const torch::NoGradGuard noGrad;
    const auto layers = engine::layerTable(GetParam());
    const auto outputs = layerByLayer(model, noise(GetParam(), 1));
    ASSERT_EQ(outputs.size(), layers.size());
    std::int64_t sum = 0;
    const auto parameters = model->named_parameters();
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const auto sizes = outputs[i].sizes().slice(1);
        EXPECT_EQ(std::vector<int>(sizes.begin(), sizes.end()), layers[i].outputShape) << layers[i].name;
        std::int64_t count = 0;
        for (const auto& parameter : parameters) {
            if (parameter.key().starts_with(layers[i].name + "."))
                count += parameter->numel();
        }
        EXPECT_EQ(layers[i].parameterCount, count) << layers[i].name;
        sum += count;
    }
    EXPECT_EQ(engine::parameterCount(GetParam()), sum);
}

TEST_P(TinyVggOfShape, keepsItsWeightsThroughASnapshot)
{
    const engine::ModelSnapshot snapshot = test::randomModel(GetParam(), 5);
    TinyVgg other(GetParam(), 6);
    ASSERT_FALSE(test::areSame(takeSnapshot(other), snapshot));
    engine::loadSnapshot(other, snapshot);
    EXPECT_TRUE(test::areSame(takeSnapshot(other), snapshot));
    const auto expected = engine::emptyStateDict(GetParam());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(snapshot.weights[i].shape, expected[i].shape);
        EXPECT_EQ(other->named_parameters()[expected[i].name].sizes(), expected[i].shape);
    }
}

INSTANTIATE_TEST_SUITE_P(Shapes, TinyVggOfShape,
                         testing::Values(TinyVggOptions{28, 28, 10, 1, 10}, TinyVggOptions{28, 28, 10, 3, 10},
                                         TinyVggOptions{28, 28, 10, 5, 10}, TinyVggOptions{28, 28, 10, 7, 10},
                                         TinyVggOptions{28, 28, 1, 3, 10}, TinyVggOptions{28, 28, 32, 3, 10},
                                         TinyVggOptions{31, 18, 5, 5, 3}, TinyVggOptions{4, 4, 2, 7, 2}),
                         shapeName);

TEST(TinyVgg, namesItsWeightsAsTheCourseDoes)
{
    const std::vector<std::string> expected = {
        "block_1.0.weight",    "block_1.0.bias",    "block_1.2.weight", "block_1.2.bias",
        "block_2.0.weight",    "block_2.0.bias",    "block_2.2.weight", "block_2.2.bias",
        "classifier.1.weight", "classifier.1.bias",
    };
    const TinyVgg model(TinyVggOptions{}, 1);
    EXPECT_EQ(model->named_parameters().keys(), expected);
    EXPECT_TRUE(model->named_buffers().is_empty());
    std::vector<std::string> names;
    for (const auto& array : takeSnapshot(model).weights)
        names.push_back(array.name);
    EXPECT_EQ(names, expected);
}

TEST(TinyVgg, drawsItsWeightsFromItsSeedAlone)
{
    torch::manual_seed(1);
    const auto first = test::randomModel({}, 42);
    torch::manual_seed(2);
    torch::rand({100});
    EXPECT_TRUE(test::areSame(test::randomModel({}, 42), first));
    EXPECT_FALSE(test::areSame(test::randomModel({}, 43), first));
}

TEST(TinyVgg, drawsItsWeightsWithinPyTorchsBounds)
{
    const auto model = test::randomModel({}, 42);
    for (std::size_t i = 0; i < model.weights.size(); ++i) {
        const auto& weight = model.weights[i - i % 2]; // a bias has the bound of its weight
        double fanIn = 1;
        for (std::size_t d = 1; d < weight.shape.size(); ++d)
            fanIn *= static_cast<double>(weight.shape[d]);
        const auto& values = model.weights[i].values;
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        EXPECT_LE(*high, 1 / std::sqrt(fanIn) + 1e-7) << model.weights[i].name;
        EXPECT_GE(*low, -1 / std::sqrt(fanIn) - 1e-7) << model.weights[i].name;
        EXPECT_EQ(std::set<float>(values.begin(), values.end()).size() > 1, true);
        if (values.size() >= 90) {
            EXPECT_GT(*high, .9 / std::sqrt(fanIn));
            EXPECT_LT(*low, -.9 / std::sqrt(fanIn));
        }
    }
}

TEST(TinyVgg, takesSnapshotsThatLaterTrainingLeavesAlone)
{
    TinyVgg model(TinyVggOptions{}, 1);
    const auto before = takeSnapshot(model);
    {
        const torch::NoGradGuard noGrad;
        for (auto& parameter : model->parameters())
            parameter.add_(1);
    }
    EXPECT_TRUE(test::areSame(before, test::randomModel({}, 1)));
}
