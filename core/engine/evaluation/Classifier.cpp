#include "engine/evaluation/Classifier.h"

#include "engine/Guarded.h"
#include "engine/cpu/SoftmaxLoss.h"
#include "engine/device/TorchDevice.h"

#include <algorithm>

namespace engine
{

struct Classifier::Network {
    std::vector<float> weights;
    CpuNetwork cpu;
};

Classifier::Classifier(std::unique_ptr<Network> network) : m_network(std::move(network)) {}
Classifier::~Classifier() = default;
Classifier::Classifier(Classifier&&) noexcept = default;
Classifier& Classifier::operator=(Classifier&&) noexcept = default;

Result<Classifier> Classifier::create(const ModelSnapshot& model)
{
    return guarded("Setting up the model", [&]() -> Result<Classifier> {
        auto network = std::make_unique<Network>(Network{flatWeights(model), CpuNetwork(model.spec)});
        network->cpu.setWeights(network->weights);
        return Classifier(std::move(network));
    });
}

Result<std::vector<Classification>> Classifier::classify(std::span<const std::uint8_t> pixels)
{
    CpuNetwork& network = m_network->cpu;
    const std::int64_t imageSize = network.spec().input.size();
    const auto length = static_cast<std::int64_t>(pixels.size());
    if (length == 0 || length % imageSize != 0) {
        return failure(ErrorCode::BadValue, "Expected complete images of " + std::to_string(imageSize) +
                                                " pixels; found " + std::to_string(length) + " pixels.");
    }
    std::vector<Classification> results;
    const auto total = static_cast<std::size_t>(length / imageSize);
    while (results.size() < total) {
        const int count = static_cast<int>(
            std::min<std::size_t>(total - results.size(), static_cast<std::size_t>(network.lanes())));
        for (int lane = 0; lane < count; ++lane) {
            network.setImage(lane, pixels.first(static_cast<std::size_t>(imageSize)));
            pixels = pixels.subspan(static_cast<std::size_t>(imageSize));
        }
        network.forward();
        for (int lane = 0; lane < count; ++lane) {
            std::vector<float> probabilities(static_cast<std::size_t>(network.spec().classCount));
            writeProbabilities(network, lane, probabilities);
            const auto largest = std::max_element(probabilities.begin(), probabilities.end());
            results.push_back({static_cast<int>(largest - probabilities.begin()), std::move(probabilities)});
        }
    }
    return results;
}

} // namespace engine
