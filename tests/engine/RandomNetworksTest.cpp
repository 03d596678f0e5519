// What must hold for every valid network, for some hundred of them.
#include "engine/MixedSeed.h"
#include "engine/cpu/CpuNetwork.h"
#include "engine/cpu/SoftmaxLoss.h"
#include "engine/evaluation/Classifier.h"
#include "engine/evaluation/NearestImages.h"
#include "engine/inspection/Attribution.h"
#include "engine/inspection/CellArithmetic.h"
#include "engine/inspection/TopActivatingImages.h"
#include "engine/network/LayerTable.h"
#include "engine/network/SpecFromShapes.h"
#include "engine/storage/NetworkFile.h"
#include "engine/storage/SavedModel.h"

#include "RandomSpecs.h"
#include "TorchModels.h"
#include "support/Files.h"
#include "support/Results.h"

#include <set>

using engine::Cell;
using engine::CpuKernels;
using engine::CpuNetwork;
using engine::ModelSnapshot;
using engine::NetworkSpec;
using engine::WeightRole;

namespace
{

constexpr std::uint64_t kDrawSeed = 77;

/// check(spec, number), of which every number is another network.
template<typename Check>
void forSomeNetworks(int count, const Check& check)
{
    torch::set_num_threads(1); // several tests run side by side
    test::RandomSpecs specs(2024);
    for (int i = 0; i < count; ++i) {
        const NetworkSpec spec = specs.next();
        SCOPED_TRACE(networkText(spec));
        check(spec, static_cast<std::uint64_t>(i));
        if (testing::Test::HasFatalFailure())
            return;
    }
}

/// Statistics and the weights of BatchNorm2d are such as a training might leave them.
ModelSnapshot trainedModel(const NetworkSpec& spec, std::uint64_t seed)
{
    std::vector<float> weights = engine::initialWeights(spec, seed);
    std::mt19937_64 random(seed);
    const auto within = [&](double low, double high) {
        return static_cast<float>(low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53);
    };
    for (const engine::WeightEntry& entry : parameterLayout(spec).entries) {
        if (!std::holds_alternative<engine::BatchNorm2d>(spec.layers[static_cast<std::size_t>(entry.layer)]))
            continue;
        for (std::size_t i = entry.offset; i < entry.offset + entry.size; ++i) {
            switch (entry.role) {
            case WeightRole::Weight:
            case WeightRole::RunningVar:
                weights[i] = within(.4, 2);
                break;
            case WeightRole::Bias:
            case WeightRole::RunningMean:
                weights[i] = within(-.4, .4);
                break;
            case WeightRole::NumBatchesTracked:
                weights[i] = 1234;
            }
        }
    }
    return snapshotOf(spec, weights);
}

engine::Dataset noisyImages(const NetworkSpec& spec, std::size_t count, std::uint64_t seed = 1)
{
    std::mt19937_64 random(seed);
    std::vector<std::uint8_t> pixels(count * static_cast<std::size_t>(spec.input.size()));
    for (std::uint8_t& pixel : pixels)
        pixel = static_cast<std::uint8_t>(random());
    std::vector<std::uint8_t> labels(count);
    for (std::uint8_t& label : labels)
        label = static_cast<std::uint8_t>(random() % static_cast<std::uint64_t>(spec.classCount));
    return engine::Dataset::create(spec.input, std::move(pixels), std::move(labels), spec.classCount).value();
}

/// As many images as it takes, the last lane without one.
void load(CpuNetwork& network, const engine::Dataset& images)
{
    for (int lane = 0; lane < network.lanes(); ++lane) {
        if (static_cast<std::size_t>(lane) < images.size())
            network.setImage(lane, images.image(static_cast<std::size_t>(lane)));
        else
            network.clearImage(lane);
    }
}

std::vector<std::uint64_t> seedsOf(const CpuNetwork& network, std::uint64_t drawSeed)
{
    std::vector<std::uint64_t> seeds;
    for (int lane = 0; lane < network.lanes(); ++lane)
        seeds.push_back(engine::mixedSeed(drawSeed, static_cast<std::uint64_t>(lane)));
    return seeds;
}

/// Larger than any figure that rounding explains, smaller than any that a mistake would make; of logits that
/// are no larger than 1.
constexpr double kTolerance = 2e-5;

void expectLogits(const CpuNetwork& network, const torch::Tensor& expected)
{
    const double scale = std::max(1.0, expected.abs().max().item<double>());
    for (std::int64_t lane = 0; lane < expected.size(0); ++lane) {
        for (int c = 0; c < network.spec().classCount; ++c)
            ASSERT_NEAR(network.logit(c, static_cast<int>(lane)), expected[lane][c].item<float>(),
                        kTolerance * scale);
    }
}

} // namespace

