// Every network of fixtures/networks: what the engine derives from its spec must be what PyTorch in Python
// made of it.
#include "engine/MixedSeed.h"
#include "engine/cpu/CpuNetwork.h"
#include "engine/cpu/SoftmaxLoss.h"
#include "engine/network/DropoutMask.h"
#include "engine/network/LayerTable.h"
#include "engine/network/NetworkFamilies.h"
#include "engine/training/CpuBackend.h"
#include "engine/training/TorchBackend.h"

#include "NetworkFixtureChecks.h"
#include "support/Results.h"

using engine::CpuKernels;
using engine::CpuNetwork;
using engine::NetworkSpec;
using engine::WeightEntry;
using engine::WeightRole;
using nlohmann::json;
using test::expectLogits;
using test::expectNear;
using test::expectState;
using test::expectTensor;
using test::Fixture;
using test::forEachNetwork;

namespace
{

constexpr int kBatch = test::kFixtureBatch;
constexpr int kSteps = test::kFixtureSteps;
constexpr std::uint64_t kGradientDraw = test::kFixtureGradientDraw;

/// The first six images through a CpuNetwork, as many at a time as it takes: what `look(network, first,
/// count)` sees behind each.
template<typename Look>
void runOnCpu(CpuNetwork& network, const engine::Dataset& images, std::optional<std::uint64_t> drawSeed,
              const Look& look)
{
    const auto lanes = static_cast<std::size_t>(network.lanes());
    for (std::size_t first = 0; first < kBatch; first += lanes) {
        std::vector<std::uint64_t> seeds(lanes);
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            if (first + lane < kBatch)
                network.setImage(static_cast<int>(lane), images.image(first + lane));
            else
                network.clearImage(static_cast<int>(lane));
            seeds[lane] = engine::mixedSeed(drawSeed.value_or(0), first + lane);
        }
        if (drawSeed)
            network.forwardTraining(seeds);
        else
            network.forward();
        look(first, std::min(lanes, kBatch - first));
    }
}

std::vector<float> logitsOnCpu(CpuNetwork& network, const engine::Dataset& images,
                               std::optional<std::uint64_t> drawSeed = {})
{
    std::vector<float> logits;
    runOnCpu(network, images, drawSeed, [&](std::size_t, std::size_t count) {
        for (std::size_t lane = 0; lane < count; ++lane) {
            for (int c = 0; c < network.spec().classCount; ++c)
                logits.push_back(network.logit(c, static_cast<int>(lane)));
        }
    });
    return logits;
}

} // namespace

TEST(NetworkFixtures, areThere)
{
    EXPECT_EQ(test::networkFixtures().at("specs").size(), 91U);
    EXPECT_EQ(test::networkFixtures().at("invalid").size(), 48U);
    EXPECT_EQ(test::networkFixtures().at("batch"), kBatch);
    EXPECT_EQ(test::networkFixtures().at("steps"), kSteps);
}

TEST(NetworkFixtures, haveTheShapesThatPythonHas)
{
    forEachNetwork([](const Fixture& fixture) {
        const auto shapes = validate(fixture.spec);
        ASSERT_TRUE(shapes) << shapes.error().message;
        const auto expected = fixture.record.at("shapes").get<std::vector<std::vector<int>>>();
        ASSERT_EQ(shapes->size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const engine::MapShape& shape = (*shapes)[i];
            EXPECT_EQ(shape.isFlat ? std::vector<int>{shape.channels}
                                   : (std::vector<int>{shape.channels, shape.height, shape.width}),
                      expected[i])
                << "layer " << i;
        }
    });
}

TEST(NetworkFixtures, areWrittenAndReadAgain)
{
    forEachNetwork([](const Fixture& fixture) {
        for (const bool isIndented : {false, true}) {
            const auto again = engine::networkFromText(networkText(fixture.spec, isIndented));
            ASSERT_TRUE(test::succeeds(again));
            EXPECT_EQ(*again, fixture.spec);
        }
    });
}

TEST(NetworkFixtures, comeFromTheirFamilies)
{
    int families = 0;
    forEachNetwork([&](const Fixture& fixture) {
        const NetworkSpec plain = normalized(fixture.spec);
        if (!fixture.record.contains("family")) {
            const engine::NetworkChoice choice = choiceOf(fixture.spec);
            EXPECT_EQ(choice.family, engine::NetworkFamily::Custom);
            EXPECT_EQ(networkFor(choice, plain.input, plain.classCount).layers, plain.layers);
            return;
        }
        ++families;
        const auto choice = engine::choiceFromText(fixture.record.at("family").dump());
        ASSERT_TRUE(test::succeeds(choice));
        EXPECT_EQ(networkFor(*choice, plain.input, plain.classCount), plain);
        EXPECT_EQ(choiceOf(fixture.spec), *choice);
        const auto again = engine::choiceFromText(choiceText(*choice));
        ASSERT_TRUE(test::succeeds(again));
        EXPECT_EQ(*again, *choice);
    });
    EXPECT_EQ(families, 42);
}

