#include "engine/evaluation/Evaluation.h"

#include "engine/data/SketchDigits.h"
#include "engine/evaluation/Classifier.h"

#include "Models.h"
#include "support/Results.h"

#include <algorithm>

using engine::Dataset;
using engine::ErrorCode;
using engine::evaluate;
using test::failsWith;

namespace
{

/// One image of 4 × 4 pixels for each brightness, all of its pixels alike.
Dataset plainImages(const std::vector<std::uint8_t>& brightness, std::vector<std::uint8_t> labels)
{
    std::vector<std::uint8_t> pixels;
    for (const std::uint8_t value : brightness)
        pixels.insert(pixels.end(), 16, value);
    return Dataset::create(4, 4, std::move(pixels), std::move(labels), 2).value();
}

} // namespace

TEST(Evaluation, hasTheLossAndThePredictionsComputedByHand)
{
    // The logits are (0, 4·brightness − 2): -2, -0.4, 0.4 and 2 for these.
    const auto result = evaluate(test::brightnessModel(), plainImages({0, 102, 153, 255}, {0, 1, 1, 0}));
    ASSERT_TRUE(test::succeeds(result));
    EXPECT_EQ(result->predictions, (std::vector<std::uint8_t>{0, 0, 1, 1}));
    EXPECT_EQ(result->correctCount(), 2U);
    EXPECT_EQ(result->confusion.count(0, 0), 1U);
    EXPECT_EQ(result->confusion.count(0, 1), 1U);
    EXPECT_EQ(result->confusion.count(1, 0), 1U);
    EXPECT_EQ(result->confusion.count(1, 1), 1U);
    const auto sigmoid = [](double z) { return 1 / (1 + std::exp(-z)); };
    const std::vector<double> second = {sigmoid(-2), sigmoid(-.4), sigmoid(.4), sigmoid(2)};
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_NEAR(result->probabilities[2 * i + 1], second[i], 1e-6);
        EXPECT_NEAR(result->probabilities[2 * i], 1 - second[i], 1e-6);
    }
    const double loss =
        -(std::log(1 - second[0]) + std::log(second[1]) + std::log(second[2]) + std::log(1 - second[3])) / 4;
    EXPECT_NEAR(result->meanLoss, loss, 1e-6);
}

TEST(Evaluation, dependsOnEveryImageOnce)
{
    // More images than are computed at a time, and not a multiple of it.
    std::vector<std::uint8_t> brightness;
    std::vector<std::uint8_t> labels;
    std::size_t right = 0;
    for (int i = 0; i < 777; ++i) {
        brightness.push_back(static_cast<std::uint8_t>(i * 7 % 256));
        labels.push_back(static_cast<std::uint8_t>(i % 3 == 0));
        right += (brightness.back() > 127) == (labels.back() == 1) ? 1U : 0U;
    }
    const auto result = evaluate(test::brightnessModel(), plainImages(brightness, labels));
    ASSERT_TRUE(test::succeeds(result));
    EXPECT_EQ(result->size(), 777U);
    EXPECT_EQ(result->correctCount(), right);
    for (std::size_t i = 0; i < 777; ++i)
        ASSERT_EQ(result->predictions[i], brightness[i] > 127 ? 1 : 0) << "image " << i;
}

TEST(Evaluation, hasConsistentMetrics)
{
    const Dataset digits = engine::makeSketchDigits({10, 612, 3}).test;
    const auto result = evaluate(test::randomModel(test::tinyVggSpec(), 4), digits);
    ASSERT_TRUE(test::succeeds(result));
    ASSERT_EQ(result->size(), 612U);
    ASSERT_EQ(result->probabilities.size(), 6120U);
    engine::ConfusionMatrix confusion(10);
    double lossSum = 0;
    for (std::size_t i = 0; i < result->size(); ++i) {
        const auto row = result->probabilities.begin() + static_cast<std::ptrdiff_t>(i * 10);
        EXPECT_NEAR(std::accumulate(row, row + 10, 0.0), 1, 1e-5);
        EXPECT_EQ(std::max_element(row, row + 10) - row, result->predictions[i]) << "image " << i;
        lossSum -= std::log(row[digits.label(i)]);
        confusion.add(digits.label(i), result->predictions[i]);
    }
    EXPECT_EQ(result->confusion, confusion);
    EXPECT_EQ(result->confusion.total(), 612U);
    EXPECT_NEAR(result->meanLoss, lossSum / 612, 1e-5);
}

TEST(Evaluation, takesTheLowerOfTwoClassesThatAreAlike)
{
    auto model = test::zeroModel(test::tinyVggSpec(4, 4, 1, 1, 2));
    const auto result = evaluate(model, plainImages({10, 200}, {0, 1}));
    ASSERT_TRUE(test::succeeds(result));
    EXPECT_EQ(result->predictions, (std::vector<std::uint8_t>{0, 0}));
    EXPECT_EQ(result->probabilities, (std::vector<float>{.5F, .5F, .5F, .5F}));
    EXPECT_NEAR(result->meanLoss, std::log(2.0), 1e-6);
}

TEST(Evaluation, staysFiniteForLogitsThatAreFarApart)
{
    auto model = test::zeroModel(test::tinyVggSpec(4, 4, 1, 1, 2));
    test::weightsOf(model, "classifier.1.bias") = {500, -500};
    const auto result = evaluate(model, plainImages({0, 0}, {0, 1}));
    ASSERT_TRUE(test::succeeds(result));
    EXPECT_EQ(result->probabilities, (std::vector<float>{1, 0, 1, 0}));
    EXPECT_NEAR(result->meanLoss, 500, 1e-3);
}

