#include "engine/network/SpecFromShapes.h"

#include "Models.h"
#include "support/Results.h"

using engine::ErrorCode;
using engine::ImageShape;
using engine::NetworkSpec;
using engine::recognizeModel;
using engine::TinyVggOptions;
using engine::WeightArray;
using test::failsWith;

namespace
{

NetworkSpec smallSpec()
{
    return test::tinyVggSpec(8, 8, 2, 3, 3);
}

std::vector<WeightArray> weights(const NetworkSpec& spec = smallSpec())
{
    return test::randomModel(spec).weights;
}

} // namespace

TEST(RecognizeModel, findsTheSpecFromTheShapes)
{
    for (const NetworkSpec& spec : {
             test::tinyVggSpec(),
             test::tinyVggSpec(28, 28, 32, 5, 47),
             test::tinyVggSpec(64, 64, 1, 7, 2),
             test::tinyVggSpec(4, 4, 3, 1, 2),
             test::tinyVggSpec(28, 28, 4, 4, 10),
             engine::tinyVgg({3, 32, 32}, 10),
             engine::tinyVgg({3, 64, 64}, 3, {.isPadded = false}), // as in CNN Explainer
             engine::tinyVgg({1, 28, 28}, 10, {.isPadded = false}),
             engine::tinyVgg({1, 32, 32}, 10, {.blocks = 1}),
             engine::tinyVgg({1, 64, 64}, 10, {.blocks = 4, .hiddenUnits = {2, 3, 4, 5}}),
             engine::tinyVgg({1, 28, 28}, 10, {.convolutionsPerBlock = 1}),
             engine::tinyVgg({1, 28, 28}, 10, {.convolutionsPerBlock = 3, .hiddenUnits = {4}}),
             engine::tinyVgg({1, 28, 28}, 10, {.hiddenUnits = {10, 20}, .kernelSizes = {3, 3, 5, 5}}),
             engine::tinyVgg({3, 28, 28}, 10, {.kernelSizes = {1, 4, 11, 2}, .hasBatchNorm = true}),
             engine::linearBaseline({1, 28, 28}, 10),
             engine::linearBaseline({1, 28, 28}, 7, 33),
             engine::linearBaseline({3, 32, 32}, 10, 10, true),
         }) {
        SCOPED_TRACE(describe(choiceOf(spec)));
        const auto original = test::randomModel(spec);
        const auto model = recognizeModel(original.weights);
        ASSERT_TRUE(test::succeeds(model));
        EXPECT_TRUE(test::areSame(*model, original));
    }
}

TEST(RecognizeModel, cannotKnowOfDropout)
{
    const NetworkSpec spec = engine::tinyVgg({1, 28, 28}, 10, {.dropout = .3});
    const auto model = recognizeModel(test::randomModel(spec).weights);
    // Its layers have other numbers in nothing but their blocks, whose convolutions come before the dropout.
    ASSERT_TRUE(test::succeeds(model));
    EXPECT_EQ(model->spec, test::tinyVggSpec());
    EXPECT_EQ(flatWeights(*model), flatWeights(test::randomModel(spec)));
}

TEST(RecognizeModel, takesAnInputThatIsNotSquareWhenItIsGiven)
{
    const NetworkSpec spec = test::tinyVggSpec(12, 20, 2, 3, 3);
    const auto model = recognizeModel(weights(spec), ImageShape{1, 12, 20});
    ASSERT_TRUE(test::succeeds(model));
    EXPECT_EQ(model->spec, spec);
    EXPECT_TRUE(failsWith(recognizeModel(weights(spec)), ErrorCode::BadFormat, {"classifier.1.weight"}));
    EXPECT_TRUE(failsWith(recognizeModel(weights(spec), ImageShape{1, 28, 28}), ErrorCode::BadFormat,
                          {"classifier.1.weight", "(3, 98)", "(3, 30)"}));
    const NetworkSpec unpadded = engine::tinyVgg({2, 20, 25}, 3, {.hiddenUnits = {2}, .isPadded = false});
    const auto given = recognizeModel(weights(unpadded), unpadded.input);
    ASSERT_TRUE(test::succeeds(given));
    EXPECT_EQ(given->spec, unpadded);
}

TEST(RecognizeModel, acceptsAnyOrder)
{
    for (const NetworkSpec& spec : {smallSpec(), engine::tinyVgg({1, 28, 28}, 10, {.hasBatchNorm = true}),
                                    engine::linearBaseline({1, 28, 28}, 10)}) {
        auto arrays = weights(spec);
        std::reverse(arrays.begin(), arrays.end());
        const auto model = recognizeModel(arrays);
        ASSERT_TRUE(test::succeeds(model));
        EXPECT_TRUE(test::areSame(*model, test::randomModel(spec)));
    }
}

