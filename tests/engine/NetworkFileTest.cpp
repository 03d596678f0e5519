#include "engine/storage/NetworkFile.h"

#include "engine/network/NetworkShapes.h"

#include "support/Files.h"
#include "support/Mutations.h"
#include "support/Results.h"

using engine::ErrorCode;
using engine::networkFromText;
using engine::NetworkSpec;
using test::failsWith;

namespace
{

/// A network with this list of layers.
std::string withLayers(const std::string& layers)
{
    return R"({"input":[1,28,28],"classes":10,"layers":[)" + layers + "]}";
}

constexpr const char* kEnd = R"({"type":"Flatten"},{"type":"Linear","out_features":10})";

/// A network with this layer in front.
std::string withLayer(const std::string& layer)
{
    return withLayers(layer + "," + kEnd);
}

} // namespace

TEST(NetworkFile, isReadWithPyTorchsFieldsAndDefaults)
{
    const auto spec = networkFromText(withLayers(
        R"({"type":"Conv2d","out_channels":8,"kernel_size":5,"padding":"same"},{"type":"BatchNorm2d"},
           {"type":"ReLU"},{"type":"MaxPool2d","kernel_size":2},
           {"type":"Conv2d","out_channels":4,"kernel_size":3,"stride":2,"padding":1,"bias":false},
           {"type":"AvgPool2d","kernel_size":3,"stride":2},{"type":"Dropout","p":0.2},{"type":"Dropout"},
           {"type":"Conv2d","out_channels":4,"kernel_size":2,"padding":"valid"},
           {"type":"Flatten"},{"type":"Linear","out_features":10})"));
    ASSERT_TRUE(test::succeeds(spec));
    EXPECT_EQ(spec->layers,
              (std::vector<engine::LayerSpec>{
                  engine::Conv2d{.outChannels = 8, .kernelSize = 5, .padding = engine::kSamePadding},
                  engine::BatchNorm2d{.eps = 1e-5, .momentum = .1}, engine::ReLU{}, engine::MaxPool2d{2, 0},
                  engine::Conv2d{.outChannels = 4, .kernelSize = 3, .stride = 2, .padding = 1, .bias = false},
                  engine::AvgPool2d{3, 2}, engine::Dropout{.2}, engine::Dropout{.5},
                  engine::Conv2d{.outChannels = 4, .kernelSize = 2}, engine::Flatten{},
                  engine::Linear{.outFeatures = 10, .bias = true}}));
    EXPECT_TRUE(spec->names.empty());
    EXPECT_EQ(layerName(*spec, 4), "4");
    EXPECT_TRUE(validate(*spec));
}

TEST(NetworkFile, saysWhichLayerAndFieldIsWrong)
{
    struct Bad {
        std::string text;
        std::vector<std::string> message;
    };
    const std::vector<Bad> cases = {
        {"", {"expected a network as JSON"}},
        {"[1,\n 2", {"expected a network as JSON", "parse error at line 2, column 3"}},
        {"[]", {"network", "expected a JSON object", "found []"}},
        {"{}", {"network", "expected \"input\"", "found none"}},
        {R"({"input":[1,28],"classes":10,"layers":[]})",
         {"\"input\"", "[channels, height, width]", "[1,28]"}},
        {R"({"input":[1,28,2.5],"classes":10,"layers":[]})", {"\"input\"", "whole numbers"}},
        {R"({"input":[1,28,28],"classes":"ten","layers":[]})", {"\"classes\"", "a whole number", "\"ten\""}},
        {R"({"input":[1,28,28],"classes":10})", {"expected \"layers\""}},
        {R"({"input":[1,28,28],"classes":10,"layers":{}})", {"\"layers\"", "1 to 64"}},
        {R"({"input":[1,28,28],"classes":10,"layers":[],"name":"x"})", {"\"layers\"", "1 to 64"}},
        {R"({"input":[1,28,28],"classes":10,"layers":[{"type":"ReLU"}],"title":"x"})",
         {"network", "expected only", "found \"title\""}},
        {withLayer("7"), {"layer 1", "expected a JSON object", "found 7"}},
        {withLayer("{}"), {"layer 1", "expected \"type\""}},
        {withLayer(R"({"type":7})"), {"layer 1", "\"type\"", "found 7"}},
        {withLayer(R"({"type":"Conv3d"})"), {"layer 1", "Conv2d, BatchNorm2d", "found \"Conv3d\""}},
        {withLayer(R"({"type":"Conv2d","kernel_size":3})"), {"layer 1", "expected \"out_channels\""}},
        {withLayer(R"({"type":"Conv2d","out_channels":3})"), {"layer 1", "expected \"kernel_size\""}},
        {withLayer(R"({"type":"MaxPool2d"})"), {"layer 1", "expected \"kernel_size\""}},
        {withLayers(R"({"type":"Flatten"},{"type":"Linear"})"), {"layer 2", "expected \"out_features\""}},
        {withLayer(R"({"type":"Conv2d","out_channels":3,"kernel_size":"3"})"),
         {"layer 1, \"kernel_size\"", "a whole number", "found \"3\""}},
        {withLayer(R"({"type":"Conv2d","out_channels":3,"kernel_size":3.5})"),
         {"\"kernel_size\"", "a whole number", "found 3.5"}},
        {withLayer(R"({"type":"Conv2d","out_channels":1e99,"kernel_size":3})"), {"\"out_channels\""}},
        {withLayer(R"({"type":"Conv2d","out_channels":9999999999999999999,"kernel_size":3})"),
         {"\"out_channels\"", "found 9999999999999999999"}},
        {withLayer(R"({"type":"Conv2d","out_channels":3,"kernel_size":3,"padding":"full"})"),
         {"\"padding\"", "\"same\", \"valid\" or a number", "found \"full\""}},
        {withLayer(R"({"type":"Conv2d","out_channels":3,"kernel_size":3,"padding":-1})"),
         {"\"padding\"", "found -1"}},
        {withLayer(R"({"type":"Conv2d","out_channels":3,"kernel_size":3,"bias":1})"),
         {"\"bias\"", "true or false", "found 1"}},
        {withLayer(R"({"type":"Conv2d","out_channels":3,"kernel_size":3,"dilation":2})"),
         {"layer 1", "expected only", "found \"dilation\""}},
        {withLayer(R"({"type":"Dropout","p":"half"})"), {"\"p\"", "a number", "found \"half\""}},
        {withLayer(R"({"type":"ReLU","name":"a"})"),
         {"\"name\"", "all layers or for none", "names for 1 of 3 layers"}},
        {withLayers(R"({"type":"Flatten","name":"a"},{"type":"Linear","out_features":10,"name":"a"})"),
         {"\"name\"", "a different name for each layer"}},
        {withLayer(R"({"type":"ReLU","name":7})"), {"\"name\"", "found 7"}},
    };
    for (const Bad& bad : cases) {
        SCOPED_TRACE(bad.text);
        EXPECT_TRUE(failsWith(networkFromText(bad.text), ErrorCode::BadFormat, bad.message));
    }
}

TEST(NetworkFile, isRefusedWhereItIsNestedOrLong)
{
    EXPECT_TRUE(failsWith(networkFromText(std::string(100'000, '[')), ErrorCode::BadFormat));
    EXPECT_TRUE(failsWith(networkFromText(withLayer(std::string(1000, '[') + std::string(1000, ']'))),
                          ErrorCode::BadFormat));
    const test::TemporaryFolder folder;
    const auto path = test::writeFile(folder / "network.json", std::string((1 << 20) + 1, ' '));
    EXPECT_TRUE(failsWith(engine::readNetworkFile(path), ErrorCode::BadFormat, {path.string()}));
    EXPECT_TRUE(failsWith(engine::readNetworkFile(folder / "none.json"), ErrorCode::NotFound,
                          {(folder / "none.json").string()}));
    test::writeFile(path, withLayer(R"({"type":"Conv3d"})"));
    EXPECT_TRUE(failsWith(engine::readNetworkFile(path), ErrorCode::BadFormat,
                          {path.string() + ": ", "found \"Conv3d\""}));
}

TEST(NetworkFile, isWrittenWithoutWhatIsAtItsDefault)
{
    NetworkSpec spec;
    spec.layers = {engine::Conv2d{.outChannels = 10, .kernelSize = 3}, engine::MaxPool2d{2},
                   engine::Dropout{.5}, engine::Flatten{}, engine::Linear{.outFeatures = 10}};
    EXPECT_EQ(
        networkText(spec),
        R"({"classes":10,"input":[1,28,28],"layers":[{"kernel_size":3,"out_channels":10,"type":"Conv2d"},)"
        R"({"kernel_size":2,"type":"MaxPool2d"},{"p":0.5,"type":"Dropout"},{"type":"Flatten"},)"
        R"({"out_features":10,"type":"Linear"}]})");
    const test::TemporaryFolder folder;
    ASSERT_TRUE(test::succeeds(writeNetworkFile(folder / "network.json", spec)));
    const auto read = engine::readNetworkFile(folder / "network.json");
    ASSERT_TRUE(test::succeeds(read));
    EXPECT_EQ(*read, spec);
    EXPECT_TRUE(failsWith(writeNetworkFile(folder / "no/network.json", spec), ErrorCode::CannotWrite));
}

TEST(NetworkFile, survivesDamage)
{
    const std::string text =
        networkText(engine::tinyVgg({1, 28, 28}, 10, {.hasBatchNorm = true, .dropout = .3}));
    std::mt19937_64 random(1);
    int refused = 0;
    for (int i = 0; i < 3000; ++i) {
        const auto read = networkFromText(test::damaged(text, random));
        if (read) {
            const auto shapes = validate(*read); // whatever it is, that tells
            EXPECT_TRUE(shapes || !shapes.error().message.empty());
            continue;
        }
        ++refused;
        ASSERT_TRUE(read.error().code == ErrorCode::BadFormat) << read.error().message;
    }
    EXPECT_GT(refused, 1000);
}

TEST(ChoiceText, keepsEveryFamily)
{
    using engine::NetworkChoice;
    using engine::NetworkFamily;
    for (const NetworkChoice& choice : {
             NetworkChoice{},
             NetworkChoice{NetworkFamily::TinyVgg, {3, 1, {4, 8, 16}, {1, 2, 11}, false, true, .5}, {}},
             NetworkChoice{NetworkFamily::Linear, {.hiddenUnits = {32}}, {}},
             NetworkChoice{NetworkFamily::LinearRelu, {}, {}},
             NetworkChoice{NetworkFamily::Custom, {}, {engine::Flatten{}, engine::Linear{.outFeatures = 10}}},
             NetworkChoice{
                 NetworkFamily::Custom, {}, {engine::Flatten{}, engine::Linear{}}, {"flat", "head"}},
         }) {
        const auto read = engine::choiceFromText(choiceText(choice));
        ASSERT_TRUE(test::succeeds(read));
        EXPECT_EQ(*read, choice) << choiceText(choice);
    }
    EXPECT_TRUE(failsWith(engine::choiceFromText(R"({"family":"resnet"})"), ErrorCode::BadFormat,
                          {"tinyvgg, linear, linear-relu or custom", "found \"resnet\""}));
    EXPECT_TRUE(failsWith(engine::choiceFromText(R"({"family":"tinyvgg","blocks":5})"), ErrorCode::BadFormat,
                          {"Blocks", "found 5"}));
    EXPECT_TRUE(failsWith(engine::choiceFromText(R"({"family":"tinyvgg","padding":"valid"})"),
                          ErrorCode::BadFormat, {"same or none", "found \"valid\""}));
    EXPECT_TRUE(failsWith(
        engine::choiceFromText(R"({"family":"custom","layers":[{"type":"Flatten","name":"flat"},)"
                               R"({"type":"Linear","out_features":10}]})"),
        ErrorCode::BadFormat, {"a name for all layers or for none", "found names for 1 of 2 layers"}));
    EXPECT_TRUE(failsWith(engine::choiceFromText(R"({"family":"custom"})"), ErrorCode::BadFormat,
                          {"expected \"layers\""}));
}

TEST(NetworkFile, isForImagesOfOneShapeAndNumberOfClasses)
{
    const NetworkSpec spec{{3, 64, 64}, 10, {engine::Flatten{}, engine::Linear{.outFeatures = 10}}, {}};
    EXPECT_TRUE(engine::checkImages(spec, {3, 64, 64}, 10, "Letters"));
    EXPECT_TRUE(failsWith(
        engine::checkImages(spec, {1, 28, 28}, 10, "Letters"), ErrorCode::BadValue,
        {"The network is for images of 3 × 64 × 64 in 10 classes; Letters has 1 × 28 × 28 in 10."}));
    EXPECT_TRUE(
        failsWith(engine::checkImages(spec, {3, 64, 64}, 26, "Letters"), ErrorCode::BadValue, {"in 26."}));
}
