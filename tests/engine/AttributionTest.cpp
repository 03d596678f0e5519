#include "engine/inspection/Attribution.h"

#include "Models.h"
#include "RecordedInspection.h"
#include "support/Results.h"

#include <limits>

using engine::AttributionMap;
using engine::ClassScore;
using engine::ErrorCode;
using engine::gradCam;
using engine::inputGradient;
using engine::occlusionMap;
using test::areNear;
using test::failsWith;
using test::flatNumbers;

namespace
{

using RecordedAttribution = test::RecordedInspection;

void expectRangeOfItsValues(const AttributionMap& map)
{
    EXPECT_EQ(map.minimum, *std::min_element(map.values.begin(), map.values.end()));
    EXPECT_EQ(map.maximum, *std::max_element(map.values.begin(), map.values.end()));
}

} // namespace

TEST_P(RecordedAttribution, gradCamIsPythons)
{
    for (int label = 0; label < 3; ++label) {
        SCOPED_TRACE(label);
        const auto found = gradCam(model, images.image(0), label);
        ASSERT_TRUE(test::succeeds(found));
        const nlohmann::json& expected = record.at("grad_cam").at(static_cast<std::size_t>(label));
        EXPECT_EQ(found->kind, engine::AttributionKind::GradCam);
        EXPECT_EQ(found->classIndex, label);
        EXPECT_EQ(found->gridHeight, 6);
        EXPECT_EQ(found->gridWidth, 5);
        EXPECT_TRUE(areNear(found->channelWeights, expected.at("importance")));
        EXPECT_TRUE(areNear(found->grid, flatNumbers(expected.at("map"))));
        EXPECT_NEAR(found->classScore,
                    record.at("activations").at("classifier.1").at("values").at(label).get<double>(), 1e-4);
        expectRangeOfItsValues(*found);
        EXPECT_GE(found->minimum, 0);
    }
}

TEST_P(RecordedAttribution, gradCamIsEnlargedAsPythonEnlargesIt)
{
    const auto found = gradCam(model, images.image(0), 2);
    ASSERT_TRUE(test::succeeds(found));
    ASSERT_EQ(found->height, 13);
    ASSERT_EQ(found->width, 11);
    // Python's is 12 × 10; the row and the column that pooling leaves over are as their neighbors.
    std::vector<double> expected;
    const nlohmann::json& rows = record.at("grad_cam").at(2).at("enlarged");
    for (std::size_t y = 0; y < 13; ++y) {
        const std::vector<double> row = rows.at(std::min<std::size_t>(y, 11));
        ASSERT_EQ(row.size(), 10U);
        expected.insert(expected.end(), row.begin(), row.end());
        expected.push_back(row.back());
    }
    EXPECT_TRUE(areNear(found->values, expected));
}

TEST_P(RecordedAttribution, inputGradientIsPythons)
{
    for (int label = 0; label < 3; ++label) {
        SCOPED_TRACE(label);
        const nlohmann::json& expected = record.at("gradients").at(static_cast<std::size_t>(label));
        const auto logit = inputGradient(model, images.image(0), label);
        ASSERT_TRUE(test::succeeds(logit));
        EXPECT_TRUE(areNear(logit->values, flatNumbers(expected.at("logit"))));
        EXPECT_EQ(logit->grid, logit->values);
        EXPECT_EQ(logit->score, ClassScore::Logit);
        expectRangeOfItsValues(*logit);
        const auto probability = inputGradient(model, images.image(0), label, ClassScore::Probability);
        ASSERT_TRUE(test::succeeds(probability));
        EXPECT_TRUE(areNear(probability->values, flatNumbers(expected.at("probability")), 1e-4));
        EXPECT_NEAR(probability->classScore, record.at("probabilities").at(label).get<double>(), 1e-5);
    }
}