TEST(RandomNetworks, areOfAllKinds)
{
    std::set<std::string> kinds;
    std::set<int> kernelSizes;
    std::set<int> strides;
    std::set<int> channels;
    int batchNormed = 0;
    forSomeNetworks(300, [&](const NetworkSpec& spec, std::uint64_t) {
        for (const engine::LayerInfo& layer : layerTable(spec))
            kinds.insert(layer.kind);
        for (const engine::LayerSpec& layer : spec.layers) {
            if (const auto* convolution = std::get_if<engine::Conv2d>(&layer)) {
                kernelSizes.insert(convolution->kernelSize);
                strides.insert(convolution->stride);
            }
        }
        channels.insert(spec.input.channels);
        batchNormed += canTrainOnCpuNetwork(spec) ? 0 : 1;
    });
    EXPECT_EQ(kinds.size(), 8U);
    EXPECT_EQ(kernelSizes.size(), 11U);
    EXPECT_GE(strides.size(), 4U);
    EXPECT_EQ(channels.size(), 3U);
    EXPECT_GT(batchNormed, 30);
    EXPECT_LT(batchNormed, 200);
}

TEST(RandomNetworks, haveTheShapesThatTorchGives)
{
    forSomeNetworks(300, [](const NetworkSpec& spec, std::uint64_t seed) {
        const auto shapes = validate(spec);
        ASSERT_TRUE(shapes) << shapes.error().message;
        const torch::NoGradGuard noGrad;
        const engine::TorchNetwork network(spec, engine::initialWeights(spec, seed));
        torch::Tensor x = torch::rand({2, spec.input.channels, spec.input.height, spec.input.width});
        for (std::size_t layer = 0; layer < spec.layers.size(); ++layer) {
            x = network.apply(layer, x);
            const engine::MapShape& shape = (*shapes)[layer];
            EXPECT_EQ(x.sizes(), shape.isFlat ? (std::vector<std::int64_t>{2, shape.channels})
                                              : (std::vector<std::int64_t>{2, shape.channels, shape.height,
                                                                           shape.width}))
                << "layer " << layer;
        }
    });
}

TEST(RandomNetworks, giveTheLogitsOfTorchOnEveryKernel)
{
    forSomeNetworks(300, [](const NetworkSpec& spec, std::uint64_t seed) {
        const torch::NoGradGuard noGrad;
        const std::vector<float> weights = flatWeights(trainedModel(spec, seed));
        engine::TorchNetwork torchNetwork(spec, weights);
        for (const CpuKernels* kernels : engine::usableCpuKernels()) {
            SCOPED_TRACE(kernels->name);
            CpuNetwork network(spec, *kernels);
            network.setWeights(weights);
            const auto images = noisyImages(spec, static_cast<std::size_t>(network.lanes()) - 1, seed);
            load(network, images);
            const torch::Tensor pixels = test::torchImages(images);
            network.forward();
            expectLogits(network, torchNetwork.forward(pixels));
            if (canTrainOnCpuNetwork(spec)) {
                network.forwardTraining(seedsOf(network, kDrawSeed));
                expectLogits(network, torchNetwork.forwardTraining(pixels, kDrawSeed));
                network.forward();
                expectLogits(network, torchNetwork.forward(pixels));
            }
        }
    });
}

