#include "engine/inspection/CellArithmetic.h"

#include "Models.h"
#include "support/Results.h"

#include <cmath>
#include <limits>
#include <random>

using engine::activationsOf;
using engine::Cell;
using engine::cellArithmetic;
using engine::CellRectangle;
using engine::ErrorCode;
using engine::kInputImage;
using engine::NetworkSpec;
using engine::receptiveField;
using engine::withoutPadding;
using test::failsWith;

namespace
{

/// Every weight positive, so that nothing is shut off: what a cell sees, changes it.
engine::ModelSnapshot openModel(const NetworkSpec& spec)
{
    auto model = test::randomModel(spec, 5);
    for (engine::WeightArray& array : model.weights) {
        const bool isBias = array.shape.size() == 1;
        for (float& value : array.values)
            value = isBias ? 0.0F : std::abs(value) + 0.01F;
    }
    return model;
}

/// A few cells of every layer: corners, edges, somewhere inside.
std::vector<Cell> someCells(const NetworkSpec& spec)
{
    std::vector<Cell> cells;
    for (int layer = 0; layer < layerCount(spec); ++layer) {
        const engine::MapShape shape = outputShape(spec, layer);
        for (const int y : {0, shape.height / 2, shape.height - 1}) {
            for (const int x : {0, shape.width / 3, shape.width - 1})
                cells.push_back({layer, shape.channels - 1, y, x});
        }
    }
    return cells;
}

class InsideOf : public testing::TestWithParam<NetworkSpec>
{
protected:
    InsideOf()
    {
        std::mt19937 random(11);
        for (int i = 0; i < spec.input.size(); ++i)
            image.push_back(static_cast<std::uint8_t>(random() % 256));
    }

    const NetworkSpec spec = GetParam();
    std::vector<std::uint8_t> image;
};

} // namespace

TEST_P(InsideOf, theTermsOfEveryCellAddUpToItsActivation)
{
    const auto model = test::randomModel(spec, 5);
    const auto activations = activationsOf(model, image);
    ASSERT_TRUE(test::succeeds(activations));
    for (int layer = 0; layer < layerCount(spec); ++layer) {
        const engine::LayerActivation& activation = activations->layers[static_cast<std::size_t>(layer)];
        const engine::MapShape shape = activation.shape;
        for (int channel = 0; channel < shape.channels; ++channel) {
            for (int y = 0; y < shape.height; ++y) {
                for (int x = 0; x < shape.width; ++x) {
                    const Cell cell = {layer, channel, y, x};
                    const auto found = cellArithmetic(model, *activations, cell);
                    ASSERT_TRUE(test::succeeds(found));
                    ASSERT_NEAR(found->total, static_cast<double>(activation.at(cell)), 2e-6)
                        << "layer " << layer << ", channel " << channel << ", " << y << ", " << x;
                    double sum = found->bias;
                    for (const engine::ChannelTerm& term : found->terms) {
                        sum += term.sum;
                        double products = 0;
                        for (std::size_t i = 0; i < term.kernel.size(); ++i)
                            products +=
                                static_cast<double>(term.window[i]) * static_cast<double>(term.kernel[i]);
                        if (!term.kernel.empty()) {
                            ASSERT_EQ(term.kernel.size(), term.window.size());
                            ASSERT_EQ(products, term.sum);
                        }
                    }
                    if (found->kind != engine::LayerKind::Relu) {
                        ASSERT_NEAR(sum, found->total, 1e-12);
                    } else {
                        ASSERT_EQ(std::max(0.0, sum), found->total);
                    }
                }
            }
        }
    }
}

