#include "engine/inspection/CellArithmetic.h"

#include <algorithm>
#include <cmath>

namespace engine
{
namespace
{

/// The input of a layer.
struct LayerInput {
    int layer;
    MapShape shape;
    std::span<const float> values;

    LayerInput(const Activations& activations, int above)
        : layer(inputLayer(activations.spec, above)),
          shape(outputShape(activations.spec, layer)),
          values(layer == kInputImage ? std::span(activations.input)
                                      : std::span(activations.layers[static_cast<std::size_t>(layer)].values))
    {
    }

    float at(int channel, int y, int x) const
    {
        if (y < 0 || y >= shape.height || x < 0 || x >= shape.width)
            return 0; // padding
        return values[static_cast<std::size_t>((channel * shape.height + y) * shape.width + x)];
    }
};

ChannelTerm termOf(const LayerInput& below, int channel, const CellRectangle& window,
                   std::span<const float> kernel)
{
    ChannelTerm term;
    term.channel = channel;
    for (int y = window.top; y < window.top + window.height; ++y) {
        for (int x = window.left; x < window.left + window.width; ++x)
            term.window.push_back(below.at(channel, y, x));
    }
    term.kernel.assign(kernel.begin(), kernel.end());
    for (std::size_t i = 0; i < kernel.size(); ++i)
        term.sum += static_cast<double>(term.window[i]) * static_cast<double>(kernel[i]);
    return term;
}

void addWeightedSum(CellArithmetic& result, const ModelSnapshot& model, const LayerInput& below)
{
    result.bias = static_cast<double>(biasOf(model, result.cell.layer, result.cell.channel));
    for (int channel = 0; channel < below.shape.channels; ++channel) {
        result.terms.push_back(termOf(below, channel, result.window,
                                      kernelOf(model, result.cell.layer, result.cell.channel, channel)));
        result.total += result.terms.back().sum;
    }
    result.total += result.bias;
}

/// Index of the largest value. NaN counts as larger than any number, as in PyTorch.
std::size_t largestOf(std::span<const float> values)
{
    std::size_t largest = 0;
    for (std::size_t i = 1; i < values.size() && !std::isnan(values[largest]); ++i) {
        if (values[i] > values[largest] || std::isnan(values[i]))
            largest = i;
    }
    return largest;
}

} // namespace

Result<CellArithmetic> cellArithmetic(const ModelSnapshot& model, const Activations& activations,
                                      const Cell& cell)
{
    const NetworkSpec& spec = model.spec;
    if (activations.spec != spec || activations.layers.size() != spec.layers.size())
        return failure(ErrorCode::BadValue, "The activations are another model's.");
    if (!isCellOf(spec, cell)) {
        return failure(ErrorCode::BadValue,
                       "Expected a valid cell of the model; found channel " + std::to_string(cell.channel) +
                           ", row " + std::to_string(cell.y) + ", column " + std::to_string(cell.x) +
                           " of layer " + std::to_string(cell.layer) + ".");
    }
    const LayerInput below(activations, cell.layer);
    CellArithmetic result;
    result.cell = cell;
    result.kind = layerKind(spec, cell.layer);
    // A Linear that is not preceded by a Flatten reads one value per feature.
    result.window = below.shape.isFlat ? CellRectangle{0, 0, 1, 1} : receptiveField(spec, cell, below.layer);
    if (result.kind == LayerKind::Convolution || result.kind == LayerKind::Linear) {
        addWeightedSum(result, model, below);
        return result;
    }
    const int channel = result.kind == LayerKind::Flatten
                            ? flattenedCell(spec, cell.layer, cell.channel).channel
                            : cell.channel;
    ChannelTerm term = termOf(below, channel, result.window, {});
    if (result.kind == LayerKind::AveragePool) {
        for (const float value : term.window)
            term.sum += static_cast<double>(value) / static_cast<double>(term.window.size());
        result.total = term.sum;
    } else {
        const std::size_t chosen = largestOf(term.window);
        term.sum = static_cast<double>(term.window[chosen]);
        result.chosen = static_cast<int>(chosen);
        result.total = result.kind == LayerKind::Relu && term.sum < 0 ? 0 : term.sum; // NaN stays NaN
    }
    if (result.kind == LayerKind::BatchNorm) {
        result.normalization = normalizationOf(model, cell.layer, channel);
        result.total = result.normalization.apply(term.sum);
    }
    result.terms.push_back(std::move(term));
    return result;
}

} // namespace engine
