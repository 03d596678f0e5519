#include "engine/network/ModelSnapshot.h"

#include "Models.h"
#include "support/Results.h"

#include <numeric>

using engine::ErrorCode;
using engine::ModelSnapshot;
using engine::NetworkSpec;
using engine::snapshotOf;
using test::failsWith;

namespace
{

/// Batch normalization, convolutions with and without bias, names of its own.
NetworkSpec customSpec()
{
    NetworkSpec spec;
    spec.input = {2, 6, 5};
    spec.classCount = 3;
    spec.layers = {engine::Conv2d{.outChannels = 4, .bias = false}, engine::BatchNorm2d{}, engine::ReLU{},
                   engine::Flatten{}, engine::Linear{.outFeatures = 3}};
    spec.names = {"features.conv", "features.norm", "features.relu", "head.flatten", "fc"};
    return spec;
}

std::vector<float> counted(std::size_t count)
{
    std::vector<float> values(count);
    std::iota(values.begin(), values.end(), 0.F);
    return values;
}

} // namespace

TEST(ModelSnapshot, hasTheNamesAndTheOrderOfAStateDict)
{
    const ModelSnapshot model = test::randomModel(customSpec());
    std::vector<std::string> names;
    for (const engine::WeightArray& array : model.weights)
        names.push_back(array.name);
    EXPECT_EQ(names,
              (std::vector<std::string>{"features.conv.weight", "features.norm.weight", "features.norm.bias",
                                        "features.norm.running_mean", "features.norm.running_var",
                                        "features.norm.num_batches_tracked", "fc.weight", "fc.bias"}));
    EXPECT_EQ(model.weights[0].shape, (std::vector<std::int64_t>{4, 2, 3, 3}));
    EXPECT_TRUE(model.weights[5].shape.empty()) << "a number, no array";
    EXPECT_EQ(model.weights[6].shape, (std::vector<std::int64_t>{3, 4 * 4 * 3}));
}

TEST(ModelSnapshot, keepsTheParametersBeforeTheBuffersInOneArray)
{
    const engine::ParameterLayout layout = parameterLayout(customSpec());
    EXPECT_EQ(layout.parameterCount, 72U + 8 + 144 + 3);
    EXPECT_EQ(layout.size, layout.parameterCount + 9);
    for (const engine::WeightEntry& entry : layout.entries)
        EXPECT_EQ(entry.isBuffer(), entry.offset >= layout.parameterCount) << entry.name;
    const std::vector<float> flat = counted(layout.size);
    const ModelSnapshot model = snapshotOf(customSpec(), flat);
    EXPECT_EQ(flatWeights(model), flat);
    EXPECT_EQ(model.weights[6].values.front(), 80) << "fc.weight, behind what is trained before it";
    EXPECT_EQ(model.weights[3].values.front(), static_cast<float>(layout.parameterCount));
}

TEST(ModelSnapshot, isRefusedWhereItIsNotOfItsSpec)
{
    EXPECT_THROW(snapshotOf(customSpec(), counted(3)), std::invalid_argument);
    ModelSnapshot model = test::randomModel(customSpec());
    model.weights[2].values.push_back(1);
    EXPECT_THROW(flatWeights(model), std::invalid_argument);
    model = test::randomModel(customSpec());
    model.weights[2].name = "elsewhere";
    EXPECT_THROW(flatWeights(model), std::invalid_argument);
    model = test::randomModel(customSpec());
    model.weights.pop_back();
    EXPECT_THROW(flatWeights(model), std::invalid_argument);
}

TEST(ModelSnapshot, mayHaveLayersNamedAsSomeCourseCodeNamesThem)
{
    NetworkSpec spec = customSpec();
    spec.names = {"conv_block_1.0", "conv_block_1.1", "conv_block_1.2", "classifier.0", "classifier.1"};
    const ModelSnapshot model = test::randomModel(spec);
    const auto made = snapshotOf(spec, model.weights);
    ASSERT_TRUE(test::succeeds(made));
    EXPECT_TRUE(test::areSame(*made, model));
}

TEST(ModelSnapshot, isMadeOfArraysInAnyOrder)
{
    const ModelSnapshot model = test::randomModel(customSpec());
    auto arrays = model.weights;
    std::reverse(arrays.begin(), arrays.end());
    const auto made = snapshotOf(customSpec(), arrays);
    ASSERT_TRUE(test::succeeds(made));
    EXPECT_TRUE(test::areSame(*made, model));
    arrays.push_back({"more", {1}, {1.F}});
    EXPECT_TRUE(failsWith(snapshotOf(customSpec(), arrays), ErrorCode::BadFormat, {"found also more"}));
    arrays.pop_back();
    std::erase_if(arrays, [](const auto& array) { return array.name == "fc.bias"; });
    EXPECT_TRUE(failsWith(snapshotOf(customSpec(), arrays), ErrorCode::BadFormat,
                          {"expected the array fc.bias", "found none"}));
}