TEST_P(RecordedAttribution, occlusionIsPythons)
{
    for (const nlohmann::json& expected : record.at("occlusion")) {
        for (const ClassScore score : {ClassScore::Logit, ClassScore::Probability}) {
            const engine::OcclusionOptions options{expected.at("side"), expected.at("stride"),
                                                   expected.at("fill"), score};
            SCOPED_TRACE(options.side);
            for (int label = 0; label < 3; ++label) {
                const auto found = occlusionMap(model, images.image(0), label, options);
                ASSERT_TRUE(test::succeeds(found));
                const nlohmann::json& maps =
                    expected.at(score == ClassScore::Logit ? "logit" : "probability");
                const nlohmann::json& map = maps.at(static_cast<std::size_t>(label));
                EXPECT_EQ(found->gridHeight, static_cast<int>(map.at("grid").size()));
                // Differences of numbers near 1.
                const auto isAlike = [](const std::vector<float>& values, const std::vector<double>& wanted) {
                    return values.size() == wanted.size() &&
                           std::equal(values.begin(), values.end(), wanted.begin(), [](float a, double b) {
                               return std::abs(static_cast<double>(a) - b) < 2e-5;
                           });
                };
                EXPECT_TRUE(isAlike(found->grid, flatNumbers(map.at("grid"))));
                EXPECT_TRUE(isAlike(found->values, flatNumbers(map.at("map"))));
                expectRangeOfItsValues(*found);
            }
        }
    }
}

TEST_P(RecordedAttribution, isTheSameTwice)
{
    EXPECT_EQ(gradCam(model, images.image(3), 1)->values, gradCam(model, images.image(3), 1)->values);
    EXPECT_EQ(inputGradient(model, images.image(3), 1)->values,
              inputGradient(model, images.image(3), 1)->values);
    EXPECT_EQ(occlusionMap(model, images.image(3), 1)->values,
              occlusionMap(model, images.image(3), 1)->values);
}

INSTANTIATE_TEST_SUITE_P(KernelSizes, RecordedAttribution, testing::Values(3, 5));

TEST(Occlusion, ofTheBrightestPixelAloneCostsTheClassThatItSpeaksFor)
{
    const auto model = test::brightnessModel(); // logit of class 1 is 4·max − 2
    std::vector<std::uint8_t> image(16);
    image[6] = 255;
    image[0] = 51;
    const auto found = occlusionMap(model, image, 1, {1, 1, 0, ClassScore::Logit});
    ASSERT_TRUE(test::succeeds(found));
    for (std::size_t i = 0; i < 16; ++i)
        EXPECT_NEAR(found->values[i], i == 6 ? 4 - .8 : 0, 1e-5) << i;
    EXPECT_NEAR(found->classScore, 2, 1e-6);
}

TEST(Attribution, worksForEveryKindOfNetwork)
{
    for (const engine::NetworkSpec& spec :
         {test::tinyVggSpec(4, 4, 1, 1, 2), test::tinyVggSpec(5, 7, 3, 7, 4),
          test::tinyVggSpec(28, 28, 32, 5, 10)}) {
        const auto model = test::randomModel(spec);
        const auto size = static_cast<std::size_t>(spec.input.size());
        const std::vector<std::uint8_t> image(size, 90);
        for (const auto& found :
             {gradCam(model, image, 1), inputGradient(model, image, 1), occlusionMap(model, image, 1)}) {
            ASSERT_TRUE(test::succeeds(found));
            EXPECT_EQ(found->values.size(), size);
            EXPECT_EQ(found->grid.size(), static_cast<std::size_t>(found->gridHeight * found->gridWidth));
        }
    }
}

TEST(Attribution, ofADivergedModelHasNoNumbersAndDoesNotFail)
{
    auto model = test::randomModel(test::tinyVggSpec(9, 9, 3, 3, 4));
    test::weightsOf(model, "block_1.2.bias")[1] = std::numeric_limits<float>::quiet_NaN();
    const std::vector<std::uint8_t> image(81, 90);
    for (const auto& found :
         {gradCam(model, image, 1), inputGradient(model, image, 1), occlusionMap(model, image, 1)}) {
        ASSERT_TRUE(test::succeeds(found));
        EXPECT_EQ(found->values.size(), 81U);
        EXPECT_TRUE(std::isfinite(found->minimum) && std::isfinite(found->maximum));
    }
}

