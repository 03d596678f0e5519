#include "engine/evaluation/NearestImages.h"

#include "engine/cpu/CpuKernelSelection.h"
#include "engine/cpu/CpuNetwork.h"
#include "engine/data/SketchDigits.h"

#include "TorchModels.h"
#include "support/Results.h"

#include <algorithm>

using engine::Dataset;
using engine::ErrorCode;
using engine::nearestImages;
using engine::NearImage;
using test::failsWith;

namespace
{

/// One image of 4 × 4 pixels for each brightness, all of its pixels alike: what the brightness model's
/// classifier sees of it is that brightness.
Dataset plainImages(const std::vector<std::uint8_t>& brightness)
{
    std::vector<std::uint8_t> pixels;
    for (const std::uint8_t value : brightness)
        pixels.insert(pixels.end(), 16, value);
    return Dataset::create(4, 4, std::move(pixels), std::vector<std::uint8_t>(brightness.size()), 2).value();
}

} // namespace

TEST(NearestImages, areThoseOfLikeBrightness)
{
    const auto found = nearestImages(test::brightnessModel(), std::vector<std::uint8_t>(16, 102),
                                     plainImages({255, 51, 153, 102, 0, 153}), 4);
    ASSERT_TRUE(test::succeeds(found));
    // 51 and the two of 153 are as far away as each other but for rounding.
    ASSERT_EQ(found->size(), 4U);
    EXPECT_EQ((*found)[0], (NearImage{3, 0}));
    std::vector<std::uint32_t> others;
    for (std::size_t i = 1; i < 4; ++i) {
        others.push_back((*found)[i].index);
        EXPECT_NEAR((*found)[i].distance, .2, 1e-6);
    }
    std::ranges::sort(others);
    EXPECT_EQ(others, (std::vector<std::uint32_t>{1, 2, 5}));
}

TEST(NearestImages, haveTheLowerIndexFirstWhereTheyAreAlike)
{
    const Dataset alike = plainImages(std::vector<std::uint8_t>(100, 9));
    for (const int threads : {1, 3}) {
        const auto found =
            nearestImages(test::brightnessModel(), std::vector<std::uint8_t>(16, 60), alike, 5, threads);
        ASSERT_TRUE(test::succeeds(found));
        ASSERT_EQ(found->size(), 5U);
        for (std::size_t i = 0; i < 5; ++i)
            EXPECT_EQ((*found)[i].index, i);
    }
}

TEST(NearestImages, areThoseThatTorchFinds)
{
    // Not a multiple of what is computed at a time.
    const Dataset digits = engine::makeSketchDigits({10, 333, 3}).test;
    const engine::ModelSnapshot model = test::randomModel(test::tinyVggSpec(28, 28, 10, 5, 10), 4);
    const torch::NoGradGuard noGrad;
    const torch::Tensor features = test::CourseNetwork(model).features(test::torchImages(digits));
    for (const std::size_t sought : {0U, 150U, 332U}) {
        const torch::Tensor distances =
            (features - features[static_cast<std::int64_t>(sought)]).pow(2).sum(1).sqrt();
        const auto [expected, order] = distances.topk(12, 0, /*largest=*/false);
        const auto found = nearestImages(model, digits.image(sought), digits, 12);
        ASSERT_TRUE(test::succeeds(found));
        ASSERT_EQ(found->size(), 12U);
        EXPECT_EQ(found->front(), (NearImage{static_cast<std::uint32_t>(sought), 0}));
        for (std::int64_t i = 1; i < 12; ++i) {
            const NearImage& image = (*found)[static_cast<std::size_t>(i)];
            EXPECT_EQ(image.index, order[i].item<std::int64_t>());
            EXPECT_NEAR(image.distance, expected[i].item<float>(), 1e-4);
        }
    }
}

TEST(NearestImages, areTheSameForAnyNumberOfThreads)
{
    const Dataset digits = engine::makeSketchDigits({10, 700, 3}).test;
    const auto model = test::randomModel(test::tinyVggSpec(), 4);
    const auto one = nearestImages(model, digits.image(7), digits, 20, 1);
    const auto three = nearestImages(model, digits.image(7), digits, 20, 3);
    ASSERT_TRUE(one && three);
    EXPECT_EQ(*one, *three);
    EXPECT_TRUE(std::ranges::is_sorted(*one, {}, &NearImage::distance));
}

TEST(NearestImages, areAllWhereMoreAreAskedForAndNoneOfNone)
{
    const auto model = test::brightnessModel();
    const std::vector<std::uint8_t> black(16);
    const auto all = nearestImages(model, black, plainImages({200, 100, 0}), 10);
    ASSERT_TRUE(test::succeeds(all));
    ASSERT_EQ(all->size(), 3U);
    EXPECT_EQ((*all)[0].index, 2U);
    EXPECT_EQ((*all)[1].index, 1U);
    EXPECT_EQ((*all)[2].index, 0U);
    EXPECT_TRUE(nearestImages(model, black, plainImages({1, 2}), 0)->empty());
    EXPECT_TRUE(nearestImages(model, black, plainImages({}), 3)->empty());
}

