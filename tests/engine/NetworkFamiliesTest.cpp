#include "engine/network/NetworkFamilies.h"

#include "engine/network/LayerTable.h"
#include "engine/network/ParameterLayout.h"

#include "support/Results.h"

using engine::AvgPool2d;
using engine::BatchNorm2d;
using engine::checkedNetwork;
using engine::choiceOf;
using engine::choiceOfLayers;
using engine::Conv2d;
using engine::Dropout;
using engine::ErrorCode;
using engine::Flatten;
using engine::ImageShape;
using engine::kSamePadding;
using engine::layerTable;
using engine::Linear;
using engine::linearBaseline;
using engine::MapShape;
using engine::MaxPool2d;
using engine::NetworkChoice;
using engine::NetworkFamily;
using engine::NetworkSpec;
using engine::parameterCount;
using engine::ReLU;
using engine::tinyVgg;
using engine::TinyVggOptions;
using engine::validate;
using test::failsWith;

namespace
{

constexpr ImageShape kMnist = {1, 28, 28};

std::vector<std::string> namesOf(const NetworkSpec& spec)
{
    std::vector<std::string> names;
    for (const auto& layer : layerTable(spec))
        names.push_back(layer.name);
    return names;
}

std::vector<std::string> kindsOf(const NetworkSpec& spec)
{
    std::vector<std::string> kinds;
    for (const auto& layer : layerTable(spec))
        kinds.push_back(layer.kind);
    return kinds;
}

NetworkChoice choiceOf(const TinyVggOptions& options)
{
    return {NetworkFamily::TinyVgg, options, {}};
}

/// One of each kind.
std::vector<NetworkChoice> someChoices()
{
    std::vector<NetworkChoice> choices = {NetworkChoice{}};
    for (const NetworkFamily family : {NetworkFamily::Linear, NetworkFamily::LinearRelu}) {
        for (const int units : {10, 25}) {
            choices.push_back({family, {}, {}});
            choices.back().tinyVgg.hiddenUnits = {units};
        }
    }
    for (const TinyVggOptions& options :
         {TinyVggOptions{.blocks = 1}, TinyVggOptions{.blocks = 4}, TinyVggOptions{.convolutionsPerBlock = 1},
          TinyVggOptions{.convolutionsPerBlock = 3}, TinyVggOptions{.hiddenUnits = {10, 20}},
          TinyVggOptions{.kernelSizes = {3, 3, 5, 5}}, TinyVggOptions{.kernelSizes = {4}},
          TinyVggOptions{.isPadded = false}, TinyVggOptions{.hasBatchNorm = true},
          TinyVggOptions{.dropout = .25}, TinyVggOptions{3, 1, {4, 8, 16}, {1, 2, 11}, true, true, .5}})
        choices.push_back(choiceOf(options));
    choices.push_back({NetworkFamily::Custom,
                       {},
                       {Conv2d{.outChannels = 3, .kernelSize = 4, .stride = 2, .padding = 1}, ReLU{},
                        AvgPool2d{3, 1}, Flatten{}, Linear{.outFeatures = 10}}});
    return choices;
}

} // namespace