TEST(Attribution, refusesClassesAndImagesThatAreNotTheModels)
{
    const auto model = test::randomModel(test::tinyVggSpec(8, 6, 2, 3, 3));
    const std::vector<std::uint8_t> image(48);
    for (const int label : {-1, 3}) {
        EXPECT_TRUE(failsWith(gradCam(model, image, label), ErrorCode::BadValue, {"Class", "0 to 2"}));
        EXPECT_TRUE(failsWith(inputGradient(model, image, label), ErrorCode::BadValue, {"Class"}));
        EXPECT_TRUE(failsWith(occlusionMap(model, image, label), ErrorCode::BadValue, {"Class"}));
    }
    const std::vector<std::uint8_t> wrong(47);
    EXPECT_TRUE(failsWith(gradCam(model, wrong, 0), ErrorCode::BadValue, {"8 × 6", "47"}));
    EXPECT_TRUE(failsWith(inputGradient(model, wrong, 0), ErrorCode::BadValue, {"47"}));
    EXPECT_TRUE(failsWith(occlusionMap(model, wrong, 0), ErrorCode::BadValue, {"47"}));
}

TEST(Occlusion, refusesOptionsOutOfRange)
{
    const auto model = test::randomModel(test::tinyVggSpec(8, 6, 2, 3, 3));
    const std::vector<std::uint8_t> image(48);
    EXPECT_TRUE(failsWith(occlusionMap(model, image, 0, {0, 1, 0}), ErrorCode::BadValue, {"Side"}));
    EXPECT_TRUE(failsWith(occlusionMap(model, image, 0, {65, 1, 0}), ErrorCode::BadValue, {"Side"}));
    EXPECT_TRUE(failsWith(occlusionMap(model, image, 0, {3, 4, 0}), ErrorCode::BadValue, {"Stride"}));
    EXPECT_TRUE(failsWith(occlusionMap(model, image, 0, {3, 0, 0}), ErrorCode::BadValue, {"Stride"}));
    EXPECT_TRUE(failsWith(occlusionMap(model, image, 0, {3, 1, 256}), ErrorCode::BadValue, {"Fill"}));
}

TEST(Occlusion, isTheSameForAnyNumberOfThreads)
{
    const auto model = test::randomModel(test::tinyVggSpec());
    const std::vector<std::uint8_t> image(784, 90);
    EXPECT_EQ(occlusionMap(model, image, 3, {}, 1)->values, occlusionMap(model, image, 3, {}, 3)->values);
}

TEST(Occlusion, reportsItsSquareAndProgress)
{
    const auto model = test::randomModel(test::tinyVggSpec());
    const std::vector<std::uint8_t> image(784, 90);
    std::vector<std::size_t> done;
    const auto found = occlusionMap(model, image, 3, {7, 2, 0, ClassScore::Logit}, 1, {},
                                    [&](std::size_t places, std::size_t total) {
                                        EXPECT_EQ(total, 196U);
                                        done.push_back(places);
                                    });
    ASSERT_TRUE(test::succeeds(found));
    EXPECT_EQ(found->side, 7);
    EXPECT_GT(done.size(), 3U);
    EXPECT_TRUE(std::ranges::is_sorted(done));
    EXPECT_EQ(done.back(), 196U);

    std::stop_source stop;
    std::size_t last = 0;
    EXPECT_TRUE(failsWith(occlusionMap(model, image, 3, {}, 1, stop.get_token(),
                                       [&](std::size_t places, std::size_t) {
                                           last = places;
                                           stop.request_stop();
                                       }),
                          ErrorCode::Cancelled));
    EXPECT_LT(last, 784U) << "a stop is heard on the way";
}

TEST(Occlusion, isCancelled)
{
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(failsWith(occlusionMap(test::randomModel(test::tinyVggSpec()), std::vector<std::uint8_t>(784),
                                       0, {}, 0, stop.get_token()),
                          ErrorCode::Cancelled));
}
