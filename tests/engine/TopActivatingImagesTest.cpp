#include "engine/inspection/TopActivatingImages.h"

#include "engine/data/SketchDigits.h"
#include "engine/inspection/Activations.h"

#include "Models.h"
#include "RecordedInspection.h"
#include "support/Results.h"

#include <limits>

using engine::ErrorCode;
using engine::LayerTopImages;
using engine::topActivatingImages;
using engine::TopImage;
using test::failsWith;

namespace
{

using RecordedTopImages = test::RecordedInspection;

} // namespace

TEST_P(RecordedTopImages, areThoseThatPythonFindsByPlainLoops)
{
    const auto found = topActivatingImages(model, images);
    ASSERT_TRUE(test::succeeds(found));
    ASSERT_EQ(found->size(), 11U);
    for (const LayerTopImages& layer : *found) {
        const std::string name = record.at("layers").at(static_cast<std::size_t>(layer.layer));
        SCOPED_TRACE(name);
        EXPECT_EQ(layer.imageCount, 40U);
        const nlohmann::json& expected = record.at("top_images").at(name);
        ASSERT_EQ(layer.units.size(), expected.size());
        int dead = 0;
        for (std::size_t channel = 0; channel < expected.size(); ++channel) {
            SCOPED_TRACE(channel);
            const nlohmann::json& unit = expected[channel];
            EXPECT_EQ(layer.units[channel].firing, unit.at("firing").get<std::size_t>());
            dead += unit.at("firing") == 0 ? 1 : 0;
            const std::vector<TopImage>& topImages = layer.units[channel].images;
            ASSERT_EQ(topImages.size(), unit.at("images").size());
            for (std::size_t i = 0; i < topImages.size(); ++i) {
                const nlohmann::json& image = unit.at("images")[i];
                EXPECT_EQ(topImages[i].index, image.at("index").get<std::uint32_t>());
                EXPECT_NEAR(topImages[i].value, image.at("value").get<double>(), 1e-4);
                EXPECT_EQ(topImages[i].y, image.at("y").get<int>());
                EXPECT_EQ(topImages[i].x, image.at("x").get<int>());
                EXPECT_EQ(topImages[i].receptiveField,
                          receptiveField(model.spec, {layer.layer, static_cast<int>(channel), topImages[i].y,
                                                      topImages[i].x}));
            }
        }
        EXPECT_EQ(layer.deadUnits(), dead);
    }
}

INSTANTIATE_TEST_SUITE_P(KernelSizes, RecordedTopImages, testing::Values(3, 5));

TEST(TopActivatingImages, haveTheValuesOfTheirActivations)
{
    const engine::Dataset digits = engine::makeSketchDigits({10, 150, 3}).test;
    const auto model = test::randomModel(test::tinyVggSpec(28, 28, 7, 3, 10), 2);
    const auto found = topActivatingImages(model, digits, 3);
    ASSERT_TRUE(test::succeeds(found));
    for (const LayerTopImages& layer : *found) {
        for (std::size_t channel = 0; channel < layer.units.size(); ++channel) {
            for (const TopImage& image : layer.units[channel].images) {
                const auto activations = activationsOf(model, digits.image(image.index)).value();
                const auto& activation = activations.layers[static_cast<std::size_t>(layer.layer)];
                const auto map = activation.map(static_cast<int>(channel));
                EXPECT_NEAR(image.value, *std::max_element(map.begin(), map.end()), 1e-5);
                EXPECT_NEAR(activation.at({layer.layer, static_cast<int>(channel), image.y, image.x}),
                            image.value, 1e-5);
            }
        }
    }
}

TEST(TopActivatingImages, areTheSameForAnyNumberOfThreads)
{
    const engine::Dataset digits = engine::makeSketchDigits({10, 700, 3}).test;
    const auto model = test::randomModel(test::tinyVggSpec(), 4);
    const auto one = topActivatingImages(model, digits, 9, 1);
    const auto three = topActivatingImages(model, digits, 9, 3);
    ASSERT_TRUE(one && three);
    for (std::size_t layer = 0; layer < one->size(); ++layer) {
        for (std::size_t channel = 0; channel < (*one)[layer].units.size(); ++channel) {
            EXPECT_EQ((*one)[layer].units[channel].images, (*three)[layer].units[channel].images);
            EXPECT_EQ((*one)[layer].units[channel].firing, (*three)[layer].units[channel].firing);
        }
    }
}