TEST(RandomNetworks, haveTheGradientsOfTorchOnEveryKernel)
{
    // Where two pixels of a pooling window are almost alike, or a ReLU's input is almost 0, rounding decides
    // which way the gradient takes. So a draw of images may differ, but not most of them.
    constexpr int kDraws = 3;
    int networks = 0;
    int exactNetworks = 0;
    forSomeNetworks(300, [&](const NetworkSpec& spec, std::uint64_t seed) {
        if (!canTrainOnCpuNetwork(spec))
            return;
        const ModelSnapshot model = trainedModel(spec, seed);
        const std::vector<float> weights = flatWeights(model);
        for (const CpuKernels* kernels : engine::usableCpuKernels()) {
            SCOPED_TRACE(kernels->name);
            CpuNetwork network(spec, *kernels);
            network.setWeights(weights);
            int exactDraws = 0;
            for (std::uint64_t draw = 0; draw < kDraws; ++draw) {
                const auto images = noisyImages(spec, static_cast<std::size_t>(network.lanes()) - draw % 2,
                                                1000 * draw + seed);
                test::AutogradNetwork autograd(model);
                const std::vector<std::int64_t> labels(images.labels().begin(), images.labels().end());
                const torch::Tensor loss = torch::nn::functional::cross_entropy(
                    autograd.network.forwardTraining(test::torchImages(images), draw), torch::tensor(labels),
                    torch::nn::functional::CrossEntropyFuncOptions().label_smoothing(.1));
                loss.backward();

                load(network, images);
                network.forwardTraining(seedsOf(network, draw));
                double lossSum = 0;
                for (int lane = 0; lane < network.lanes(); ++lane) {
                    for (int c = 0; c < spec.classCount; ++c)
                        network.setLogitGradient(c, lane, 0);
                    if (static_cast<std::size_t>(lane) < images.size())
                        lossSum +=
                            setLossGradient(network, lane, images.label(static_cast<std::size_t>(lane)), .1,
                                            1.0 / static_cast<double>(images.size()))
                                .loss;
                }
                EXPECT_NEAR(lossSum / static_cast<double>(images.size()), loss.item<double>(),
                            kTolerance * std::max(1.0, loss.item<double>()));
                std::vector<float> gradient(autograd.network.layout().parameterCount,
                                            std::numeric_limits<float>::quiet_NaN());
                network.backward(gradient);
                const torch::Tensor found =
                    torch::from_blob(gradient.data(), {static_cast<std::int64_t>(gradient.size())});
                bool isExact = true;
                for (const engine::WeightEntry& entry : autograd.network.layout().entries) {
                    if (entry.isBuffer())
                        continue;
                    const auto part = [&](const torch::Tensor& flat) {
                        return flat.narrow(0, static_cast<std::int64_t>(entry.offset),
                                           static_cast<std::int64_t>(entry.size));
                    };
                    const double length = part(autograd.gradient).norm().item<double>() + 1e-6;
                    const double error = (part(found) - part(autograd.gradient)).norm().item<double>();
                    ASSERT_TRUE(std::isfinite(error)) << entry.name;
                    isExact = isExact && error < 1e-4 * length;
                }
                exactDraws += isExact ? 1 : 0;
            }
            EXPECT_GE(exactDraws, 1);
            ++networks;
            exactNetworks += exactDraws == kDraws ? 1 : 0;
        }
    });
    EXPECT_GT(networks, 200);
    EXPECT_GT(exactNetworks, networks * 95 / 100);
}

TEST(RandomNetworks, areWrittenAndReadAgain)
{
    forSomeNetworks(300, [](const NetworkSpec& spec, std::uint64_t seed) {
        const auto read = engine::networkFromText(networkText(spec, seed % 2 == 0));
        ASSERT_TRUE(test::succeeds(read));
        EXPECT_EQ(*read, spec);
        EXPECT_EQ(normalized(normalized(spec)), normalized(spec));
        EXPECT_EQ(layerShapes(normalized(spec)), layerShapes(spec));
        const engine::NetworkChoice choice = choiceOf(spec);
        const auto again = engine::choiceFromText(choiceText(choice));
        ASSERT_TRUE(test::succeeds(again));
        EXPECT_EQ(*again, choice);
        EXPECT_EQ(networkFor(choice, spec.input, spec.classCount).layers, normalized(spec).layers);
    });
}

TEST(RandomNetworks, keepTheirWeights)
{
    const test::TemporaryFolder folder;
    forSomeNetworks(300, [&](const NetworkSpec& spec, std::uint64_t seed) {
        const ModelSnapshot model = trainedModel(spec, seed);
        EXPECT_TRUE(test::areSame(snapshotOf(spec, flatWeights(model)), model));
        EXPECT_TRUE(test::areSame(engine::TorchNetwork(spec, flatWeights(model)).snapshot(), model));
        const auto fromArrays = snapshotOf(spec, std::vector(model.weights.rbegin(), model.weights.rend()));
        ASSERT_TRUE(test::succeeds(fromArrays));
        EXPECT_TRUE(test::areSame(*fromArrays, model));
        if (seed % 5 != 0) // files take long
            return;
        ASSERT_TRUE(test::succeeds(engine::writeSavedModel(folder.path(), {model, std::nullopt})));
        const auto read = engine::readSavedModel(folder.path());
        ASSERT_TRUE(test::succeeds(read));
        EXPECT_TRUE(test::areSame(read->model, model));
        ASSERT_TRUE(test::succeeds(writeNetworkFile(folder / "network.json", spec)));
        const auto file = engine::readNetworkFile(folder / "network.json");
        ASSERT_TRUE(test::succeeds(file));
        EXPECT_EQ(*file, spec);
    });
}

