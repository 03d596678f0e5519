#include "engine/Guarded.h"
#include "engine/inspection/AttributionMaps.h"
#include "engine/inspection/LayerwiseNetwork.h"
#include "engine/inspection/ReceptiveField.h"

namespace engine
{
namespace
{

std::vector<float> numbersOf(const torch::Tensor& tensor)
{
    const torch::Tensor values = tensor.detach().contiguous();
    return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

torch::Tensor scoreOf(const torch::Tensor& logits, int classIndex, ClassScore score)
{
    const torch::Tensor scores = score == ClassScore::Logit ? logits : torch::softmax(logits, 1);
    return scores[0][classIndex];
}

torch::Tensor slopeOf(const torch::Tensor& score, const torch::Tensor& by)
{
    return torch::autograd::grad({score}, {by})[0];
}

/// Applies the layers from `first` to the last to `x`.
torch::Tensor passOn(const LayerwiseNetwork& network, int first, torch::Tensor x)
{
    for (int layer = first; layer < layerCount(network.spec()); ++layer)
        x = network.apply(layer, x);
    return x;
}

/// Centers of `count` rows or columns of a layer's maps, padding included.
CellCenters centersOf(const NetworkSpec& spec, int layer, int count)
{
    CellCenters centers{0, 1, count};
    for (int below = 0; below <= layer; ++below) {
        const LayerWindows windows = windowsOf(spec.layers[static_cast<std::size_t>(below)]);
        centers.first += ((windows.size - 1) / 2.0 - windows.padding) * centers.step;
        centers.step *= windows.stride;
    }
    return centers;
}

/// For every pixel, the signed gradient of the channel with the largest magnitude.
torch::Tensor strongestChannel(const torch::Tensor& slopes)
{
    return slopes.gather(0, slopes.abs().argmax(0, /*keepdim=*/true))[0];
}

} // namespace

Result<AttributionMap> gradCam(const ModelSnapshot& model, std::span<const std::uint8_t> pixels,
                               int classIndex)
{
    if (auto checked = checkQuestion(model.spec, pixels, classIndex); !checked)
        return tl::unexpected(checked.error());
    const int target = lastConvolutionMaps(model.spec);
    if (target == kInputImage) {
        return failure(ErrorCode::BadValue, "Grad-CAM: expected a network with a convolution; found none.");
    }
    return guarded("Grad-CAM", [&]() -> Result<AttributionMap> {
        const LayerwiseNetwork network(model);
        network.chooseThreads();
        torch::Tensor maps;
        {
            const torch::NoGradGuard noGrad;
            maps = network.inputOf(pixels);
            for (int layer = 0; layer <= target; ++layer)
                maps = network.apply(layer, maps);
        }
        const torch::AutoGradMode grad(true);
        maps.requires_grad_();
        const torch::Tensor score = scoreOf(passOn(network, target + 1, maps), classIndex, ClassScore::Logit);
        const torch::Tensor weights = slopeOf(score, maps).mean({2, 3})[0];

        AttributionMap result;
        result.kind = AttributionKind::GradCam;
        result.classIndex = classIndex;
        result.classScore = score.item<float>();
        result.channelWeights = numbersOf(weights);
        result.gridHeight = static_cast<int>(maps.size(2));
        result.gridWidth = static_cast<int>(maps.size(3));
        result.grid = numbersOf((weights.view({-1, 1, 1}) * maps.detach()[0]).sum(0).relu());
        result.height = model.spec.input.height;
        result.width = model.spec.input.width;
        result.values =
            enlarged(result.grid, centersOf(model.spec, target, result.gridHeight),
                     centersOf(model.spec, target, result.gridWidth), result.height, result.width);
        describe(result);
        return result;
    });
}

Result<AttributionMap> inputGradient(const ModelSnapshot& model, std::span<const std::uint8_t> pixels,
                                     int classIndex, ClassScore score)
{
    if (auto checked = checkQuestion(model.spec, pixels, classIndex); !checked)
        return tl::unexpected(checked.error());
    return guarded("The input gradient", [&]() -> Result<AttributionMap> {
        const torch::AutoGradMode grad(true);
        const LayerwiseNetwork network(model);
        network.chooseThreads();
        const torch::Tensor input = network.inputOf(pixels).requires_grad_();
        const torch::Tensor answer = scoreOf(passOn(network, 0, input), classIndex, score);

        AttributionMap result;
        result.kind = AttributionKind::InputGradient;
        result.score = score;
        result.classIndex = classIndex;
        result.classScore = answer.item<float>();
        result.height = result.gridHeight = model.spec.input.height;
        result.width = result.gridWidth = model.spec.input.width;
        result.values = result.grid = numbersOf(strongestChannel(slopeOf(answer, input)[0]));
        describe(result);
        return result;
    });
}

} // namespace engine