TEST(NetworkFixtures, haveTheCountsThatPythonHas)
{
    forEachNetwork([](const Fixture& fixture) {
        const auto table = layerTable(fixture.spec);
        const std::vector<std::int64_t> parameters = fixture.record.at("parameters");
        const std::vector<std::int64_t> macs = fixture.record.at("macs");
        ASSERT_EQ(table.size(), parameters.size());
        for (std::size_t i = 0; i < table.size(); ++i) {
            EXPECT_EQ(table[i].parameterCount, parameters[i]) << table[i].name;
            EXPECT_EQ(table[i].multiplyAccumulates, macs[i]) << table[i].name;
        }
        EXPECT_EQ(parameterCount(fixture.spec), fixture.record.at("parameter_sum"));
        EXPECT_EQ(multiplyAccumulates(fixture.spec), fixture.record.at("mac_sum"));
    });
}

TEST(NetworkFixtures, haveTheStateDictThatPythonHas)
{
    forEachNetwork([](const Fixture& fixture) {
        const json& state = fixture.record.at("state");
        ASSERT_EQ(fixture.layout.entries.size(), state.size());
        std::size_t total = 0;
        for (std::size_t i = 0; i < state.size(); ++i) {
            const WeightEntry& entry = fixture.layout.entries[i];
            EXPECT_EQ(entry.name, state[i].at("name").get<std::string>());
            EXPECT_EQ(entry.shape, state[i].at("shape").get<std::vector<std::int64_t>>());
            EXPECT_EQ(entry.role == WeightRole::NumBatchesTracked, state[i].at("dtype") == "int64");
            EXPECT_EQ(entry.isBuffer(), !state[i].contains("gradient"));
            total += entry.size;
        }
        EXPECT_EQ(fixture.layout.size, total);
        EXPECT_EQ(fixture.layout.parameterCount, fixture.record.at("parameter_sum"));
    });
}

TEST(NetworkFixtures, startWithTheBitsThatPythonStartsWith)
{
    forEachNetwork([](const Fixture& fixture) {
        const json& state = fixture.record.at("state");
        for (std::size_t i = 0; i < state.size(); ++i) {
            const WeightEntry& entry = fixture.layout.entries[i];
            SCOPED_TRACE(entry.name);
            const auto values = std::span(fixture.weights).subspan(entry.offset, entry.size);
            const std::vector<float> samples = state[i].at("initial").at("values");
            for (std::size_t k = 0; k < samples.size(); ++k) {
                const std::size_t position =
                    samples.size() == 1 ? 0 : k * (values.size() - 1) / (samples.size() - 1);
                EXPECT_EQ(values[position], samples[k]) << "element " << position;
            }
            expectTensor(fixture, values, state[i].at("initial"), 1e-8 / fixture.tolerance);
        }
    });
}

TEST(NetworkFixtures, showTheImagesThatPythonShows)
{
    forEachNetwork([](const Fixture& fixture) {
        const engine::Dataset images = test::fixtureImages(fixture.spec, kBatch * kSteps);
        EXPECT_EQ(std::accumulate(images.pixels().begin(), images.pixels().end(), std::int64_t{0}),
                  fixture.record.at("byte_sum").get<std::int64_t>());
    });
}

TEST(NetworkFixtures, haveTheLogitsOfPythonByLibTorch)
{
    forEachNetwork([](const Fixture& fixture) {
        const torch::NoGradGuard noGrad;
        const engine::TorchNetwork network(fixture.spec, fixture.weights);
        const torch::Tensor images = test::torchImages(test::fixtureImages(fixture.spec, kBatch));
        expectLogits(fixture, network.forward(images), "eval_logits");
        torch::Tensor x = images;
        for (std::size_t layer = 0; layer < fixture.spec.layers.size(); ++layer)
            x = network.apply(layer, x);
        expectLogits(fixture, x, "eval_logits");
    });
}

TEST(NetworkFixtures, haveTheLogitsOfPythonByEveryKernelOfOurs)
{
    forEachNetwork([](const Fixture& fixture) {
        const engine::Dataset images = test::fixtureImages(fixture.spec, kBatch);
        for (const CpuKernels* kernels : engine::usableCpuKernels()) {
            SCOPED_TRACE(kernels->name);
            CpuNetwork network(fixture.spec, *kernels);
            network.setWeights(fixture.weights);
            expectLogits(fixture, logitsOnCpu(network, images), "eval_logits");
        }
    });
}

TEST(NetworkFixtures, dropWhatPythonDrops)
{
    int layers = 0;
    forEachNetwork([&](const Fixture& fixture) {
        if (!fixture.record.contains("dropout_kept"))
            return;
        const auto shapes = layerShapes(fixture.spec);
        const auto expected = fixture.record.at("dropout_kept").get<std::vector<std::vector<int>>>();
        std::vector<std::vector<int>> found;
        for (std::size_t layer = 0; layer < shapes.size(); ++layer) {
            const auto* dropout = std::get_if<engine::Dropout>(&fixture.spec.layers[layer]);
            if (dropout == nullptr)
                continue;
            found.emplace_back();
            for (std::uint64_t image = 0; image < kBatch; ++image) {
                const std::uint64_t seed =
                    engine::dropoutSeed(engine::mixedSeed(kGradientDraw, image), layer);
                int kept = 0;
                for (std::uint64_t e = 0; e < static_cast<std::uint64_t>(shapes[layer].size()); ++e)
                    kept += engine::dropoutFactor(seed, e, dropout->p) > 0 ? 1 : 0;
                found.back().push_back(kept);
            }
        }
        EXPECT_EQ(found, expected);
        layers += static_cast<int>(found.size());
    });
    EXPECT_GT(layers, 10);
}