namespace
{

/// Every weight positive, statistics of 0 and 1, nothing that shuts off: what a cell sees, changes it.
ModelSnapshot openModel(const NetworkSpec& spec)
{
    ModelSnapshot model = snapshotOf(spec, engine::initialWeights(spec, 5));
    for (engine::WeightArray& array : model.weights) {
        const bool isBias = array.name.ends_with(".bias");
        if (array.name.ends_with(".weight") || isBias) {
            for (float& value : array.values)
                value = isBias ? 0.0F : std::abs(value) + 0.01F;
        }
    }
    return model;
}

std::vector<Cell> someCells(const NetworkSpec& spec)
{
    std::vector<Cell> cells;
    for (int layer = 0; layer < layerCount(spec); ++layer) {
        const engine::MapShape shape = outputShape(spec, layer);
        for (const int channel : std::set{0, shape.channels / 2, shape.channels - 1}) {
            for (const int y : std::set{0, shape.height / 2, shape.height - 1}) {
                for (const int x : std::set{0, shape.width / 3, shape.width - 1})
                    cells.push_back({layer, channel, y, x});
            }
        }
    }
    return cells;
}

/// Windows that leave out pixels between them make holes in what a cell sees.
bool hasGapsBelow(const NetworkSpec& spec, int layer)
{
    for (int i = 0; i <= layer; ++i) {
        const engine::LayerSpec& below = spec.layers[static_cast<std::size_t>(i)];
        const auto* convolution = std::get_if<engine::Conv2d>(&below);
        const auto* maxPool = std::get_if<engine::MaxPool2d>(&below);
        const auto* averagePool = std::get_if<engine::AvgPool2d>(&below);
        if ((convolution != nullptr && convolution->stride > convolution->kernelSize) ||
            (maxPool != nullptr && maxPool->step() > maxPool->kernelSize) ||
            (averagePool != nullptr && averagePool->step() > averagePool->kernelSize))
            return true;
    }
    return false;
}

} // namespace

TEST(RandomNetworks, seeWhatLiesInTheirReceptiveFields)
{
    forSomeNetworks(120, [](const NetworkSpec& spec, std::uint64_t) {
        const ModelSnapshot model = openModel(spec);
        const std::vector<std::uint8_t> black(static_cast<std::size_t>(spec.input.size()));
        const auto before = activationsOf(model, black).value();
        const std::vector<Cell> cells = someCells(spec);
        const auto area = static_cast<std::size_t>(spec.input.height * spec.input.width);
        for (std::size_t pixel = 0; pixel < area; ++pixel) {
            auto image = black;
            for (std::size_t channel = 0; channel < static_cast<std::size_t>(spec.input.channels); ++channel)
                image[channel * area + pixel] = 255;
            const auto after = activationsOf(model, image).value();
            const int y = static_cast<int>(pixel) / spec.input.width;
            const int x = static_cast<int>(pixel) % spec.input.width;
            for (const Cell& cell : cells) {
                const auto layer = static_cast<std::size_t>(cell.layer);
                const bool isChanged = after.layers[layer].at(cell) != before.layers[layer].at(cell);
                const bool isSeen = receptiveField(spec, cell).contains(y, x);
                // A hole in the field is within it.
                if (hasGapsBelow(spec, cell.layer) ? isChanged && !isSeen : isChanged != isSeen) {
                    ADD_FAILURE() << "pixel " << y << ", " << x << (isSeen ? " is seen" : " is not seen")
                                  << " by layer " << cell.layer << ", channel " << cell.channel << ", cell "
                                  << cell.y << ", " << cell.x;
                    return;
                }
            }
        }
    });
}

