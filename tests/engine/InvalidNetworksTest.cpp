// Every network of fixtures/networks that does not fit: where and why, and what mends it.
#include "engine/network/NetworkShapes.h"

#include "NetworkFixtures.h"
#include "support/Results.h"

using engine::ErrorCode;
using engine::NetworkSpec;
using engine::SpecError;
using nlohmann::json;

namespace
{

/// What the sentence for a fixture has to say: both numbers where two disagree.
const std::map<std::string, std::vector<std::string>>& sentences()
{
    static const std::map<std::string, std::vector<std::string>> kSentences = {
        {"in_features 490, but 10 × 6 × 6 = 360",
         {"Linear expects 490 inputs", "10 × 6 × 6 = 360", "mat1 and mat2", "1x360 and 490x10"}},
        {"in_features of a second Linear", {"30 inputs", "give 20", "1x20 and 30x10"}},
        {"in_channels", {"3 channels", "the images are 1 × 28 × 28", "got 1 channels"}},
        {"in_channels of a second convolution", {"10 channels", "8 × 10 × 10", "got 8 channels"}},
        {"num_features", {"10 channels", "8 × 10 × 10", "8 elements not 10"}},
        {"Kernel larger than the maps", {"5 × 5", "4 × 4", "1 × 4 × 4", "can't be greater"}},
        {"Kernel larger than the padded maps, in one direction", {"6 × 6", "12 × 5", "8 × 10 × 3"}},
        {"A third block without padding leaves nothing", {"3 × 3", "2 × 2", "4 × 2 × 2"}},
        {"Max pooling larger than the maps", {"MaxPool2d", "4 × 4", "8 × 3 × 3", "too small"}},
        {"Average pooling larger than the maps", {"AvgPool2d", "4 × 4", "8 × 3 × 7", "too small"}},
        {"One pooling too many", {"2 × 2", "1 × 1 × 1"}},
        {"Convolution after Flatten", {"Conv2d expects maps", "144", "Flatten"}},
        {"Max pooling after Flatten", {"MaxPool2d expects maps", "400"}},
        {"Average pooling after Flatten", {"AvgPool2d expects maps", "400"}},
        {"Batch normalization after Flatten", {"BatchNorm2d expects maps", "400"}},
        {"Convolution after Linear", {"Conv2d expects maps", "36"}},
        {"Linear without Flatten", {"one row of numbers", "4 × 10 × 10", "Flatten"}},
        {"Linear without Flatten, whose size is that of a row", {"one row of numbers", "4 × 10 × 10"}},
        {"Too few numbers for the classes", {"gives 9", "10 classes"}},
        {"Too many numbers for the classes", {"gives 12", "10 classes"}},
        {"Ends in a ReLU of another size", {"gives 20", "10 classes"}},
        {"Ends in maps", {"10 × 10 × 10", "10 classes"}},
        {"Ends in maps of 1 × 1, one for each class", {"10 × 1 × 1", "10 classes"}},
        {"Flatten alone", {"gives 144", "10 classes"}},
        {"padding='same' with stride 2", {"padding='same'", "stride must be 1", "stride 2"}},
        {"Kernel size 0", {"kernel_size", "1 to 11", "found 0"}},
        {"Kernel size 12", {"kernel_size", "1 to 11", "found 12"}},
        {"Negative kernel size", {"kernel_size", "1 to 11", "found -3"}},
        {"Stride 0", {"stride", "1 to 8", "found 0"}},
        {"Stride 9", {"stride", "1 to 8", "found 9"}},
        {"Padding 11", {"padding", "0 to 10", "found 11"}},
        {"No channels out", {"out_channels", "1 to 512", "found 0"}},
        {"513 channels out", {"out_channels", "1 to 512", "found 513"}},
        {"Pooling of size 0", {"kernel_size", "1 to 16", "found 0"}},
        {"Pooling of size 17", {"kernel_size", "1 to 16", "found 17"}},
        {"Pooling with stride 17", {"stride", "16", "found 17"}},
        {"No features out", {"out_features", "1 to 4096", "found 0"}},
        {"Dropout with p 1", {"p: expected 0 to 0.95", "found 1"}},
        {"Dropout with p 1.5", {"p: expected 0 to 0.95", "found 1.5"}},
        {"Dropout with p -0.1", {"p: expected 0 to 0.95", "found -0.1"}},
        {"eps 0", {"eps", "found 0"}},
        {"momentum 0", {"momentum", "found 0"}},
        {"momentum 2", {"momentum", "found 2"}},
        {"No layers", {"layer", "1 to 64"}},
        {"65 layers", {"ayers", "1 to 64"}},
        {"5 channels in", {"Image channels", "1 to 4", "found 5"}},
        {"1 class", {"Classes", "2 to 256", "found 1"}},
        {"Two errors: the first counts", {"3 channels", "1 × 12 × 12", "got 1 channels"}},
    };
    return kSentences;
}

/// From the record as it stands there, without the reader, for what the reader refuses.
NetworkSpec specOfManyLayers(const json& recorded)
{
    NetworkSpec spec;
    spec.layers.assign(recorded.at("layers").size(), engine::ReLU{});
    return spec;
}

void expectSays(const std::string& message, const std::vector<std::string>& parts)
{
    for (const std::string& part : parts)
        EXPECT_NE(message.find(part), std::string::npos) << "does not say \"" << part << "\": " << message;
    EXPECT_TRUE(message.ends_with(".")) << message;
}

} // namespace

