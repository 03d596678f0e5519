#include "engine/inspection/Activations.h"

#include "engine/Guarded.h"
#include "engine/inspection/LayerwiseNetwork.h"

#include <algorithm>
#include <cmath>

namespace engine
{
namespace
{

std::vector<float> valuesOf(const torch::Tensor& tensor)
{
    const torch::Tensor values = tensor.contiguous();
    return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

void describe(LayerActivation& activation)
{
    double sum = 0;
    std::size_t finite = 0;
    for (const float value : activation.values) {
        if (!std::isfinite(value))
            continue;
        activation.minimum = finite == 0 ? value : std::min(activation.minimum, value);
        activation.maximum = finite == 0 ? value : std::max(activation.maximum, value);
        sum += static_cast<double>(value);
        ++finite;
    }
    activation.mean = finite == 0 ? 0.0F : static_cast<float>(sum / static_cast<double>(finite));
    activation.notFinite = activation.values.size() - finite;
}

int countDeadUnits(const LayerActivation& activation)
{
    int count = 0;
    for (int channel = 0; channel < activation.shape.channels; ++channel)
        count += std::ranges::all_of(activation.map(channel), [](float value) { return value == 0; }) ? 1 : 0;
    return count;
}

int largestOf(std::span<const float> logits)
{
    std::size_t largest = 0;
    for (std::size_t c = 1; c < logits.size(); ++c) {
        if (logits[c] > logits[largest])
            largest = c;
    }
    return static_cast<int>(largest);
}

std::vector<float> softmax(std::span<const float> logits, float largest)
{
    const auto exponential = [largest](float logit) {
        return std::exp(static_cast<double>(logit) - static_cast<double>(largest));
    };
    double sum = 0;
    for (const float logit : logits)
        sum += exponential(logit);
    std::vector<float> probabilities;
    for (const float logit : logits)
        probabilities.push_back(static_cast<float>(exponential(logit) / sum));
    return probabilities;
}

} // namespace

Result<Activations> activationsOf(const ModelSnapshot& model, std::span<const std::uint8_t> pixels)
{
    if (auto checked = checkImage(model.spec, pixels); !checked)
        return tl::unexpected(checked.error());
    return guarded("Computing the activations", [&]() -> Result<Activations> {
        const torch::InferenceMode inference;
        const LayerwiseNetwork network(model);
        network.chooseThreads();
        const torch::Tensor input = network.inputOf(pixels);
        Activations result;
        result.spec = model.spec;
        result.image.assign(pixels.begin(), pixels.end());
        result.input = valuesOf(input);
        const std::vector<torch::Tensor> outputs = network.forward(input);
        const std::vector<LayerInfo> table = layerTable(model.spec);
        for (int layer = 0; layer < layerCount(model.spec); ++layer) {
            LayerActivation activation;
            activation.layer = table[static_cast<std::size_t>(layer)];
            activation.shape = activation.layer.outputShape;
            activation.values = valuesOf(outputs[static_cast<std::size_t>(layer)]);
            describe(activation);
            if (layerKind(model.spec, layer) == LayerKind::Relu)
                activation.deadUnits = countDeadUnits(activation);
            result.layers.push_back(std::move(activation));
        }
        result.logits = result.layers.back().values;
        result.prediction = largestOf(result.logits);
        result.probabilities =
            softmax(result.logits, result.logits[static_cast<std::size_t>(result.prediction)]);
        return result;
    });
}

} // namespace engine