TEST(RandomNetworks, addUpToTheirActivations)
{
    forSomeNetworks(300, [](const NetworkSpec& spec, std::uint64_t seed) {
        const ModelSnapshot model = trainedModel(spec, seed);
        const auto image = noisyImages(spec, 1, seed);
        const auto activations = activationsOf(model, image.image(0));
        ASSERT_TRUE(test::succeeds(activations));
        for (const Cell& cell : someCells(spec)) {
            const auto found = cellArithmetic(model, *activations, cell);
            ASSERT_TRUE(test::succeeds(found));
            const double expected =
                static_cast<double>(activations->layers[static_cast<std::size_t>(cell.layer)].at(cell));
            ASSERT_NEAR(found->total, expected, 5e-6 * std::max(1.0, std::abs(expected)))
                << "layer " << cell.layer << ", channel " << cell.channel << ", cell " << cell.y << ", "
                << cell.x;
            for (const engine::ChannelTerm& term : found->terms) {
                double products = 0;
                for (std::size_t i = 0; i < term.kernel.size(); ++i)
                    products += static_cast<double>(term.window[i]) * static_cast<double>(term.kernel[i]);
                if (!term.kernel.empty()) {
                    ASSERT_EQ(term.kernel.size(), term.window.size());
                    ASSERT_EQ(products, term.sum);
                }
            }
        }
    });
}

TEST(RandomNetworks, areLookedIntoEvaluatedAndExplained)
{
    forSomeNetworks(150, [](const NetworkSpec& spec, std::uint64_t seed) {
        const ModelSnapshot model = trainedModel(spec, seed);
        const engine::Dataset images = noisyImages(spec, 19, seed);
        const auto image = images.image(3);
        const int label = spec.classCount - 1;
        const auto activations = activationsOf(model, image);
        ASSERT_TRUE(test::succeeds(activations));

        const auto evaluation = engine::evaluate(model, images, {}, 1);
        ASSERT_TRUE(test::succeeds(evaluation));
        auto classifier = engine::Classifier::create(model);
        ASSERT_TRUE(test::succeeds(classifier));
        const auto classified = classifier->classify(image);
        ASSERT_TRUE(test::succeeds(classified));
        for (std::size_t c = 0; c < activations->probabilities.size(); ++c) {
            EXPECT_NEAR(classified->front().probabilities[c], activations->probabilities[c], 1e-5);
            EXPECT_NEAR(evaluation->probabilities[3 * activations->probabilities.size() + c],
                        activations->probabilities[c], 1e-5);
        }

        const auto nearest = engine::nearestImages(model, image, images, 4, 1);
        ASSERT_TRUE(test::succeeds(nearest));
        EXPECT_EQ(nearest->front().distance, 0);

        const auto top = engine::topActivatingImages(model, images, 2, 1);
        ASSERT_TRUE(test::succeeds(top));
        for (const engine::LayerTopImages& layer : *top) {
            for (std::size_t channel = 0; channel < layer.units.size(); ++channel) {
                for (const engine::TopImage& found : layer.units[channel].images) {
                    const Cell cell = {layer.layer, static_cast<int>(channel), found.y, found.x};
                    ASSERT_TRUE(isCellOf(spec, cell));
                    EXPECT_EQ(found.receptiveField, receptiveField(spec, cell));
                    if (found.index == 3) {
                        EXPECT_NEAR(activations->layers[static_cast<std::size_t>(layer.layer)].at(cell),
                                    found.value, 1e-4);
                    }
                }
            }
        }

        const auto cam = engine::gradCam(model, image, label);
        if (engine::lastConvolutionMaps(spec) == engine::kInputImage) {
            EXPECT_TRUE(test::failsWith(cam, engine::ErrorCode::BadValue, {"a convolution"}));
        } else
            EXPECT_TRUE(test::succeeds(cam));
        const auto gradient = engine::inputGradient(model, image, label);
        const auto occlusion = engine::occlusionMap(model, image, label, {.side = 3, .stride = 2}, 1);
        for (const auto& map : {cam, gradient, occlusion}) {
            if (!map)
                continue;
            EXPECT_EQ(map->values.size(), static_cast<std::size_t>(spec.input.height * spec.input.width));
            for (const float value : map->values)
                EXPECT_TRUE(std::isfinite(value));
        }
        EXPECT_TRUE(test::succeeds(gradient));
        EXPECT_TRUE(test::succeeds(occlusion));
        EXPECT_NEAR(gradient->classScore, activations->logits[static_cast<std::size_t>(label)], 1e-4);
        EXPECT_NEAR(occlusion->classScore, activations->probabilities[static_cast<std::size_t>(label)], 1e-5);
    });
}
