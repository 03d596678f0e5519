#include "engine/inspection/LayerwiseNetwork.h"

#include "engine/device/TorchDevice.h"

#include <numeric>

namespace engine
{

LayerwiseNetwork::LayerwiseNetwork(const ModelSnapshot& model)
    : m_options(model.options),
      m_parameters(flatParameters(model))
{
    float* begin = m_parameters.data();
    for (const WeightArray& array : emptyStateDict(m_options)) {
        m_weights.push_back(torch::from_blob(begin, array.shape));
        begin += m_weights.back().numel();
    }
}

torch::Tensor LayerwiseNetwork::inputOf(std::span<const std::uint8_t> pixels) const
{
    const std::int64_t area = std::int64_t{m_options.inputHeight} * m_options.inputWidth;
    return torch::from_blob(const_cast<std::uint8_t*>(pixels.data()),
                            {static_cast<std::int64_t>(pixels.size()) / area, 1, m_options.inputHeight,
                             m_options.inputWidth},
                            torch::kUInt8)
        .to(torch::kFloat)
        .div_(255);
}

torch::Tensor LayerwiseNetwork::apply(int layer, const torch::Tensor& input) const
{
    const auto convolve = [&](std::size_t weights) {
        return torch::conv2d(input, m_weights[weights], m_weights[weights + 1], 1,
                             (m_options.kernelSize - 1) / 2);
    };
    switch (layerKind(layer)) {
    case LayerKind::Convolution:
        return convolve(layer == 0 ? 0 : layer == 2 ? 2 : layer == kLastConvolution ? 6 : 4);
    case LayerKind::Relu:
        return torch::relu(input);
    case LayerKind::MaxPool:
        return torch::max_pool2d(input, 2);
    case LayerKind::Flatten:
        return input.flatten(1);
    default:
        return torch::linear(input, m_weights[8], m_weights[9]);
    }
}

std::vector<torch::Tensor> LayerwiseNetwork::forward(const torch::Tensor& input) const
{
    std::vector<torch::Tensor> outputs;
    for (int layer = 0; layer < kLayerCount; ++layer)
        outputs.push_back(apply(layer, outputs.empty() ? input : outputs.back()));
    return outputs;
}

void LayerwiseNetwork::chooseThreads() const
{
    constexpr std::int64_t kWorthSharing = 100'000'000; // multiply-accumulates: some milliseconds
    const std::vector<LayerInfo> layers = layerTable(m_options);
    const std::int64_t work =
        std::accumulate(layers.begin(), layers.end(), std::int64_t{0},
                        [](std::int64_t sum, const LayerInfo& l) { return sum + l.multiplyAccumulates; });
    useThreads(work > kWorthSharing ? defaultThreadCount() : 1);
}

Result<void> checkImage(const TinyVggOptions& options, std::span<const std::uint8_t> pixels)
{
    if (auto valid = validate(options); !valid)
        return valid;
    if (pixels.size() ==
        static_cast<std::size_t>(options.inputHeight) * static_cast<std::size_t>(options.inputWidth))
        return {};
    return failure(ErrorCode::BadValue, "Expected an image of " + std::to_string(options.inputHeight) +
                                            " × " + std::to_string(options.inputWidth) +
                                            " pixels, as the model has them; found one of " +
                                            std::to_string(pixels.size()) + " pixels.");
}

} // namespace engine
