// What PyTorch in Python recorded of every network, and whether what the engine computes is that. Includes
// Torch.
#pragma once

#include "engine/network/InitialWeights.h"
#include "engine/training/TrainingBackend.h"

#include "NetworkFixtures.h"
#include "TorchModels.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

namespace test
{

constexpr int kFixtureBatch = 6;
constexpr int kFixtureSteps = 20;
constexpr std::uint64_t kFixtureGradientDraw = 1234;
constexpr std::uint64_t kFixtureTrainingDraw = 1000;

/// One network with what Python recorded of it.
struct Fixture {
    /// `looseness`: how many times the recorded tolerance is allowed.
    explicit Fixture(const nlohmann::json& itsRecord, double looseness = 1)
        : record(itsRecord),
          spec(engine::networkFromText(record.at("spec").dump()).value()),
          layout(parameterLayout(spec)),
          tolerance(looseness * (record.contains("reason") ? 3e-5 : 1e-5)),
          weights(engine::initialWeights(spec, record.at("seed")))
    {
    }

    const nlohmann::json& record;
    engine::NetworkSpec spec;
    engine::ParameterLayout layout;
    double tolerance; ///< of a number whose scale is 1
    std::vector<float> weights;
    mutable double largestError = 0; ///< of a number whose scale is 1, found so far
};

template<typename Check>
void forEachNetwork(const Check& check, double looseness = 1)
{
    torch::set_num_threads(1); // several tests run side by side
    for (const nlohmann::json& record : networkFixtures().at("specs")) {
        SCOPED_TRACE(record.at("title").get<std::string>());
        check(Fixture(record, looseness));
    }
}

inline void expectNear(const Fixture& fixture, double found, double expected, double scale,
                       const std::string& what)
{
    constexpr double kSmallest = 1e-12; // some numbers have the scale 0
    fixture.largestError =
        std::max(fixture.largestError, std::abs(found - expected) / std::max(scale, kSmallest));
    EXPECT_NEAR(found, expected, fixture.tolerance * scale + kSmallest) << what;
}

/// `recorded`: samples, sum and norm of one tensor, whose numbers have this scale.
inline void expectTensor(const Fixture& fixture, std::span<const float> found, const nlohmann::json& recorded,
                         double scale)
{
    const std::vector<double> samples = recorded.at("values");
    ASSERT_EQ(samples.size(), std::min<std::size_t>(8, found.size()));
    for (std::size_t k = 0; k < samples.size(); ++k) {
        const std::size_t position = samples.size() == 1 ? 0 : k * (found.size() - 1) / (samples.size() - 1);
        expectNear(fixture, found[position], samples[k], scale, "element " + std::to_string(position));
    }
    double sum = 0;
    double squares = 0;
    for (const float value : found) {
        sum += static_cast<double>(value);
        squares += static_cast<double>(value) * static_cast<double>(value);
    }
    const double root = std::sqrt(static_cast<double>(found.size()));
    expectNear(fixture, sum, recorded.at("sum"), scale * root, "sum");
    expectNear(fixture, std::sqrt(squares), recorded.at("norm"), scale * root, "norm");
}

/// What of `values` (a flat array) is recorded of every tensor under `kind`: "gradient", "trained", ….
inline void expectState(const Fixture& fixture, std::span<const float> values, const char* kind)
{
    const nlohmann::json& state = fixture.record.at("state");
    for (std::size_t i = 0; i < state.size(); ++i) {
        const engine::WeightEntry& entry = fixture.layout.entries[i];
        if (!state[i].contains(kind))
            continue;
        SCOPED_TRACE(std::string(kind) + " of " + entry.name);
        const nlohmann::json& recorded = state[i].at(kind);
        expectTensor(fixture, values.subspan(entry.offset, entry.size), recorded, recorded.at("scale"));
    }
}

/// `found`: row by row.
inline void expectLogits(const Fixture& fixture, std::span<const float> found, const char* kind)
{
    const auto expected = fixture.record.at(kind).get<std::vector<std::vector<double>>>();
    const auto classes = static_cast<std::size_t>(fixture.spec.classCount);
    ASSERT_EQ(found.size(), expected.size() * classes);
    double scale = 0;
    for (const std::vector<double>& row : expected) {
        for (const double logit : row)
            scale = std::max(scale, std::abs(logit));
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
        expectNear(fixture, found[i], expected[i / classes][i % classes], scale,
                   std::string(kind) + ", image " + std::to_string(i / classes) + ", class " +
                       std::to_string(i % classes));
    }
}
/// `tensor`: in the CPU's memory, contiguous.
inline std::span<const float> numbersOf(const torch::Tensor& tensor)
{
    return {tensor.data_ptr<float>(), static_cast<std::size_t>(tensor.numel())};
}

/// `found`: on any device.
inline void expectLogits(const Fixture& fixture, const torch::Tensor& found, const char* kind)
{
    const torch::Tensor logits = found.detach().to(torch::kCPU).contiguous();
    expectLogits(fixture, numbersOf(logits), kind);
}

inline const char* kindOfTrainingLogits(const Fixture& fixture)
{
    return fixture.record.contains("train_logits") ? "train_logits" : "eval_logits";
}

inline engine::TrainingConfig recordedRecipe(const Fixture& fixture)
{
    engine::TrainingConfig config;
    config.optimizer = engine::OptimizerKind::Sgd;
    config.batchSize = kFixtureBatch;
    config.learningRate = fixture.record.at("learning_rate");
    config.threads = 1;
    return config;
}

/// 20 steps from the first weights. Returns the weights.
inline std::vector<float> expectTraining(const Fixture& fixture, engine::TrainingBackend& backend)
{
    const double learningRate = fixture.record.at("learning_rate");
    backend.setParameters(fixture.weights);
    for (std::uint32_t step = 0; step < kFixtureSteps; ++step) {
        std::vector<std::uint32_t> images(kFixtureBatch);
        std::iota(images.begin(), images.end(), kFixtureBatch * step);
        backend.step(images, learningRate, kFixtureTrainingDraw + step);
    }
    std::vector<engine::StepResult> results;
    backend.takeResults(results);
    const std::vector<double> losses = fixture.record.at("losses");
    EXPECT_EQ(results.size(), losses.size());
    for (std::size_t step = 0; step < std::min(losses.size(), results.size()); ++step) {
        expectNear(fixture, results[step].loss, losses[step], losses[step], "step " + std::to_string(step));
        EXPECT_EQ(results[step].sampleCount, kFixtureBatch);
    }
    std::vector<float> trained = backend.parameters();
    EXPECT_EQ(trained.size(), fixture.layout.size);
    expectState(fixture, trained, "trained");
    return trained;
}

} // namespace test
