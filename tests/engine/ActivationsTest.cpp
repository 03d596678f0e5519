#include "engine/inspection/Activations.h"

#include "engine/evaluation/Classifier.h"

#include "Models.h"
#include "RecordedInspection.h"
#include "support/Results.h"

#include <cmath>
#include <limits>
#include <numeric>

using engine::activationsOf;
using engine::ErrorCode;
using engine::MapShape;
using test::failsWith;

namespace
{

using RecordedActivations = test::RecordedInspection;

class ActivationsOf : public testing::TestWithParam<engine::NetworkSpec>
{
};

} // namespace

TEST_P(RecordedActivations, areThoseOfPythonsHooks)
{
    const auto found = activationsOf(model, images.image(0));
    ASSERT_TRUE(test::succeeds(found));
    const std::vector<std::string> layers = record.at("layers");
    ASSERT_EQ(found->layers.size(), layers.size());
    for (std::size_t i = 0; i < layers.size(); ++i) {
        SCOPED_TRACE(layers[i]);
        const engine::LayerActivation& activation = found->layers[i];
        const nlohmann::json& expected = record.at("activations").at(layers[i]);
        EXPECT_EQ(activation.layer.name, layers[i]);
        const std::vector<int> shape = expected.at("shape");
        const bool isFlat = shape.size() == 1;
        const MapShape mapShape = {shape[0], isFlat ? 1 : shape[1], isFlat ? 1 : shape[2], isFlat};
        EXPECT_EQ(activation.layer.outputShape, mapShape);
        const std::vector<double> values = expected.at("values");
        EXPECT_TRUE(test::areNear(activation.values, values));
        EXPECT_NEAR(activation.minimum, *std::min_element(values.begin(), values.end()), 1e-4);
        EXPECT_NEAR(activation.maximum, *std::max_element(values.begin(), values.end()), 1e-4);
        EXPECT_NEAR(activation.mean,
                    std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()),
                    1e-4);
        EXPECT_EQ(activation.notFinite, 0U);
    }
    EXPECT_TRUE(test::areNear(found->probabilities, record.at("probabilities")));
    EXPECT_EQ(found->logits, found->layers.back().values);
}

TEST_P(RecordedActivations, countWhichUnitsAreDead)
{
    const auto found = activationsOf(model, images.image(0));
    ASSERT_TRUE(test::succeeds(found));
    for (const engine::LayerActivation& activation : found->layers) {
        int dead = 0;
        for (int channel = 0; activation.layer.kind == "ReLU" && channel < activation.shape.channels;
             ++channel) {
            float sum = 0;
            for (const float value : activation.map(channel))
                sum += value;
            dead += sum == 0 ? 1 : 0;
        }
        EXPECT_EQ(activation.deadUnits, dead) << activation.layer.name;
    }
    EXPECT_GE(found->layers[1].deadUnits, 1) << "the fixture has a unit that never fires";
}

INSTANTIATE_TEST_SUITE_P(KernelSizes, RecordedActivations, testing::Values(3, 5));

TEST_P(ActivationsOf, haveTheShapesOfTheLayersAndTheClassifiersAnswer)
{
    const engine::NetworkSpec& spec = GetParam();
    const auto model = test::randomModel(spec, 3);
    const auto image = test::noisyPixels(spec);
    const auto found = activationsOf(model, image);
    ASSERT_TRUE(test::succeeds(found));
    EXPECT_EQ(found->spec, spec);
    EXPECT_EQ(found->image, image);
    ASSERT_EQ(found->layers.size(), 12U);
    const auto table = layerTable(spec);
    for (std::size_t i = 0; i < found->layers.size(); ++i) {
        const engine::LayerActivation& activation = found->layers[i];
        EXPECT_EQ(activation.layer.name, table[i].name);
        EXPECT_EQ(activation.shape, table[i].outputShape);
        EXPECT_EQ(activation.values.size(), static_cast<std::size_t>(activation.shape.size()));
        EXPECT_EQ(activation.shape.isFlat, i >= 10) << "Flatten and Linear";
    }
    const auto classified = engine::Classifier::create(model).and_then(
        [&](engine::Classifier classifier) { return classifier.classify(image); });
    ASSERT_TRUE(test::succeeds(classified));
    EXPECT_EQ(found->prediction, classified->front().prediction);
    for (std::size_t c = 0; c < found->probabilities.size(); ++c)
        EXPECT_NEAR(found->probabilities[c], classified->front().probabilities[c], 1e-5);
}