TEST(TopActivatingImages, ofADeadUnitAreNone)
{
    auto model = test::brightnessModel();
    test::weightsOf(model, "block_1.0.bias") = {-2};
    const auto images = engine::Dataset::create(4, 4, std::vector<std::uint8_t>(32, 100), {0, 1}, 2).value();
    const auto found = topActivatingImages(model, images);
    ASSERT_TRUE(test::succeeds(found));
    EXPECT_EQ((*found)[0].units[0].images.size(), 2U) << "the convolution itself has a maximum";
    EXPECT_EQ((*found)[0].units[0].images[0].index, 0U) << "of two alike the first";
    EXPECT_EQ((*found)[0].units[0].firing, 0U);
    EXPECT_TRUE((*found)[1].units[0].images.empty());
    EXPECT_EQ((*found)[1].deadUnits(), 1);
}

TEST(TopActivatingImages, ofADivergedModelAreNone)
{
    auto model = test::brightnessModel();
    test::weightsOf(model, "block_1.2.bias") = {std::numeric_limits<float>::quiet_NaN()};
    const auto images = engine::Dataset::create(4, 4, std::vector<std::uint8_t>(32, 100), {0, 1}, 2).value();
    const auto found = topActivatingImages(model, images);
    ASSERT_TRUE(test::succeeds(found));
    EXPECT_EQ((*found)[1].units[0].images.size(), 2U);
    for (std::size_t layer = 2; layer < found->size(); ++layer)
        EXPECT_TRUE((*found)[layer].units[0].images.empty()) << layer;
}

TEST(TopActivatingImages, ofNoImagesAndOfLessThanAskedForAreWhatThereIs)
{
    const auto model = test::randomModel(test::tinyVggSpec(4, 4, 2, 3, 2));
    const auto none = engine::Dataset::create(4, 4, {}, {}, 2).value();
    const auto found = topActivatingImages(model, none);
    ASSERT_TRUE(test::succeeds(found));
    EXPECT_TRUE((*found)[0].units[0].images.empty());
    EXPECT_EQ((*found)[1].deadUnits(), 2);
    const auto two = engine::Dataset::create(4, 4, std::vector<std::uint8_t>(32, 100), {0, 1}, 2).value();
    EXPECT_EQ((*topActivatingImages(model, two))[0].units[0].images.size(), 2U);
    EXPECT_TRUE((*topActivatingImages(model, two, 0))[0].units[0].images.empty());
}

TEST(TopActivatingImages, tellHowFarTheyAreAndCanBeCancelled)
{
    const engine::Dataset digits = engine::makeSketchDigits({10, 1000, 3}).test;
    const auto model = test::randomModel(test::tinyVggSpec(), 4);
    std::vector<std::size_t> done;
    const auto all =
        topActivatingImages(model, digits, 9, 1, {}, [&](std::size_t count) { done.push_back(count); });
    ASSERT_TRUE(test::succeeds(all));
    EXPECT_GT(done.size(), 1U);
    EXPECT_TRUE(std::ranges::is_sorted(done));
    EXPECT_EQ(done.back(), 1000U);

    std::stop_source stop;
    std::size_t lastDone = 0;
    const auto some = topActivatingImages(model, digits, 9, 1, stop.get_token(), [&](std::size_t count) {
        lastDone = count;
        stop.request_stop();
    });
    EXPECT_TRUE(failsWith(some, ErrorCode::Cancelled, {"cancelled"}));
    EXPECT_LT(lastDone, 1000U);
}

TEST(TopActivatingImages, refuseImagesOfAnotherSize)
{
    EXPECT_TRUE(
        failsWith(topActivatingImages(test::randomModel(test::tinyVggSpec(8, 8, 2, 3, 2)), engine::Dataset()),
                  ErrorCode::BadValue, {"8 × 8", "28 × 28"}));
}