TEST(NearestImages, areSoughtAmongSomeOnly)
{
    const std::vector<std::uint32_t> some = {5, 0, 4};
    const auto found = nearestImages(test::brightnessModel(), std::vector<std::uint8_t>(16, 102),
                                     plainImages({100, 51, 153, 102, 0, 153}), 2, 1, {}, {}, some);
    ASSERT_TRUE(test::succeeds(found));
    ASSERT_EQ(found->size(), 2U);
    EXPECT_EQ((*found)[0].index, 0U);
    EXPECT_EQ((*found)[1].index, 5U);
}

TEST(NearestImages, tellHowFarTheSearchIs)
{
    const Dataset many = plainImages(std::vector<std::uint8_t>(5000, 7));
    std::vector<std::size_t> reported;
    ASSERT_TRUE(test::succeeds(nearestImages(test::brightnessModel(), std::vector<std::uint8_t>(16), many, 1,
                                             2, {}, [&](std::size_t done) { reported.push_back(done); })));
    EXPECT_GT(reported.size(), 1U);
    EXPECT_TRUE(std::ranges::is_sorted(reported));
    EXPECT_EQ(reported.back(), 5000U);
}

TEST(NearestImages, ofAModelThatDivergedAreInfinitelyFar)
{
    auto model = test::brightnessModel();
    test::weightsOf(model, "block_2.2.bias") = {std::numeric_limits<float>::quiet_NaN()};
    const auto found = nearestImages(model, std::vector<std::uint8_t>(16), plainImages({3, 4, 5}), 2);
    ASSERT_TRUE(test::succeeds(found));
    ASSERT_EQ(found->size(), 2U);
    EXPECT_EQ((*found)[0].index, 0U);
    EXPECT_EQ((*found)[1].index, 1U);
    EXPECT_TRUE(std::isinf((*found)[0].distance));
}

TEST(NearestImages, refusesImagesOfAnotherSize)
{
    const auto model = test::randomModel(test::tinyVggSpec(8, 8, 2, 3, 2));
    EXPECT_TRUE(failsWith(nearestImages(model, std::vector<std::uint8_t>(64), plainImages({0}), 1),
                          ErrorCode::BadValue, {"8 × 8", "found 4 × 4"}));
    EXPECT_TRUE(
        failsWith(nearestImages(test::brightnessModel(), std::vector<std::uint8_t>(15), plainImages({0}), 1),
                  ErrorCode::BadValue, {"4 × 4", "found one of 15 pixels"}));
}

TEST(NearestImages, canBeCancelled)
{
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(failsWith(nearestImages(test::brightnessModel(), std::vector<std::uint8_t>(16),
                                        plainImages({0, 1}), 1, 0, stop.get_token()),
                          ErrorCode::Cancelled, {"cancelled"}));
}

TEST(NearestImages, reportsWeightsThatDoNotFitAsAnError)
{
    auto model = test::brightnessModel();
    test::weightsOf(model, "classifier.1.bias") = {1, 2, 3};
    EXPECT_TRUE(failsWith(nearestImages(model, std::vector<std::uint8_t>(16), plainImages({0}), 1),
                          ErrorCode::Internal, {"Searching for images failed"}));
}

TEST(CpuNetwork, hasTheFeaturesThatTorchComputes)
{
    const Dataset digits = engine::makeSketchDigits({10, 3, 3}).test;
    const engine::ModelSnapshot model = test::randomModel(test::tinyVggSpec(), 4);
    const torch::NoGradGuard noGrad;
    const torch::Tensor expected = test::CourseNetwork(model).features(test::torchImages(digits));
    const std::vector<float> weights = flatWeights(model);
    for (const engine::CpuKernels* kernels : engine::usableCpuKernels()) {
        SCOPED_TRACE(kernels->name);
        engine::CpuNetwork network(model.spec, *kernels);
        network.setWeights(weights);
        for (int lane = 0; lane < 3; ++lane)
            network.setImage(lane, digits.image(static_cast<std::size_t>(lane)));
        network.forward();
        const auto lanes = static_cast<std::size_t>(network.lanes());
        ASSERT_EQ(network.features().size(), 490U * lanes);
        for (std::size_t lane = 0; lane < 3; ++lane) {
            for (std::size_t f = 0; f < 490; ++f) {
                ASSERT_NEAR(
                    network.features()[f * lanes + lane],
                    expected[static_cast<std::int64_t>(lane)][static_cast<std::int64_t>(f)].item<float>(),
                    2e-5);
            }
        }
    }
}
