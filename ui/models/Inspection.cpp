#include "ui/models/Inspection.h"

#include <QCoreApplication>
#include <algorithm>

namespace ui
{
namespace
{

QString translated(const char* text)
{
    return QCoreApplication::translate("ui::Inspection", text);
}

} // namespace

ChosenImage chosenImage(const engine::Dataset& images, std::uint32_t index, const QString& title)
{
    const auto pixels = images.image(index);
    return {{pixels.begin(), pixels.end()}, images.height(), images.width(), title, images.label(index)};
}

int existingUnit(const engine::TinyVggOptions& options, int layer, int unit)
{
    return std::min(unit, engine::outputShape(options, std::min(layer, engine::kLinear)).channels - 1);
}

QImage pictureOf(const ChosenImage& image)
{
    if (image.pixels.empty())
        return {};
    return QImage(image.pixels.data(), image.width, image.height, image.width, QImage::Format_Grayscale8)
        .copy();
}

QString layerName(const engine::TinyVggOptions& options, int layer)
{
    if (layer == engine::kInputImage)
        return translated(QT_TRANSLATE_NOOP("ui::Inspection", "input"));
    if (layer == kSoftmax)
        return translated(QT_TRANSLATE_NOOP("ui::Inspection", "softmax"));
    return QString::fromStdString(engine::layerTable(options)[static_cast<std::size_t>(layer)].name);
}

QString layerKindName(const engine::TinyVggOptions& options, int layer)
{
    if (layer == engine::kInputImage)
        return translated(QT_TRANSLATE_NOOP("ui::Inspection", "image"));
    if (layer == kSoftmax)
        return translated(QT_TRANSLATE_NOOP("ui::Inspection", "probabilities"));
    return QString::fromStdString(engine::layerTable(options)[static_cast<std::size_t>(layer)].kind);
}

FeatureMaps mapsOf(const Inspection& inspection, int layer)
{
    const engine::TinyVggOptions& options = inspection.options();
    const engine::Activations& activations = *inspection.activations;
    FeatureMaps maps;
    maps.name = layerName(options, layer);
    maps.kind = layerKindName(options, layer);
    const engine::MapShape shape = engine::outputShape(options, layer);
    if (layer == engine::kFlatten) {
        maps.count = 1;
        maps.height = options.hiddenUnits;
        maps.width = shape.channels / options.hiddenUnits;
    } else if (layer >= engine::kLinear) {
        maps.count = 1;
        maps.height = 1;
        maps.width = options.classCount;
    } else {
        maps.count = shape.channels;
        maps.height = shape.height;
        maps.width = shape.width;
    }
    maps.values = layer == engine::kInputImage ? activations.input
                  : layer == kSoftmax          ? activations.probabilities
                                               : activations.layers[static_cast<std::size_t>(layer)].values;
    return maps;
}

FeatureMaps kernelsOf(const engine::ModelSnapshot& model, int layer, int unit)
{
    const engine::TinyVggOptions& options = model.options;
    FeatureMaps kernels;
    kernels.name = layerName(options, layer);
    kernels.kind = translated(QT_TRANSLATE_NOOP("ui::Inspection", "kernels of unit %1")).arg(unit);
    const bool isLinear = layer == engine::kLinear;
    kernels.count = layer == 0 ? 1 : options.hiddenUnits;
    kernels.height = isLinear ? options.pooledHeight() : options.kernelSize;
    kernels.width = isLinear ? options.pooledWidth() : options.kernelSize;
    for (int channel = 0; channel < kernels.count; ++channel) {
        const auto kernel = engine::kernelOf(model, layer, unit, channel);
        kernels.values.insert(kernels.values.end(), kernel.begin(), kernel.end());
    }
    return kernels;
}

} // namespace ui
