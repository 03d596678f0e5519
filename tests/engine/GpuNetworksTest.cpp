// Every network of fixtures/networks on a GPU: the same numbers as in Python, up to rounding.
#include "engine/data/Batches.h"
#include "engine/device/TorchDevice.h"
#include "engine/network/TorchNetwork.h"

#include "NetworkFixtureChecks.h"
#include "UsableGpu.h"
#include "support/Results.h"

using test::Fixture;

namespace
{

/// On a GPU, cuDNN may compute a convolution by Winograd's method or by FFT, which round ten times as
/// coarsely as the sums that the recorded tolerance is made for.
constexpr double kLooseness = 10;

class GpuNetworks : public test::UsingGpu<testing::Test>
{
protected:
    /// `check(fixture, device)`. Tells the largest error in the test's record.
    template<typename Check>
    void forEach(const Check& check) const
    {
        const torch::Device device = engine::torchDevice(gpu);
        double largest = 0;
        std::string where;
        test::forEachNetwork(
            [&](const Fixture& fixture) {
                check(fixture, device);
                if (fixture.largestError > largest) {
                    largest = fixture.largestError;
                    where = fixture.record.at("title").get<std::string>();
                }
            },
            kLooseness);
        std::ostringstream text;
        text << largest << " (" << where << ")";
        RecordProperty("largest_error", text.str());
    }
};

/// As in training, on the device, in the layout that is used there.
engine::Batch fixtureBatch(const Fixture& fixture, const torch::Device& device)
{
    return engine::Batches(test::fixtureImages(fixture.spec, test::kFixtureBatch), device)
        .slice(0, test::kFixtureBatch);
}

} // namespace

TEST_F(GpuNetworks, keepTheBitsOfTheFirstWeights)
{
    forEach([](const Fixture& fixture, const torch::Device& device) {
        const engine::TorchNetwork network(fixture.spec, fixture.weights, device);
        EXPECT_EQ(network.weightsOnCpu(), fixture.weights);
    });
}

TEST_F(GpuNetworks, haveTheLogitsOfPython)
{
    forEach([](const Fixture& fixture, const torch::Device& device) {
        const torch::NoGradGuard noGrad;
        const engine::TorchNetwork network(fixture.spec, fixture.weights, device);
        const torch::Tensor images = fixtureBatch(fixture, device).images;
        test::expectLogits(fixture, network.forward(images), "eval_logits");
        torch::Tensor x = images;
        for (std::size_t layer = 0; layer < fixture.spec.layers.size(); ++layer)
            x = network.apply(layer, x);
        test::expectLogits(fixture, x, "eval_logits");
    });
}

TEST_F(GpuNetworks, haveTheGradientsAndStatisticsOfPython)
{
    forEach([](const Fixture& fixture, const torch::Device& device) {
        const engine::Batch batch = fixtureBatch(fixture, device);
        test::AutogradNetwork autograd(snapshotOf(fixture.spec, fixture.weights), device);
        const torch::Tensor logits =
            autograd.network.forwardTraining(batch.images, test::kFixtureGradientDraw);
        const torch::Tensor loss = torch::nn::functional::cross_entropy(logits, batch.labels);
        loss.backward();
        test::expectLogits(fixture, logits, test::kindOfTrainingLogits(fixture));
        const double expected = fixture.record.at("loss");
        test::expectNear(fixture, loss.item<double>(), expected, expected, "loss");
        const torch::Tensor gradient = autograd.gradient.to(torch::kCPU);
        test::expectState(fixture, test::numbersOf(gradient), "gradient");
        test::expectState(fixture, autograd.network.weightsOnCpu(), "forwarded");
    });
}

TEST_F(GpuNetworks, trainAsInPython)
{
    forEach([this](const Fixture& fixture, const torch::Device& device) {
        engine::TrainingConfig config = test::recordedRecipe(fixture);
        config.device = gpu;
        const auto backend = engine::makeTrainingBackend(
            config, fixture.spec,
            test::fixtureImages(fixture.spec, test::kFixtureBatch * test::kFixtureSteps));
        ASSERT_TRUE(test::succeeds(backend));
        const std::vector<float> trained = test::expectTraining(fixture, **backend);
        const torch::NoGradGuard noGrad;
        const engine::TorchNetwork network(fixture.spec, trained, device);
        test::expectLogits(fixture, network.forward(fixtureBatch(fixture, device).images), "trained_logits");
    });
}

TEST_F(GpuNetworks, trainToTheSameBitsEveryTime)
{
    forEach([this](const Fixture& fixture, const torch::Device&) {
        engine::TrainingConfig config = test::recordedRecipe(fixture);
        config.device = gpu;
        std::vector<std::vector<float>> trained;
        for (int i = 0; i < 2; ++i) {
            const auto backend = engine::makeTrainingBackend(
                config, fixture.spec,
                test::fixtureImages(fixture.spec, test::kFixtureBatch * test::kFixtureSteps));
            ASSERT_TRUE(test::succeeds(backend));
            trained.push_back(test::expectTraining(fixture, **backend));
        }
        EXPECT_EQ(trained[0], trained[1]);
    });
}
