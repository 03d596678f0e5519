// The same network, weights and data as PyTorch in Python must give the same losses. What Python found was
// recorded by fixtures/fidelity/make_fidelity.py.
#include "engine/data/Batches.h"
#include "engine/network/SpecFromShapes.h"
#include "engine/storage/StateDictReader.h"
#include "engine/training/CpuBackend.h"
#include "engine/training/TorchBackend.h"

#include "TorchModels.h"
#include "support/Files.h"
#include "support/Results.h"

#include <nlohmann/json.hpp>
#include <numeric>

namespace
{

/// As in the Python script: the linear congruential generator of Numerical Recipes.
class Lcg
{
public:
    explicit Lcg(std::uint32_t seed) : m_state(seed) {}
    int next()
    {
        m_state = m_state * 1664525U + 1013904223U;
        return static_cast<int>(m_state >> 16);
    }

private:
    std::uint32_t m_state;
};

/// As in the Python script: a bright block whose place says the class, on noise.
engine::Dataset recordedImages(std::size_t count)
{
    Lcg random(42);
    std::vector<std::uint8_t> pixels;
    std::vector<std::uint8_t> labels;
    for (std::size_t i = 0; i < count; ++i) {
        const int label = random.next() % 10;
        const int left = label % 5 * 5 + random.next() % 3;
        const int top = label / 5 * 13 + random.next() % 5;
        for (int y = 0; y < 28; ++y) {
            for (int x = 0; x < 28; ++x) {
                const bool isBlock = left <= x && x < left + 5 && top <= y && y < top + 9;
                pixels.push_back(static_cast<std::uint8_t>(random.next() % 64 + (isBlock ? 160 : 0)));
            }
        }
        labels.push_back(static_cast<std::uint8_t>(label));
    }
    return engine::Dataset::create(28, 28, std::move(pixels), std::move(labels), 10).value();
}

class Fidelity : public testing::TestWithParam<int>
{
protected:
    Fidelity()
    {
        torch::set_num_threads(1); // several tests run side by side
        spec = test::tinyVggSpec(28, 28, 10, GetParam());
        const std::filesystem::path folder = std::filesystem::path(FIXTURES_FOLDER) / "fidelity";
        const std::string kernel = "-k" + std::to_string(GetParam());
        weights = folder / ("initial" + kernel + ".pt");
        record = nlohmann::json::parse(test::readFile(folder / ("losses" + kernel + ".json")));
        images = recordedImages(record.at("images"));
        learningRate = record.at("learning_rate");
        losses = record.at("losses").get<std::vector<double>>();
        correct = record.at("correct").get<std::vector<int>>();
    }

    /// With the weights that Python began with.
    engine::ModelSnapshot pythonsModel() const
    {
        return engine::recognizeModel(engine::readStateDict(weights).value()).value();
    }

    engine::NetworkSpec spec;
    std::filesystem::path weights;
    nlohmann::json record;
    engine::Dataset images;
    double learningRate = 0;
    std::vector<double> losses;
    std::vector<int> correct;
};

} // namespace

TEST_P(Fidelity, drawsTheWeightsThatPythonDraws)
{
    const auto expected = engine::readStateDict(weights);
    ASSERT_TRUE(test::succeeds(expected));
    const auto drawn = test::randomModel(spec, 42).weights;
    ASSERT_EQ(drawn.size(), expected->size());
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        EXPECT_EQ(drawn[i].name, (*expected)[i].name);
        ASSERT_EQ(drawn[i].shape, (*expected)[i].shape);
        for (std::size_t k = 0; k < drawn[i].values.size(); ++k)
            ASSERT_NEAR(drawn[i].values[k], (*expected)[i].values[k], 1e-7)
                << drawn[i].name << ", element " << k;
    }
}

TEST_P(Fidelity, drawsTheImagesThatPythonDrew)
{
    EXPECT_EQ(std::accumulate(images.pixels().begin(), images.pixels().end(), std::int64_t{0}),
              record.at("pixel_sum").get<std::int64_t>());
    EXPECT_EQ(losses.size(), 100U);
}

// In double precision the steps follow each other as they did in Python. Left to itself, a training in single
// precision drifts away from any other (see the Python script), so each of its steps begins with the weights
// that the training in double precision has by then.
TEST_P(Fidelity, trainsWithTheLossesThatPythonHad)
{
    ASSERT_EQ(pythonsModel().spec, spec);
    test::CourseNetwork exact(pythonsModel());
    exact.to(torch::kDouble);
    torch::optim::SGD exactOptimizer(exact.parameters(), torch::optim::SGDOptions(learningRate));
    const engine::Batches batches(images, torch::kCPU);
    engine::TrainingConfig config;
    config.threads = 1;
    engine::CpuBackend cpu(config, spec, images);
    engine::TorchBackend torchBackend(config, spec, images, torch::kCPU);
    const auto flatOf = [&] {
        std::vector<float> parameters;
        for (const torch::Tensor& parameter : exact.parameters()) {
            const torch::Tensor values = parameter.detach().to(torch::kFloat).flatten();
            parameters.insert(parameters.end(), values.data_ptr<float>(),
                              values.data_ptr<float>() + values.numel());
        }
        return parameters;
    };
    for (std::size_t i = 0; i < losses.size(); ++i) {
        const std::vector<std::uint32_t> order = record.at("batches").at(i);
        const std::vector<float> before = flatOf();
        const engine::Batch batch =
            batches.gather(torch::tensor(std::vector<std::int64_t>(order.begin(), order.end())));
        const torch::Tensor logits = exact.forward(batch.images.to(torch::kDouble));
        const torch::Tensor loss = torch::nn::functional::cross_entropy(logits, batch.labels);
        exactOptimizer.zero_grad();
        loss.backward();
        exactOptimizer.step();
        ASSERT_NEAR(loss.item<double>(), losses[i], 2e-6) << "step " << i + 1;
        EXPECT_EQ(logits.argmax(1).eq(batch.labels).sum().item<int>(), correct[i]) << "step " << i + 1;

        const std::vector<float> expected = flatOf();
        for (engine::TrainingBackend* backend :
             std::initializer_list<engine::TrainingBackend*>{&cpu, &torchBackend}) {
            backend->setParameters(before);
            backend->step(order, learningRate, 0);
            std::vector<engine::StepResult> results;
            backend->takeResults(results);
            ASSERT_EQ(results.size(), 1U);
            ASSERT_NEAR(results[0].loss, losses[i], 1e-5) << "step " << i + 1;
            const std::vector<float> found = backend->parameters();
            float largest = 0;
            for (std::size_t p = 0; p < expected.size(); ++p)
                largest = std::max(largest, std::abs(found[p] - expected[p]));
            ASSERT_LT(largest, 1e-5F) << "step " << i + 1;
        }
    }
    EXPECT_GT(losses.front(), 2.0);
    EXPECT_LT(losses.back(), 0.1);
}

INSTANTIATE_TEST_SUITE_P(KernelSizes, Fidelity, testing::Values(3, 5),
                         [](const auto& instance) { return "k" + std::to_string(instance.param); });
