#include "engine/inspection/LayerwiseNetwork.h"

#include "engine/device/TorchDevice.h"

namespace engine
{

LayerwiseNetwork::LayerwiseNetwork(const ModelSnapshot& model) : m_network(model.spec, flatWeights(model)) {}

torch::Tensor LayerwiseNetwork::inputOf(std::span<const std::uint8_t> pixels) const
{
    const auto [channels, height, width] = spec().input;
    return torch::from_blob(
               const_cast<std::uint8_t*>(pixels.data()),
               {static_cast<std::int64_t>(pixels.size()) / spec().input.size(), channels, height, width},
               torch::kUInt8)
        .to(torch::kFloat)
        .div_(255);
}

std::vector<torch::Tensor> LayerwiseNetwork::forward(const torch::Tensor& input) const
{
    std::vector<torch::Tensor> outputs;
    for (int layer = 0; layer < layerCount(spec()); ++layer)
        outputs.push_back(apply(layer, outputs.empty() ? input : outputs.back()));
    return outputs;
}

void LayerwiseNetwork::chooseThreads() const
{
    constexpr std::int64_t kWorthSharing = 100'000'000; // multiply-accumulates: some milliseconds
    useThreads(multiplyAccumulates(spec()) > kWorthSharing ? defaultThreadCount() : 1);
}

Result<void> checkImage(const NetworkSpec& spec, std::span<const std::uint8_t> pixels)
{
    if (auto shapes = checkedShapes(spec); !shapes)
        return tl::unexpected(shapes.error());
    if (pixels.size() == static_cast<std::size_t>(spec.input.size()))
        return {};
    return failure(ErrorCode::BadValue, "Expected an image of " + text(spec.input) +
                                            " pixels, as in the model; found one of " +
                                            std::to_string(pixels.size()) + " pixels.");
}

} // namespace engine