TEST(RecognizeModel, acceptsTheCoursesOtherNames)
{
    auto arrays = weights();
    for (WeightArray& array : arrays) {
        if (array.name.starts_with("block_"))
            array.name = "conv_" + array.name;
    }
    const auto model = recognizeModel(arrays);
    ASSERT_TRUE(test::succeeds(model));
    EXPECT_EQ(model->weights[0].name, "block_1.0.weight");
}

TEST(RecognizeModel, acceptsWhatOlderPyTorchDidNotCount)
{
    auto arrays = weights(engine::tinyVgg({1, 28, 28}, 10, {.hasBatchNorm = true}));
    std::erase_if(arrays, [](const WeightArray& a) { return a.name.ends_with("num_batches_tracked"); });
    const auto model = recognizeModel(arrays);
    ASSERT_TRUE(test::succeeds(model));
    EXPECT_EQ(flatWeights(*model).back(), 0);
}

TEST(RecognizeModel, namesTheArrayThatIsMissing)
{
    for (const NetworkSpec& spec :
         {smallSpec(), engine::tinyVgg({1, 28, 28}, 10, {.hasBatchNorm = true}),
          engine::linearBaseline({1, 28, 28}, 10), engine::linearBaseline({1, 28, 28}, 10, 10, true)}) {
        const auto all = weights(spec);
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].name.ends_with("num_batches_tracked"))
                continue;
            auto arrays = all;
            arrays.erase(arrays.begin() + static_cast<std::ptrdiff_t>(i));
            EXPECT_TRUE(failsWith(recognizeModel(arrays), ErrorCode::BadFormat, {all[i].name}));
        }
    }
    EXPECT_TRUE(failsWith(recognizeModel({}), ErrorCode::BadFormat, {"no arrays"}));
}

TEST(RecognizeModel, namesTheArrayThatIsTooMany)
{
    auto arrays = weights();
    arrays.push_back({"block_3.0.weight", {1}, {0.F}});
    EXPECT_TRUE(failsWith(recognizeModel(arrays), ErrorCode::BadFormat, {"found also block_3.0.weight"}));
    arrays.back() = weights()[3];
    EXPECT_TRUE(failsWith(recognizeModel(arrays), ErrorCode::BadFormat, {"found also block_1.2.bias"}));
}

TEST(RecognizeModel, namesTheArrayOfAnotherShape)
{
    const auto all = weights();
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto arrays = all;
        ++arrays[i].shape.back();
        EXPECT_TRUE(failsWith(recognizeModel(arrays), ErrorCode::BadFormat)) << all[i].name;
        arrays[i].shape = {};
        EXPECT_TRUE(failsWith(recognizeModel(arrays), ErrorCode::BadFormat)) << all[i].name;
    }
    auto arrays = all;
    arrays[3].shape = {3};
    EXPECT_TRUE(failsWith(recognizeModel(arrays), ErrorCode::BadFormat,
                          {"block_1.2.bias", "expected the shape (2)", "found (3)"}));
}

TEST(RecognizeModel, rejectsMoreOrFewerNumbersThanTheShapeSays)
{
    auto arrays = weights();
    arrays[2].values.pop_back();
    EXPECT_TRUE(failsWith(recognizeModel(arrays), ErrorCode::BadFormat, {"block_1.2.weight"}));
}

TEST(RecognizeModel, rejectsModelsOutsideTheProgramsBoundsAsAFormat)
{
    auto arrays = weights();
    arrays[0].shape = {2, 1, 12, 12};
    EXPECT_TRUE(failsWith(recognizeModel(arrays), ErrorCode::BadFormat, {"Kernel sizes", "found 12"}));
    arrays[0].shape = {std::int64_t{1} << 40, 1, 3, 3};
    EXPECT_TRUE(failsWith(recognizeModel(arrays), ErrorCode::BadFormat, {"Hidden units"}));
    arrays[0].shape = {0, 1, 3, 3};
    EXPECT_TRUE(failsWith(recognizeModel(arrays), ErrorCode::BadFormat, {"Hidden units", "found 0"}));
    arrays[0].shape = {2, 5, 3, 3};
    EXPECT_TRUE(failsWith(recognizeModel(arrays), ErrorCode::BadFormat, {"Image channels", "found 5"}));
    arrays[0].shape = {2, 1, 3, 3};
    arrays[8].shape = {3, std::int64_t{1} << 60};
    EXPECT_TRUE(failsWith(recognizeModel(arrays), ErrorCode::BadFormat, {"Image height"}));
    auto linear = weights(engine::linearBaseline({1, 28, 28}, 10));
    linear[0].shape = {10, std::int64_t{1} << 60};
    EXPECT_TRUE(failsWith(recognizeModel(linear), ErrorCode::BadFormat));
    linear[0].shape = {std::int64_t{1} << 60, 784};
    EXPECT_TRUE(failsWith(recognizeModel(linear), ErrorCode::BadFormat));
    linear[0].shape = {};
    EXPECT_TRUE(failsWith(recognizeModel(linear), ErrorCode::BadFormat, {"layer_stack.1.weight"}));
}