TEST(NetworkFixtures, haveTheGradientsAndStatisticsOfPythonByLibTorch)
{
    forEachNetwork([](const Fixture& fixture) {
        const engine::Dataset images = test::fixtureImages(fixture.spec, kBatch);
        test::AutogradNetwork autograd(snapshotOf(fixture.spec, fixture.weights));
        const torch::Tensor logits =
            autograd.network.forwardTraining(test::torchImages(images), kGradientDraw);
        const std::vector<std::int64_t> labels(images.labels().begin(), images.labels().end());
        const torch::Tensor loss = torch::nn::functional::cross_entropy(logits, torch::tensor(labels));
        loss.backward();
        expectLogits(fixture, logits, test::kindOfTrainingLogits(fixture));
        const double expected = fixture.record.at("loss");
        expectNear(fixture, loss.item<double>(), expected, expected, "loss");
        expectState(fixture, test::numbersOf(autograd.gradient), "gradient");
        expectState(fixture, autograd.network.weightsOnCpu(), "forwarded");
    });
}

TEST(NetworkFixtures, haveTheGradientsOfPythonByEveryKernelOfOurs)
{
    int trained = 0;
    forEachNetwork([&](const Fixture& fixture) {
        if (!canTrainOnCpuNetwork(fixture.spec))
            return;
        ++trained;
        const engine::Dataset images = test::fixtureImages(fixture.spec, kBatch);
        for (const CpuKernels* kernels : engine::usableCpuKernels()) {
            SCOPED_TRACE(kernels->name);
            CpuNetwork network(fixture.spec, *kernels);
            network.setWeights(fixture.weights);
            expectLogits(fixture, logitsOnCpu(network, images, kGradientDraw),
                         test::kindOfTrainingLogits(fixture));
            double loss = 0;
            std::vector<float> gradient(fixture.layout.parameterCount);
            runOnCpu(network, images, kGradientDraw, [&](std::size_t first, std::size_t count) {
                for (int lane = 0; lane < network.lanes(); ++lane) {
                    if (static_cast<std::size_t>(lane) < count) {
                        const int label = images.label(first + static_cast<std::size_t>(lane));
                        loss += setLossGradient(network, lane, label, 0, 1.0 / kBatch).loss / kBatch;
                        continue;
                    }
                    for (int c = 0; c < fixture.spec.classCount; ++c)
                        network.setLogitGradient(c, lane, 0);
                }
                std::vector<float> ofChunk(gradient.size());
                network.backward(ofChunk);
                std::transform(gradient.begin(), gradient.end(), ofChunk.begin(), gradient.begin(),
                               std::plus<>());
            });
            const double expected = fixture.record.at("loss");
            expectNear(fixture, loss, expected, expected, "loss");
            expectState(fixture, gradient, "gradient");
        }
    });
    EXPECT_GT(trained, 70);
}

namespace
{

/// 20 steps from the first weights, and what the trained network answers.
void expectTrainingAndAnswers(const Fixture& fixture, engine::TrainingBackend& backend)
{
    const std::vector<float> trained = test::expectTraining(fixture, backend);
    CpuNetwork network(fixture.spec);
    network.setWeights(trained);
    expectLogits(fixture, logitsOnCpu(network, test::fixtureImages(fixture.spec, kBatch)), "trained_logits");
    const torch::NoGradGuard noGrad;
    const torch::Tensor logits = engine::TorchNetwork(fixture.spec, trained)
                                     .forward(test::torchImages(test::fixtureImages(fixture.spec, kBatch)));
    expectLogits(fixture, logits, "trained_logits");
}

} // namespace

TEST(NetworkFixtures, trainAsInPythonByKernelsOfOurs)
{
    forEachNetwork([](const Fixture& fixture) {
        if (!canTrainOnCpuNetwork(fixture.spec))
            return;
        engine::CpuBackend backend(test::recordedRecipe(fixture), fixture.spec,
                                   test::fixtureImages(fixture.spec, kBatch * kSteps));
        expectTrainingAndAnswers(fixture, backend);
    });
}

TEST(NetworkFixtures, trainAsInPythonByLibTorch)
{
    forEachNetwork([](const Fixture& fixture) {
        engine::TorchBackend backend(test::recordedRecipe(fixture), fixture.spec,
                                     test::fixtureImages(fixture.spec, kBatch * kSteps), torch::kCPU);
        expectTrainingAndAnswers(fixture, backend);
    });
}