INSTANTIATE_TEST_SUITE_P(Networks, ActivationsOf,
                         testing::Values(test::tinyVggSpec(), test::tinyVggSpec(4, 4, 1, 1, 2),
                                         test::tinyVggSpec(5, 7, 3, 7, 4),
                                         test::tinyVggSpec(28, 28, 128, 5, 10),
                                         test::tinyVggSpec(64, 33, 2, 7, 62),
                                         test::tinyVggSpec(256, 256, 2, 3, 10)));

TEST(Activations, ofADivergedModelTellWhatIsNoNumber)
{
    for (const float value : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                              -std::numeric_limits<float>::infinity()}) {
        auto model = test::randomModel(test::tinyVggSpec(9, 9, 3, 3, 4));
        test::weightsOf(model, "block_1.2.bias")[1] = value;
        const auto found = activationsOf(model, test::noisyPixels(model.spec));
        ASSERT_TRUE(test::succeeds(found));
        EXPECT_EQ(found->layers[0].notFinite, 0U);
        EXPECT_EQ(found->layers[2].notFinite, 81U);
        for (const engine::LayerActivation& activation : found->layers) {
            EXPECT_TRUE(std::isfinite(activation.minimum));
            EXPECT_TRUE(std::isfinite(activation.mean));
            EXPECT_TRUE(std::isfinite(activation.maximum));
            EXPECT_LE(activation.notFinite, activation.values.size());
        }
        EXPECT_GE(found->prediction, 0);
        EXPECT_LT(found->prediction, 4);
    }
}

TEST(Activations, refuseAnImageOfAnotherSize)
{
    const auto model = test::randomModel(test::tinyVggSpec(8, 6, 2, 3, 2));
    EXPECT_TRUE(
        failsWith(activationsOf(model, std::vector<std::uint8_t>(47)), ErrorCode::BadValue, {"8 × 6", "47"}));
    EXPECT_TRUE(failsWith(activationsOf(model, {}), ErrorCode::BadValue));
}

TEST(Activations, refuseWeightsThatDoNotFit)
{
    auto model = test::randomModel(test::tinyVggSpec(8, 6, 2, 3, 2));
    test::weightsOf(model, "block_2.0.bias").push_back(1);
    EXPECT_TRUE(failsWith(activationsOf(model, test::noisyPixels(model.spec)), ErrorCode::Internal,
                          {"block_2.0.bias"}));
    model = test::randomModel(test::tinyVggSpec(8, 6, 2, 3, 2));
    test::layerOf<engine::Conv2d>(model.spec, 0).kernelSize = 12;
    EXPECT_TRUE(failsWith(activationsOf(model, test::noisyPixels(model.spec)), ErrorCode::BadValue,
                          {"Layer 1 (Conv2d)", "kernel_size", "found 12"}));
}

TEST(Kernels, areTheWeightsBetweenTwoChannels)
{
    const auto model = test::randomModel(test::tinyVggSpec(8, 12, 3, 5, 4));
    EXPECT_EQ(kernelOf(model, 0, 2, 0).data(), model.weights[0].values.data() + 2 * 25);
    EXPECT_EQ(kernelOf(model, 2, 2, 1).data(), model.weights[2].values.data() + (2 * 3 + 1) * 25);
    EXPECT_EQ(kernelOf(model, 5, 0, 2).data(), model.weights[4].values.data() + 2 * 25);
    EXPECT_EQ(kernelOf(model, 7, 1, 0).data(), model.weights[6].values.data() + 3 * 25);
    EXPECT_EQ(kernelOf(model, 7, 1, 0).size(), 25U);
    // Of Linear the weights over a pooled map, here 2 × 3.
    EXPECT_EQ(kernelOf(model, 11, 3, 2).data(), model.weights[8].values.data() + (3 * 3 + 2) * 6);
    EXPECT_EQ(kernelOf(model, 11, 3, 2).size(), 6U);
    EXPECT_EQ(biasOf(model, 2, 1), model.weights[3].values[1]);
    EXPECT_EQ(biasOf(model, 11, 3), model.weights[9].values[3]);
}

TEST(Kernels, areEmptyWhereThereAreNone)
{
    const auto model = test::randomModel(test::tinyVggSpec(8, 12, 3, 5, 4));
    for (const int layer : {-1, 1, 3, 4, 6, 8, 9, 10, 12})
        EXPECT_TRUE(kernelOf(model, layer, 0, 0).empty()) << layer;
    EXPECT_TRUE(kernelOf(model, 0, 0, 1).empty());
    EXPECT_TRUE(kernelOf(model, 2, 3, 0).empty());
    EXPECT_TRUE(kernelOf(model, 2, 0, 3).empty());
    EXPECT_TRUE(kernelOf(model, 2, -1, 0).empty());
    EXPECT_EQ(biasOf(model, 1, 0), 0);
    EXPECT_EQ(biasOf(model, 0, 3), 0);
}
