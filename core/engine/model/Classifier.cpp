#include "engine/model/Classifier.h"

#include "engine/device/TorchDevice.h"
#include "engine/model/TinyVgg.h"

namespace engine
{

struct Classifier::Network {
    TinyVgg model;
};

Classifier::Classifier(std::unique_ptr<Network> network) : m_network(std::move(network)) {}
Classifier::~Classifier() = default;
Classifier::Classifier(Classifier&&) noexcept = default;
Classifier& Classifier::operator=(Classifier&&) noexcept = default;

Result<Classifier> Classifier::create(const ModelSnapshot& model)
{
    return guarded("Setting up the model", [&]() -> Result<Classifier> {
        auto network = std::make_unique<Network>(Network{TinyVgg(model.options, 0)});
        loadSnapshot(network->model, model);
        network->model->eval();
        return Classifier(std::move(network));
    });
}

Result<std::vector<Classification>> Classifier::classify(std::span<const std::uint8_t> pixels)
{
    const TinyVggOptions& options = m_network->model->options();
    const std::int64_t imageSize = std::int64_t{options.inputHeight} * options.inputWidth;
    const auto length = static_cast<std::int64_t>(pixels.size());
    if (length == 0 || length % imageSize != 0) {
        return failure(ErrorCode::BadValue, "Expected whole images of " + std::to_string(imageSize) +
                                                " pixels; found " + std::to_string(length) + " pixels.");
    }
    return guarded("Classification", [&]() -> Result<std::vector<Classification>> {
        const torch::InferenceMode inference;
        useThreads(1); // a few images are done before a second thread has woken
        const torch::Tensor images =
            torch::from_blob(const_cast<std::uint8_t*>(pixels.data()),
                             {length / imageSize, 1, options.inputHeight, options.inputWidth}, torch::kUInt8)
                .to(torch::kFloat)
                .div_(255);
        const torch::Tensor probabilities = torch::softmax(m_network->model->forward(images), 1).contiguous();
        const torch::Tensor predictions = probabilities.argmax(1);
        std::vector<Classification> results;
        for (std::int64_t i = 0; i < probabilities.size(0); ++i) {
            const float* row = probabilities.data_ptr<float>() + i * options.classCount;
            results.push_back({predictions[i].item<int>(), {row, row + options.classCount}});
        }
        return results;
    });
}

} // namespace engine
