#include "engine/model/ModelSnapshot.h"

#include "Models.h"
#include "support/Results.h"

using engine::ErrorCode;
using engine::recognizeTinyVgg;
using engine::TinyVggOptions;
using engine::WeightArray;
using test::failsWith;

namespace
{

std::vector<WeightArray> weights(const TinyVggOptions& options = {8, 8, 2, 3, 3})
{
    return test::randomModel(options).weights;
}

} // namespace

TEST(RecognizeTinyVgg, findsTheOptionsFromTheShapes)
{
    for (const TinyVggOptions& options : {TinyVggOptions{}, TinyVggOptions{28, 28, 32, 5, 47},
                                          TinyVggOptions{64, 64, 1, 7, 2}, TinyVggOptions{4, 4, 3, 1, 2}}) {
        const auto original = test::randomModel(options);
        const auto model = recognizeTinyVgg(original.weights);
        ASSERT_TRUE(test::succeeds(model));
        EXPECT_TRUE(test::areSame(*model, original));
    }
}

TEST(RecognizeTinyVgg, takesAnInputThatIsNotSquareWhenItIsGiven)
{
    const TinyVggOptions options = {12, 20, 2, 3, 3};
    const auto model = recognizeTinyVgg(weights(options), 12, 20);
    ASSERT_TRUE(test::succeeds(model));
    EXPECT_EQ(model->options, options);
    EXPECT_TRUE(failsWith(recognizeTinyVgg(weights(options)), ErrorCode::BadFormat, {"classifier.1.weight"}));
    EXPECT_TRUE(failsWith(recognizeTinyVgg(weights(options), 28, 28), ErrorCode::BadFormat,
                          {"classifier.1.weight", "(3, 98)", "(3, 30)"}));
}

TEST(RecognizeTinyVgg, acceptsAnyOrder)
{
    auto arrays = weights();
    std::reverse(arrays.begin(), arrays.end());
    const auto model = recognizeTinyVgg(arrays);
    ASSERT_TRUE(test::succeeds(model));
    EXPECT_TRUE(test::areSame(*model, test::randomModel({8, 8, 2, 3, 3})));
}

TEST(RecognizeTinyVgg, acceptsTheCoursesOtherNames)
{
    auto arrays = weights();
    for (WeightArray& array : arrays) {
        if (array.name.starts_with("block_"))
            array.name = "conv_" + array.name;
    }
    const auto model = recognizeTinyVgg(arrays);
    ASSERT_TRUE(test::succeeds(model));
    EXPECT_EQ(model->weights[0].name, "block_1.0.weight");
}

TEST(RecognizeTinyVgg, namesTheArrayThatIsMissing)
{
    const auto all = weights();
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto arrays = all;
        arrays.erase(arrays.begin() + static_cast<std::ptrdiff_t>(i));
        EXPECT_TRUE(failsWith(recognizeTinyVgg(arrays), ErrorCode::BadFormat, {all[i].name}));
    }
    EXPECT_TRUE(failsWith(recognizeTinyVgg({}), ErrorCode::BadFormat, {"no arrays"}));
}

TEST(RecognizeTinyVgg, namesTheArrayThatIsTooMany)
{
    auto arrays = weights();
    arrays.push_back({"block_3.0.weight", {1}, {0.F}});
    EXPECT_TRUE(failsWith(recognizeTinyVgg(arrays), ErrorCode::BadFormat, {"found also block_3.0.weight"}));
    arrays.back() = weights()[3];
    EXPECT_TRUE(failsWith(recognizeTinyVgg(arrays), ErrorCode::BadFormat, {"found also block_1.2.bias"}));
}

TEST(RecognizeTinyVgg, namesTheArrayOfAnotherShape)
{
    const auto all = weights();
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto arrays = all;
        ++arrays[i].shape.back();
        EXPECT_TRUE(failsWith(recognizeTinyVgg(arrays), ErrorCode::BadFormat)) << all[i].name;
        arrays[i].shape = {};
        EXPECT_TRUE(failsWith(recognizeTinyVgg(arrays), ErrorCode::BadFormat)) << all[i].name;
    }
    auto arrays = all;
    arrays[3].shape = {3};
    EXPECT_TRUE(failsWith(recognizeTinyVgg(arrays), ErrorCode::BadFormat,
                          {"block_1.2.bias", "expected the shape (2)", "found (3)"}));
}

TEST(RecognizeTinyVgg, rejectsMoreOrFewerNumbersThanTheShapeSays)
{
    auto arrays = weights();
    arrays[2].values.pop_back();
    EXPECT_TRUE(failsWith(recognizeTinyVgg(arrays), ErrorCode::BadFormat, {"block_1.2.weight"}));
}

TEST(RecognizeTinyVgg, rejectsModelsOutsideTheProgramsBoundsAsAFormat)
{
    auto arrays = weights();
    arrays[0].shape = {2, 1, 4, 4};
    EXPECT_TRUE(failsWith(recognizeTinyVgg(arrays), ErrorCode::BadFormat, {"Kernel size", "found 4"}));
    arrays[0].shape = {std::int64_t{1} << 40, 1, 3, 3};
    EXPECT_TRUE(failsWith(recognizeTinyVgg(arrays), ErrorCode::BadFormat, {"Hidden units"}));
    arrays[0].shape = {0, 1, 3, 3};
    EXPECT_TRUE(failsWith(recognizeTinyVgg(arrays), ErrorCode::BadFormat, {"Hidden units", "found 0"}));
    arrays[0].shape = {2, 3, 3, 3};
    EXPECT_TRUE(failsWith(recognizeTinyVgg(arrays), ErrorCode::BadFormat, {"(2, 3, 3, 3)"}));
    arrays[0].shape = {2, 1, 3, 3};
    arrays[8].shape = {3, std::int64_t{1} << 60};
    EXPECT_TRUE(failsWith(recognizeTinyVgg(arrays), ErrorCode::BadFormat, {"Image height"}));
}