TEST_P(InsideOf, theWindowsAreWhatTheLayerBelowGives)
{
    const auto model = test::randomModel(spec, 5);
    const auto activations = activationsOf(model, image).value();
    for (const Cell& cell : someCells(spec)) {
        const auto found = cellArithmetic(model, activations, cell).value();
        const int below = cell.layer == 11 ? 9 : cell.layer - 1;
        for (const engine::ChannelTerm& term : found.terms) {
            auto value = term.window.begin();
            for (int y = found.window.top; y < found.window.top + found.window.height; ++y) {
                for (int x = found.window.left; x < found.window.left + found.window.width; ++x, ++value) {
                    const engine::MapShape shape = outputShape(spec, below);
                    const bool isPadding = y < 0 || x < 0 || y >= shape.height || x >= shape.width;
                    const float expected =
                        isPadding ? 0
                        : below == kInputImage
                            ? static_cast<float>(image[static_cast<std::size_t>(y * shape.width + x)]) / 255
                            : activations.layers[static_cast<std::size_t>(below)].at(
                                  {below, term.channel, y, x});
                    ASSERT_EQ(*value, expected);
                }
            }
            EXPECT_EQ(value, term.window.end());
        }
    }
}

TEST_P(InsideOf, aPixelChangesACellExactlyWhereItLiesInItsReceptiveField)
{
    const auto model = openModel(spec);
    const std::vector<std::uint8_t> black(image.size());
    const auto before = activationsOf(model, black).value();
    const std::vector<Cell> cells = someCells(spec);
    for (int y = 0; y < spec.input.height; ++y) {
        for (int x = 0; x < spec.input.width; ++x) {
            auto changed = black;
            changed[static_cast<std::size_t>(y * spec.input.width + x)] = 255;
            const auto after = activationsOf(model, changed).value();
            for (const Cell& cell : cells) {
                const auto layer = static_cast<std::size_t>(cell.layer);
                ASSERT_EQ(after.layers[layer].at(cell) != before.layers[layer].at(cell),
                          receptiveField(spec, cell).contains(y, x))
                    << "pixel " << y << ", " << x << "; layer " << cell.layer << ", cell " << cell.y << ", "
                    << cell.x;
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Networks, InsideOf,
                         testing::Values(test::tinyVggSpec(12, 14, 3, 1, 3),
                                         test::tinyVggSpec(13, 11, 2, 3, 3),
                                         test::tinyVggSpec(9, 15, 4, 5, 2),
                                         test::tinyVggSpec(4, 10, 2, 7, 2)));

TEST(ReceptiveField, growsFromLayerToLayer)
{
    const NetworkSpec spec = test::tinyVggSpec(); // 28 × 28, kernels of 3
    EXPECT_EQ(receptiveField(spec, {0, 0, 5, 6}), (CellRectangle{4, 5, 3, 3}));
    EXPECT_EQ(receptiveField(spec, {1, 0, 5, 6}), (CellRectangle{4, 5, 3, 3}));
    EXPECT_EQ(receptiveField(spec, {2, 0, 5, 6}), (CellRectangle{3, 4, 5, 5}));
    EXPECT_EQ(receptiveField(spec, {4, 0, 5, 6}), (CellRectangle{8, 10, 6, 6}));
    EXPECT_EQ(receptiveField(spec, {5, 0, 5, 6}), (CellRectangle{6, 8, 10, 10}));
    EXPECT_EQ(receptiveField(spec, {7, 0, 5, 6}), (CellRectangle{4, 6, 14, 14}));
    EXPECT_EQ(receptiveField(spec, {9, 0, 2, 3}), (CellRectangle{2, 6, 16, 16}));
    EXPECT_EQ(receptiveField(spec, {10, 3 * 49 + 2 * 7 + 3, 0, 0}), (CellRectangle{2, 6, 16, 16}));
    // All of the image, and of the padding what the convolutions look into.
    EXPECT_EQ(receptiveField(spec, {11, 4, 0, 0}), (CellRectangle{-6, -6, 40, 40}));
}

TEST(ReceptiveField, isGivenForEveryLayerBelow)
{
    const NetworkSpec spec = test::tinyVggSpec(28, 28, 10, 5, 10);
    EXPECT_EQ(receptiveField(spec, {2, 0, 0, 6}, 1), (CellRectangle{-2, 4, 5, 5}));
    EXPECT_EQ(receptiveField(spec, {2, 0, 0, 6}, 0), (CellRectangle{-2, 4, 5, 5}));
    EXPECT_EQ(receptiveField(spec, {2, 0, 0, 6}, kInputImage), (CellRectangle{-4, 2, 9, 9}));
    EXPECT_EQ(receptiveField(spec, {4, 0, 3, 4}, 3), (CellRectangle{6, 8, 2, 2}));
    EXPECT_EQ(receptiveField(spec, {11, 0, 0, 0}, 10), (CellRectangle{0, 0, 1, 490}));
    EXPECT_EQ(receptiveField(spec, {11, 0, 0, 0}, 9), (CellRectangle{0, 0, 7, 7}));
}

TEST(ReceptiveField, isCutAtTheEdges)
{
    EXPECT_EQ(withoutPadding({-2, 4, 5, 5}, 28, 28), (CellRectangle{0, 4, 3, 5}));
    EXPECT_EQ(withoutPadding({25, 26, 5, 5}, 28, 28), (CellRectangle{25, 26, 3, 2}));
    EXPECT_EQ(withoutPadding({-6, -6, 40, 40}, 28, 28), (CellRectangle{0, 0, 28, 28}));
    EXPECT_TRUE(withoutPadding({-5, 0, 3, 3}, 28, 28).isEmpty());
    EXPECT_TRUE(withoutPadding({30, 0, 3, 3}, 28, 28).isEmpty());
}

TEST(CellArithmetic, ofAPoolingNamesTheChosenValue)
{
    auto model = test::brightnessModel();
    std::vector<std::uint8_t> image(16);
    image[1 * 4 + 2] = 200; // lower left of the upper right window
    const auto activations = activationsOf(model, image).value();
    const auto found = cellArithmetic(model, activations, {4, 0, 0, 1});
    ASSERT_TRUE(test::succeeds(found));
    EXPECT_EQ(found->chosen, 2);
    EXPECT_EQ(found->window, (CellRectangle{0, 2, 2, 2}));
    EXPECT_EQ(found->terms.at(0).window, (std::vector<float>{0, 0, 200.0F / 255, 0}));
    EXPECT_NEAR(found->total, 200.0 / 255, 1e-7);
    EXPECT_EQ(cellArithmetic(model, activations, {4, 0, 1, 0})->chosen, 0) << "of four alike the first";
}

TEST(CellArithmetic, ofADivergedModelIsNoNumberEither)
{
    auto model = test::randomModel(test::tinyVggSpec(8, 8, 2, 3, 2));
    test::weightsOf(model, "block_1.2.bias")[0] = std::numeric_limits<float>::quiet_NaN();
    const auto activations = activationsOf(model, std::vector<std::uint8_t>(64, 9)).value();
    for (int layer = 2; layer <= 4; ++layer) {
        EXPECT_TRUE(std::isnan(cellArithmetic(model, activations, {layer, 0, 1, 1})->total)) << layer;
        EXPECT_TRUE(std::isnan(activations.layers[static_cast<std::size_t>(layer)].at({layer, 0, 1, 1})))
            << layer;
        EXPECT_FALSE(std::isnan(cellArithmetic(model, activations, {layer, 1, 1, 1})->total)) << layer;
    }
}

TEST(CellArithmetic, refusesCellsThatAreNotThere)
{
    const auto model = test::randomModel(test::tinyVggSpec(8, 8, 2, 3, 2));
    const auto activations = activationsOf(model, std::vector<std::uint8_t>(64)).value();
    for (const Cell cell : {Cell{-1, 0, 0, 0}, Cell{12, 0, 0, 0}, Cell{0, 2, 0, 0}, Cell{0, 0, 8, 0},
                            Cell{4, 0, 0, 4}, Cell{11, 2, 0, 0}, Cell{11, 0, 1, 0}, Cell{0, -1, 0, 0}})
        EXPECT_TRUE(failsWith(cellArithmetic(model, activations, cell), ErrorCode::BadValue)) << cell.layer;
    EXPECT_TRUE(
        failsWith(cellArithmetic(test::randomModel(test::tinyVggSpec(8, 8, 3, 3, 2)), activations, {}),
                  ErrorCode::BadValue, {"another model's"}));
}
