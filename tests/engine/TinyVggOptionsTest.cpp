#include "engine/model/TinyVggOptions.h"

#include "support/Results.h"

using engine::ErrorCode;
using engine::layerTable;
using engine::parameterCount;
using engine::TinyVggOptions;
using engine::validate;
using test::failsWith;

TEST(TinyVggOptions, haveTheCoursesParameterCounts)
{
    for (const auto& [kernelSize, parameters] : {std::pair{1, 5'260}, {3, 7'740}, {5, 12'700}, {7, 20'140}}) {
        TinyVggOptions options;
        options.kernelSize = kernelSize;
        EXPECT_EQ(parameterCount(options), parameters) << "kernel size " << kernelSize;
    }
}

TEST(TinyVggOptions, countTheMultiplicationsOfEveryLayer)
{
    // By hand, for 3 × 3 kernels and 10 hidden units on 28 × 28.
    const auto layers = layerTable({});
    ASSERT_EQ(layers.size(), 12U);
    EXPECT_EQ(layers[0].multiplyAccumulates, 10 * 1 * 9 * 784);
    EXPECT_EQ(layers[2].multiplyAccumulates, 10 * 10 * 9 * 784);
    EXPECT_EQ(layers[5].multiplyAccumulates, 10 * 10 * 9 * 196);
    EXPECT_EQ(layers[7].multiplyAccumulates, 10 * 10 * 9 * 196);
    EXPECT_EQ(layers[11].multiplyAccumulates, 490 * 10);
    for (const std::size_t layer : {1, 3, 4, 6, 8, 9, 10}) {
        EXPECT_EQ(layers[layer].multiplyAccumulates, 0);
        EXPECT_EQ(layers[layer].parameterCount, 0);
    }
    EXPECT_EQ(layers[0].parameterCount, 100);
    EXPECT_EQ(layers[2].parameterCount, 910);
    EXPECT_EQ(layers[11].parameterCount, 4'910);
}

TEST(TinyVggOptions, listTheLayersInTheirOrder)
{
    std::vector<std::string> names;
    std::vector<std::string> kinds;
    for (const auto& layer : layerTable({})) {
        names.push_back(layer.name);
        kinds.push_back(layer.kind);
    }
    EXPECT_EQ(names, (std::vector<std::string>{"block_1.0", "block_1.1", "block_1.2", "block_1.3",
                                               "block_1.4", "block_2.0", "block_2.1", "block_2.2",
                                               "block_2.3", "block_2.4", "classifier.0", "classifier.1"}));
    EXPECT_EQ(kinds, (std::vector<std::string>{"Conv2d", "ReLU", "Conv2d", "ReLU", "MaxPool2d", "Conv2d",
                                               "ReLU", "Conv2d", "ReLU", "MaxPool2d", "Flatten", "Linear"}));
}

TEST(TinyVggOptions, roundHalvedSidesDown)
{
    TinyVggOptions options;
    options.inputHeight = 31;
    options.inputWidth = 18;
    EXPECT_EQ(options.pooledHeight(), 7);
    EXPECT_EQ(options.pooledWidth(), 4);
    const auto layers = layerTable(options);
    EXPECT_EQ(layers[4].outputShape, (std::vector<int>{10, 15, 9}));
    EXPECT_EQ(layers[9].outputShape, (std::vector<int>{10, 7, 4}));
    EXPECT_EQ(layers[10].outputShape, (std::vector<int>{280}));
    EXPECT_EQ(layers[11].outputShape, (std::vector<int>{10}));
}

TEST(TinyVggOptions, areValidUpToTheirBounds)
{
    EXPECT_TRUE(test::succeeds(validate(TinyVggOptions{})));
    EXPECT_TRUE(test::succeeds(validate(TinyVggOptions{4, 4, 1, 1, 2})));
    EXPECT_TRUE(test::succeeds(validate(TinyVggOptions{256, 256, 128, 7, 256})));
}

namespace
{

struct BadOptions {
    const char* name;
    TinyVggOptions options;
    std::vector<std::string> message;
};

} // namespace

TEST(TinyVggOptions, areRefusedByNameOutsideTheirBounds)
{
    const std::vector<BadOptions> cases = {
        {"lowHeight", {3, 28, 10, 3, 10}, {"Image height", "4 to 256", "found 3"}},
        {"largeHeight", {257, 28, 10, 3, 10}, {"Image height", "found 257"}},
        {"lowWidth", {28, 0, 10, 3, 10}, {"Image width", "4 to 256", "found 0"}},
        {"largeWidth", {28, 257, 10, 3, 10}, {"Image width", "found 257"}},
        {"noHiddenUnits", {28, 28, 0, 3, 10}, {"Hidden units", "1 to 128", "found 0"}},
        {"manyHiddenUnits", {28, 28, 129, 3, 10}, {"Hidden units", "found 129"}},
        {"noKernel", {28, 28, 10, 0, 10}, {"Kernel size", "odd number from 1 to 7", "found 0"}},
        {"negativeKernel", {28, 28, 10, -3, 10}, {"Kernel size", "1 to 7", "found -3"}},
        {"evenKernel", {28, 28, 10, 4, 10}, {"Kernel size", "odd", "found 4"}},
        {"largeKernel", {28, 28, 10, 9, 10}, {"Kernel size", "1 to 7", "found 9"}},
        {"oneClass", {28, 28, 10, 3, 1}, {"Classes", "2 to 256", "found 1"}},
        {"manyClasses", {28, 28, 10, 3, 257}, {"Classes", "found 257"}},
    };
    for (const BadOptions& bad : cases) {
        SCOPED_TRACE(bad.name);
        EXPECT_TRUE(failsWith(validate(bad.options), ErrorCode::BadValue, bad.message));
    }
}