TEST(TinyVggFamily, hasTheCoursesParameterCounts)
{
    for (const auto& [kernelSize, parameters] : {std::pair{1, 5'260}, {3, 7'740}, {5, 12'700}, {7, 20'140}})
        EXPECT_EQ(parameterCount(tinyVgg(kMnist, 10, {.kernelSizes = {kernelSize}})), parameters)
            << "kernel size " << kernelSize;
    EXPECT_EQ(parameterCount(tinyVgg({3, 64, 64}, 10, {.isPadded = false})), 19'920)
        << "that of CNN Explainer";
}

TEST(TinyVggFamily, hasTheMultiplicationsOfEveryLayer)
{
    // By hand, for 3 × 3 kernels and 10 hidden units on 28 × 28.
    const auto layers = layerTable(tinyVgg(kMnist, 10));
    ASSERT_EQ(layers.size(), 12U);
    EXPECT_EQ(layers[0].multiplyAccumulates, 10 * 1 * 9 * 784);
    EXPECT_EQ(layers[2].multiplyAccumulates, 10 * 10 * 9 * 784);
    EXPECT_EQ(layers[5].multiplyAccumulates, 10 * 10 * 9 * 196);
    EXPECT_EQ(layers[7].multiplyAccumulates, 10 * 10 * 9 * 196);
    EXPECT_EQ(layers[11].multiplyAccumulates, 490 * 10);
    std::int64_t sum = 0;
    for (const auto& layer : layers)
        sum += layer.multiplyAccumulates;
    EXPECT_EQ(multiplyAccumulates(tinyVgg(kMnist, 10)), sum);
    for (const std::size_t layer : {1, 3, 4, 6, 8, 9, 10}) {
        EXPECT_EQ(layers[layer].multiplyAccumulates, 0);
        EXPECT_EQ(layers[layer].parameterCount, 0);
    }
    EXPECT_EQ(layers[0].parameterCount, 100);
    EXPECT_EQ(layers[2].parameterCount, 910);
    EXPECT_EQ(layers[11].parameterCount, 4'910);
}

TEST(TinyVggFamily, listsTheLayersInTheirOrder)
{
    EXPECT_EQ(namesOf(tinyVgg(kMnist, 10)),
              (std::vector<std::string>{"block_1.0", "block_1.1", "block_1.2", "block_1.3", "block_1.4",
                                        "block_2.0", "block_2.1", "block_2.2", "block_2.3", "block_2.4",
                                        "classifier.0", "classifier.1"}));
    EXPECT_EQ(kindsOf(tinyVgg(kMnist, 10)),
              (std::vector<std::string>{"Conv2d", "ReLU", "Conv2d", "ReLU", "MaxPool2d", "Conv2d", "ReLU",
                                        "Conv2d", "ReLU", "MaxPool2d", "Flatten", "Linear"}));
}

TEST(TinyVggFamily, listsTheLayersOfItsOptions)
{
    const NetworkSpec spec = tinyVgg({3, 40, 40}, 7, {3, 1, {4, 8, 16}, {3, 4, 5}, false, true, .25});
    EXPECT_EQ(spec.layers,
              (std::vector<engine::LayerSpec>{
                  Conv2d{.outChannels = 4, .kernelSize = 3}, BatchNorm2d{}, ReLU{}, MaxPool2d{2},
                  Dropout{.25}, Conv2d{.outChannels = 8, .kernelSize = 4}, BatchNorm2d{}, ReLU{},
                  MaxPool2d{2}, Dropout{.25}, Conv2d{.outChannels = 16, .kernelSize = 5}, BatchNorm2d{},
                  ReLU{}, MaxPool2d{2}, Dropout{.25}, Flatten{}, Linear{.outFeatures = 7}}));
    EXPECT_EQ(spec.names[4], "block_1.4");
    EXPECT_EQ(spec.names[10], "block_3.0");
    EXPECT_EQ(spec.names[16], "classifier.1");
    const NetworkSpec padded = tinyVgg(kMnist, 10, {.kernelSizes = {1, 2, 3, 4}});
    for (const auto& [layer, kernelSize] : {std::pair{0U, 1}, {2U, 2}, {5U, 3}, {7U, 4}})
        EXPECT_EQ(padded.layers[layer],
                  engine::LayerSpec(Conv2d{.kernelSize = kernelSize, .padding = kSamePadding}));
}

TEST(TinyVggFamily, roundsHalvedSidesDown)
{
    const auto layers = layerTable(tinyVgg({1, 31, 18}, 10));
    EXPECT_EQ(layers[4].outputShape, (MapShape{10, 15, 9}));
    EXPECT_EQ(layers[9].outputShape, (MapShape{10, 7, 4}));
    EXPECT_EQ(layers[10].outputShape, (MapShape{280, 1, 1, true}));
    EXPECT_EQ(layers[11].outputShape, (MapShape{10, 1, 1, true}));
}

TEST(LinearBaselines, haveTheCoursesLayers)
{
    const NetworkSpec plain = linearBaseline(kMnist, 10);
    EXPECT_EQ(kindsOf(plain), (std::vector<std::string>{"Flatten", "Linear", "Linear"}));
    EXPECT_EQ(namesOf(plain), (std::vector<std::string>{"layer_stack.0", "layer_stack.1", "layer_stack.2"}));
    EXPECT_EQ(parameterCount(plain), 784 * 10 + 10 + 10 * 10 + 10);
    const NetworkSpec withRelu = linearBaseline(kMnist, 10, 10, true);
    EXPECT_EQ(kindsOf(withRelu), (std::vector<std::string>{"Flatten", "Linear", "ReLU", "Linear", "ReLU"}));
    EXPECT_EQ(namesOf(withRelu).back(), "layer_stack.4");
    EXPECT_EQ(parameterCount(withRelu), parameterCount(plain));
}

TEST(TinyVggFamily, isValidUpToItsBounds)
{
    EXPECT_TRUE(test::succeeds(checkedNetwork({}, kMnist, 10)));
    EXPECT_TRUE(
        test::succeeds(checkedNetwork(choiceOf({.hiddenUnits = {1}, .kernelSizes = {1}}), {1, 4, 4}, 2)));
    EXPECT_TRUE(test::succeeds(
        checkedNetwork(choiceOf({.hiddenUnits = {128}, .kernelSizes = {7}}), {1, 256, 256}, 256)));
    EXPECT_TRUE(test::succeeds(checkedNetwork(
        choiceOf({.blocks = 4, .convolutionsPerBlock = 3, .hiddenUnits = {128}, .kernelSizes = {11}}),
        {4, 128, 128}, 256)));
    EXPECT_TRUE(test::succeeds(checkedNetwork(choiceOf({.blocks = 1, .dropout = .95}), {1, 2, 2}, 2)));
    EXPECT_TRUE(
        test::succeeds(checkedNetwork({NetworkFamily::Linear, {.hiddenUnits = {128}}, {}}, {1, 1, 1}, 2)));
    for (int kernelSize = 1; kernelSize <= 11; ++kernelSize)
        EXPECT_TRUE(test::succeeds(checkedNetwork(choiceOf({.kernelSizes = {kernelSize}}), kMnist, 10)))
            << kernelSize;
}

namespace
{

struct BadOptions {
    const char* name;
    ImageShape input;
    int classCount;
    TinyVggOptions options;
    std::vector<std::string> message;
};

} // namespace

TEST(TinyVggFamily, isRefusedByNameOutsideItsBounds)
{
    const std::vector<BadOptions> cases = {
        {"noHeight", {1, 0, 28}, 10, {}, {"Image height", "1 to 256", "found 0"}},
        {"largeHeight", {1, 257, 28}, 10, {}, {"Image height", "found 257"}},
        {"noWidth", {1, 28, 0}, 10, {}, {"Image width", "1 to 256", "found 0"}},
        {"largeWidth", {1, 28, 257}, 10, {}, {"Image width", "found 257"}},
        {"noChannels", {0, 28, 28}, 10, {}, {"Image channels", "1 to 4", "found 0"}},
        {"manyChannels", {5, 28, 28}, 10, {}, {"Image channels", "found 5"}},
        {"tooLowToPoolTwice", {1, 3, 28}, 10, {}, {"Layer 10 (MaxPool2d)", "2 × 2", "10 × 1 × 14"}},
        {"noHiddenUnits", kMnist, 10, {.hiddenUnits = {0}}, {"Hidden units", "1 to 128", "found 0"}},
        {"manyHiddenUnits", kMnist, 10, {.hiddenUnits = {129}}, {"Hidden units", "found 129"}},
        {"hiddenUnitsOfAThirdBlock",
         kMnist,
         10,
         {.hiddenUnits = {1, 2, 3}},
         {"Hidden units", "2, one for each block", "found 3"}},
        {"noHiddenUnitsAtAll", kMnist, 10, {.hiddenUnits = {}}, {"Hidden units", "found 0"}},
        {"noKernel", kMnist, 10, {.kernelSizes = {0}}, {"Kernel sizes", "1 to 11", "found 0"}},
        {"negativeKernel",
         kMnist,
         10,
         {.kernelSizes = {3, 3, 3, -3}},
         {"Kernel sizes", "1 to 11", "found -3"}},
        {"largeKernel", kMnist, 10, {.kernelSizes = {12}}, {"Kernel sizes", "1 to 11", "found 12"}},
        {"fewKernels",
         kMnist,
         10,
         {.kernelSizes = {3, 5}},
         {"Kernel sizes", "4, one for each convolution", "found 2"}},
        {"noBlock", kMnist, 10, {.blocks = 0}, {"Blocks", "1 to 4", "found 0"}},
        {"manyBlocks", kMnist, 10, {.blocks = 5}, {"Blocks", "found 5"}},
        {"noConvolution",
         kMnist,
         10,
         {.convolutionsPerBlock = 0},
         {"Convolutions per block", "1 to 3", "found 0"}},
        {"manyConvolutions", kMnist, 10, {.convolutionsPerBlock = 4}, {"Convolutions per block", "found 4"}},
        {"negativeDropout", kMnist, 10, {.dropout = -.1}, {"Dropout", "0 to 0.95", "found -0.1"}},
        {"fullDropout", kMnist, 10, {.dropout = 1}, {"Dropout", "found 1"}},
        {"nothingLeft",
         kMnist,
         10,
         {.blocks = 3, .isPadded = false},
         {"Layer 13 (Conv2d)", "3 × 3", "10 × 2 × 2"}},
        {"oneClass", kMnist, 1, {}, {"Classes", "2 to 256", "found 1"}},
        {"manyClasses", kMnist, 257, {}, {"Classes", "found 257"}},
    };
    for (const BadOptions& bad : cases) {
        SCOPED_TRACE(bad.name);
        EXPECT_TRUE(failsWith(checkedNetwork(choiceOf(bad.options), bad.input, bad.classCount),
                              ErrorCode::BadValue, bad.message));
    }
    EXPECT_TRUE(failsWith(validate(NetworkChoice{NetworkFamily::LinearRelu, {.hiddenUnits = {129}}, {}}),
                          ErrorCode::BadValue, {"Hidden units", "found 129"}));
    EXPECT_TRUE(failsWith(validate(NetworkChoice{NetworkFamily::Custom, {}, {}}), ErrorCode::BadValue,
                          {"Layers", "1 to 64", "found 0"}));
}

TEST(NetworkChoice, isKnownFromTheSpecThatItGives)
{
    for (const NetworkChoice& choice : someChoices()) {
        SCOPED_TRACE(describe(choice));
        const auto spec = checkedNetwork(choice, {1, 32, 36}, 10);
        ASSERT_TRUE(test::succeeds(spec));
        EXPECT_EQ(engine::choiceOf(*spec), choice);
        NetworkSpec renamed = *spec;
        renamed.names.clear();
        EXPECT_EQ(choiceOfLayers(renamed), choice);
        const bool isCustom = choice.family == NetworkFamily::Custom;
        EXPECT_EQ(engine::choiceOf(renamed),
                  isCustom ? choice : (NetworkChoice{NetworkFamily::Custom, {}, spec->layers}))
            << "the names in the state_dict are others";
    }
}

TEST(NetworkChoice, ofAListThatNoFamilyGivesIsCustom)
{
    const NetworkSpec course = tinyVgg(kMnist, 10);
    const auto isCustom = [](const NetworkSpec& spec) {
        return choiceOfLayers(spec).family == NetworkFamily::Custom;
    };
    EXPECT_FALSE(isCustom(course));
    NetworkSpec spec = course;
    std::get<Conv2d>(spec.layers[2]).stride = 2;
    EXPECT_TRUE(isCustom(spec));
    spec = course;
    std::get<Conv2d>(spec.layers[2]).bias = false;
    EXPECT_TRUE(isCustom(spec));
    spec = course;
    std::get<Conv2d>(spec.layers[2]).outChannels = 11;
    EXPECT_TRUE(isCustom(spec)) << "units differ within a block";
    spec = course;
    spec.layers.insert(spec.layers.begin() + 5, Dropout{.2});
    EXPECT_TRUE(isCustom(spec)) << "dropout behind one block only";
    spec = course;
    spec.layers[4] = AvgPool2d{2};
    EXPECT_TRUE(isCustom(spec));
    spec = course;
    std::get<Linear>(spec.layers[11]).inFeatures = 490;
    std::get<MaxPool2d>(spec.layers[4]).stride = 2;
    EXPECT_FALSE(isCustom(spec)) << "what the layers above give anyway";
}

TEST(NetworkChoice, describesItself)
{
    EXPECT_EQ(describe(NetworkChoice{}), "TinyVGG");
    EXPECT_EQ(describe(choiceOf({3, 2, {10, 20, 20}, {3, 3, 5, 5, 3, 3}, true, true, .2})),
              "TinyVGG · 3 blocks · 10, 20, 20 hidden units · kernel sizes 3, 3, 5, 5, 3, 3 · batch norm · "
              "dropout 0.2");
    EXPECT_EQ(describe(choiceOf({1, 1, {1}, {5}, false, false, 0})),
              "TinyVGG · 1 block · 1 convolution per block · 1 hidden unit · kernel size 5 · no padding");
    EXPECT_EQ(describe(NetworkChoice{NetworkFamily::Linear, {}, {}}), "Linear");
    EXPECT_EQ(describe(NetworkChoice{NetworkFamily::LinearRelu, {.hiddenUnits = {32}}, {}}),
              "Linear + ReLU · 32 hidden units");
    EXPECT_EQ(describe(NetworkChoice{NetworkFamily::Custom, {}, {Flatten{}, Linear{}}}),
              "Custom network · 2 layers");
}

TEST(NetworkFamilies, haveNamesThereAndBack)
{
    for (const NetworkFamily family :
         {NetworkFamily::TinyVgg, NetworkFamily::Linear, NetworkFamily::LinearRelu, NetworkFamily::Custom})
        EXPECT_EQ(engine::networkFamilyNamed(engine::nameOf(family)), family);
    EXPECT_STREQ(engine::nameOf(NetworkFamily::LinearRelu), "linear-relu");
    EXPECT_FALSE(engine::networkFamilyNamed("TinyVGG"));
}