TEST(Evaluation, givesTheSameForAnyNumberOfThreads)
{
    const Dataset digits = engine::makeSketchDigits({10, 300, 3}).test;
    const auto one = evaluate(test::randomModel(test::tinyVggSpec(), 4), digits, {}, 1);
    const auto two = evaluate(test::randomModel(test::tinyVggSpec(), 4), digits, {}, 2);
    ASSERT_TRUE(one && two);
    EXPECT_EQ(one->predictions, two->predictions);
    EXPECT_NEAR(one->meanLoss, two->meanLoss, 1e-6);
}

TEST(Evaluation, rejectsImagesOfAnotherSize)
{
    const auto model = test::randomModel(test::tinyVggSpec(8, 8, 2, 3, 2));
    EXPECT_TRUE(
        failsWith(evaluate(model, plainImages({0}, {0})), ErrorCode::BadValue, {"8 × 8", "found 4 × 4"}));
}

TEST(Evaluation, rejectsAnotherNumberOfClasses)
{
    const auto model = test::randomModel(test::tinyVggSpec(4, 4, 2, 3, 5));
    EXPECT_TRUE(
        failsWith(evaluate(model, plainImages({0}, {0})), ErrorCode::BadValue, {"in 5 classes", "in 2"}));
}

TEST(Evaluation, ofNoImagesIsEmpty)
{
    const auto result = evaluate(test::brightnessModel(), plainImages({}, {}));
    ASSERT_TRUE(test::succeeds(result));
    EXPECT_EQ(result->size(), 0U);
    EXPECT_EQ(result->correctCount(), 0U);
    EXPECT_EQ(result->meanLoss, 0);
}

TEST(Evaluation, canBeCancelled)
{
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(
        failsWith(evaluate(test::brightnessModel(), plainImages({0, 255}, {0, 1}), {}, 0, stop.get_token()),
                  ErrorCode::Cancelled, {"cancelled"}));
}

TEST(Evaluation, reportsWeightsThatDoNotFitAsAnError)
{
    auto model = test::brightnessModel();
    test::weightsOf(model, "classifier.1.bias") = {1, 2, 3};
    EXPECT_TRUE(
        failsWith(evaluate(model, plainImages({0}, {0})), ErrorCode::Internal, {"Evaluation failed"}));
}

TEST(Evaluation, reportsItsProgress)
{
    const auto digits = engine::makeSketchDigits({10, 2100, 42}).test;
    std::vector<std::size_t> reported;
    const auto evaluation = engine::evaluate(test::randomModel(test::tinyVggSpec(), 1), digits, {}, 1, {},
                                             [&](std::size_t done) { reported.push_back(done); });
    ASSERT_TRUE(test::succeeds(evaluation));
    EXPECT_GT(reported.size(), 1U);
    EXPECT_TRUE(std::ranges::is_sorted(reported));
    EXPECT_EQ(reported.back(), 2100U);
}

TEST(Classifier, agreesWithTheEvaluation)
{
    const Dataset digits = engine::makeSketchDigits({10, 300, 3}).test;
    const auto model = test::randomModel(test::tinyVggSpec(), 4);
    auto classifier = engine::Classifier::create(model);
    const auto evaluation = evaluate(model, digits);
    ASSERT_TRUE(classifier && evaluation);
    const auto results = classifier->classify(digits.pixels());
    ASSERT_TRUE(test::succeeds(results));
    ASSERT_EQ(results->size(), digits.size());
    for (std::size_t i = 0; i < results->size(); ++i) {
        EXPECT_EQ((*results)[i].prediction, evaluation->predictions[i]) << "image " << i;
        ASSERT_EQ((*results)[i].probabilities.size(), 10U);
        for (std::size_t c = 0; c < 10; ++c)
            EXPECT_NEAR((*results)[i].probabilities[c], evaluation->probabilities[i * 10 + c], 1e-5);
    }
}

TEST(Classifier, saysTheSameOfOneImageAsOfMany)
{
    const Dataset digits = engine::makeSketchDigits({10, 20, 3}).test;
    auto classifier = engine::Classifier::create(test::randomModel(test::tinyVggSpec(), 4)).value();
    const auto all = classifier.classify(digits.pixels());
    const auto one = classifier.classify(digits.image(13));
    ASSERT_TRUE(all && one);
    ASSERT_EQ(one->size(), 1U);
    EXPECT_EQ(one->front().prediction, (*all)[13].prediction);
    for (std::size_t c = 0; c < 10; ++c)
        EXPECT_NEAR(one->front().probabilities[c], (*all)[13].probabilities[c], 1e-6);
}

TEST(Classifier, rejectsIncompleteImages)
{
    auto classifier = engine::Classifier::create(test::brightnessModel()).value();
    for (const std::size_t length : {0U, 15U, 17U}) {
        EXPECT_TRUE(failsWith(classifier.classify(std::vector<std::uint8_t>(length)), ErrorCode::BadValue,
                              {"16 pixels", "found " + std::to_string(length)}));
    }
    EXPECT_TRUE(test::succeeds(classifier.classify(std::vector<std::uint8_t>(32))));
}

TEST(Classifier, worksAfterBeingMoved)
{
    auto first = engine::Classifier::create(test::brightnessModel()).value();
    engine::Classifier second = std::move(first);
    const auto results = second.classify(std::vector<std::uint8_t>(16, 255));
    ASSERT_TRUE(test::succeeds(results));
    EXPECT_EQ(results->front().prediction, 1);
    EXPECT_NEAR(results->front().probabilities[1], 1 / (1 + std::exp(-2.0)), 1e-6);
}

TEST(Classifier, reportsWeightsThatDoNotFitAsAnError)
{
    auto model = test::brightnessModel();
    model.weights.front().name = "elsewhere";
    EXPECT_TRUE(
        failsWith(engine::Classifier::create(model), ErrorCode::Internal, {"Setting up the model failed"}));
}