TEST(InvalidNetworks, areRefusedWithTheLayerAndASentence)
{
    for (const json& record : test::networkFixtures().at("invalid")) {
        const std::string title = record.at("title");
        SCOPED_TRACE(title);
        ASSERT_TRUE(sentences().contains(title));
        const int layer = record.at("layer");
        const auto read = engine::networkFromText(record.at("spec").dump());
        if (!read) { // too many layers or none
            EXPECT_EQ(layer, -1);
            EXPECT_TRUE(test::failsWith(read, ErrorCode::BadFormat, sentences().at(title)));
        }
        const NetworkSpec spec = read ? *read : specOfManyLayers(record.at("spec"));
        const auto shapes = validate(spec);
        ASSERT_FALSE(shapes);
        const SpecError& error = shapes.error();
        EXPECT_EQ(error.layer, layer);
        expectSays(error.message, sentences().at(title));
        EXPECT_EQ(error.shapes.size() >= static_cast<std::size_t>(std::max(0, layer)), true)
            << "what the layers before it give";
        const auto checked = checkedShapes(spec);
        EXPECT_TRUE(test::failsWith(checked, ErrorCode::BadValue, sentences().at(title)));
        if (layer >= 0) {
            EXPECT_EQ(checked.error().message.rfind("Layer " + std::to_string(layer + 1) + " (", 0), 0U)
                << checked.error().message;
        }
    }
}

TEST(InvalidNetworks, areMendedByTheirFixes)
{
    int mended = 0;
    for (const json& record : test::networkFixtures().at("invalid")) {
        SCOPED_TRACE(record.at("title").get<std::string>());
        const auto read = engine::networkFromText(record.at("spec").dump());
        if (!read)
            continue;
        NetworkSpec spec = *read;
        auto shapes = validate(spec);
        int fixes = 0;
        while (!shapes && shapes.error().fix) {
            const SpecError before = shapes.error();
            EXPECT_FALSE(before.fix->label.empty());
            EXPECT_NE(before.fix->layers, spec.layers);
            spec.layers = before.fix->layers;
            shapes = validate(spec);
            if (!shapes) {
                EXPECT_GE(shapes.error().layer, before.layer)
                    << before.fix->label << ", then: " << shapes.error().message;
            }
            ASSERT_LE(++fixes, 4);
        }
        if (fixes > 0 && shapes)
            ++mended;
        if (!shapes) {
            EXPECT_TRUE(shapes.error().message.find("expected ") != std::string::npos ||
                        shapes.error().message.find("expects maps") != std::string::npos)
                << "a number out of range, or a layer where none of its kind can be: "
                << shapes.error().message;
        }
    }
    EXPECT_GE(mended, 15);
}

TEST(InvalidNetworks, areMendedByTheNumberThatFits)
{
    const json& first = test::networkFixtures().at("invalid").at(0);
    NetworkSpec spec = engine::networkFromText(first.at("spec").dump()).value();
    const auto error = validate(spec).error();
    ASSERT_TRUE(error.fix);
    EXPECT_EQ(error.fix->label, "Set in_features to 360");
    spec.layers = error.fix->layers;
    EXPECT_EQ(std::get<engine::Linear>(spec.layers[6]).inFeatures, 360);
    EXPECT_TRUE(validate(spec));
}
