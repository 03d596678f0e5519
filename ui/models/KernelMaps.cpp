#include "ui/models/KernelMaps.h"

#include "engine/inspection/Layers.h"
#include "ui/models/Inspection.h"

#include <QCoreApplication>
#include <algorithm>

namespace ui
{
namespace
{

using engine::LayerKind;

QString translated(const char* text)
{
    return QCoreApplication::translate("ui::KernelMaps", text);
}

/// The nearest Linear below `layer`; kInputImage if there is none.
int linearBelow(const engine::NetworkSpec& spec, int layer)
{
    do
        --layer;
    while (layer >= 0 && engine::layerKind(spec, layer) != LayerKind::Linear);
    return layer;
}

/// One row per output, with its weights over all inputs of the layer.
const std::vector<float>& weightsOf(const engine::ModelSnapshot& model, int layer)
{
    const std::string name = engine::layerName(model.spec, static_cast<std::size_t>(layer)) + ".weight";
    return std::ranges::find(model.weights, name, &engine::WeightArray::name)->values;
}

/// (rows × inner) · (inner × columns)
std::vector<float> product(const std::vector<float>& a, const std::vector<float>& b, std::size_t inner)
{
    const std::size_t rows = a.size() / inner;
    const std::size_t columns = b.size() / inner;
    std::vector<float> result(rows * columns);
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t i = 0; i < inner; ++i) {
            const float factor = a[row * inner + i];
            for (std::size_t column = 0; column < columns; ++column)
                result[row * columns + column] += factor * b[i * columns + column];
        }
    }
    return result;
}

} // namespace

bool hasKernels(const engine::NetworkSpec& spec, int layer)
{
    if (layer < 0 || layer >= engine::layerCount(spec))
        return false;
    const LayerKind kind = engine::layerKind(spec, layer);
    return kind == LayerKind::Convolution || kind == LayerKind::Linear;
}

bool hasBias(const engine::NetworkSpec& spec, int layer)
{
    const engine::LayerSpec& of = spec.layers[static_cast<std::size_t>(layer)];
    const auto* linear = std::get_if<engine::Linear>(&of);
    return linear != nullptr ? linear->bias : std::get<engine::Conv2d>(of).bias;
}

FeatureMaps kernelsOf(const engine::ModelSnapshot& model, int layer, int unit)
{
    const int below = engine::inputLayer(model.spec, layer);
    const engine::MapShape in = engine::outputShape(model.spec, below);
    FeatureMaps kernels;
    kernels.name = layerName(model.spec, layer);
    kernels.kind = translated(QT_TRANSLATE_NOOP("ui::KernelMaps", "kernels of unit %1")).arg(unit);
    kernels.count = in.channels;
    kernels.isFlat = in.isFlat;
    if (engine::layerKind(model.spec, layer) == LayerKind::Linear) {
        kernels.height = in.height;
        kernels.width = in.width;
    } else {
        const auto& convolution =
            std::get<engine::Conv2d>(model.spec.layers[static_cast<std::size_t>(layer)]);
        kernels.height = kernels.width = convolution.kernelSize;
    }
    if (below == engine::kInputImage)
        kernels.unitNames = channelNames(model.spec.input);
    const std::vector<float>& weights = weightsOf(model, layer);
    const std::ptrdiff_t size = std::ptrdiff_t{kernels.count} * kernels.height * kernels.width;
    kernels.values.assign(weights.begin() + unit * size, weights.begin() + (unit + 1) * size);
    return kernels;
}

bool hasTemplates(const engine::NetworkSpec& spec, int layer)
{
    constexpr std::int64_t kMostNumbers = 4'000'000;
    constexpr std::int64_t kMostWork = 100'000'000; // multiply–accumulates: about a tenth of a second
    if (!hasKernels(spec, layer) || engine::layerKind(spec, layer) != LayerKind::Linear ||
        spec.input.channels == 2 || spec.input.channels > 3)
        return false;
    const std::int64_t pixels = spec.input.size();
    std::int64_t work = 0;
    for (int at = 0; at <= layer; ++at) {
        switch (engine::layerKind(spec, at)) {
        case LayerKind::Flatten:
        case LayerKind::Dropout:
            break;
        case LayerKind::Linear: {
            const std::int64_t outputs = engine::outputShape(spec, at).channels;
            const int below = linearBelow(spec, at);
            work += outputs * pixels * (below < 0 ? 1 : engine::outputShape(spec, below).channels);
            if (outputs * pixels > kMostNumbers || work > kMostWork)
                return false;
            break;
        }
        default:
            return false;
        }
    }
    return true;
}

FeatureMaps templatesOf(const engine::ModelSnapshot& model, int layer)
{
    const engine::NetworkSpec& spec = model.spec;
    FeatureMaps templates;
    templates.name = layerName(spec, layer);
    templates.kind = translated(QT_TRANSLATE_NOOP("ui::KernelMaps", "weights over the image"));
    templates.count = engine::outputShape(spec, layer).channels;
    templates.height = spec.input.height;
    templates.width = spec.input.width;
    templates.planes = spec.input.channels;
    templates.values = weightsOf(model, layer);
    for (int below = linearBelow(spec, layer); below >= 0; below = linearBelow(spec, below)) {
        const auto inner = static_cast<std::size_t>(engine::outputShape(spec, below).channels);
        templates.values = product(templates.values, weightsOf(model, below), inner);
    }
    return templates;
}

} // namespace ui
