#include "ui/models/Inspection.h"

#include "ui/render/SampleImage.h"

#include <QCoreApplication>
#include <algorithm>

namespace ui
{
namespace
{

using engine::LayerKind;

QString translated(const char* text)
{
    return QCoreApplication::translate("ui::Inspection", text);
}

/// The layer that produced the features of the flat layer `layer`: a Flatten of maps, or a Linear. ReLU,
/// Dropout and Flatten of a flat layer only pass them on.
int originOfFeatures(const engine::NetworkSpec& spec, int layer)
{
    const auto isPassedOn = [&](int at) {
        const LayerKind kind = engine::layerKind(spec, at);
        return kind == LayerKind::Relu || kind == LayerKind::Dropout ||
               (kind == LayerKind::Flatten && engine::outputShape(spec, at - 1).isFlat);
    };
    while (isPassedOn(layer))
        --layer;
    return layer;
}

int areaOf(const engine::MapShape& shape)
{
    return shape.height * shape.width;
}

/// Arranges the features of a Flatten as one map: `shape` features from maps of `below`. One row per map, or
/// each map in its original form if such rows would be too thin.
QSize featureGrid(const engine::MapShape& shape, const engine::MapShape& below)
{
    constexpr int kLongestRow = 32; // maximum ratio of the row length to the number of rows
    const int width = areaOf(below) <= kLongestRow * below.channels ? areaOf(below) : below.width;
    return {width, shape.channels / width};
}

QString strideText(int stride)
{
    return stride == 1 ? QString()
                       : translated(QT_TRANSLATE_NOOP("ui::Inspection", ", stride %1")).arg(stride);
}

QString poolDescription(const QString& what, int kernelSize, int stride)
{
    return what.arg(kernelSize) + (stride == kernelSize ? QString() : strideText(stride));
}

QString convolutionDescription(const engine::Conv2d& layer)
{
    QString text = translated(QT_TRANSLATE_NOOP("ui::Inspection", "kernel %1×%1")).arg(layer.kernelSize) +
                   strideText(layer.stride);
    if (layer.padding == engine::kSamePadding)
        text += translated(QT_TRANSLATE_NOOP("ui::Inspection", ", padding same"));
    else if (layer.padding > 0)
        text += translated(QT_TRANSLATE_NOOP("ui::Inspection", ", padding %1")).arg(layer.padding);
    else
        text += translated(QT_TRANSLATE_NOOP("ui::Inspection", ", no padding"));
    return layer.bias ? text : text + translated(QT_TRANSLATE_NOOP("ui::Inspection", ", no bias"));
}

} // namespace

int softmaxLayer(const engine::NetworkSpec& spec)
{
    return engine::layerCount(spec);
}

bool isOfClasses(const engine::NetworkSpec& spec, int layer)
{
    return layer >= engine::layerCount(spec) - 1;
}

MapForm mapForm(const engine::NetworkSpec& spec, int layer)
{
    if (isOfClasses(spec, layer))
        return MapForm::Classes;
    if (!engine::outputShape(spec, layer).isFlat)
        return MapForm::Maps;
    const int origin = originOfFeatures(spec, layer);
    const bool areOfMaps = engine::layerKind(spec, origin) == LayerKind::Flatten &&
                           areaOf(engine::outputShape(spec, origin - 1)) > 1;
    return areOfMaps ? MapForm::Features : MapForm::Units;
}

bool hasUnits(const engine::NetworkSpec& spec, int layer)
{
    switch (mapForm(spec, layer)) {
    case MapForm::Maps:
        return layer != engine::kInputImage || spec.input.channels > 1;
    case MapForm::Features:
        return false;
    default:
        return true;
    }
}

ChosenImage chosenImage(const engine::Dataset& images, std::uint32_t index, const QString& title)
{
    const auto pixels = images.image(index);
    return {{pixels.begin(), pixels.end()}, images.shape(), title, images.label(index)};
}

int existingLayer(const engine::NetworkSpec& spec, int layer)
{
    return std::clamp(layer, engine::kInputImage, softmaxLayer(spec));
}

int existingUnit(const engine::NetworkSpec& spec, int layer, int unit)
{
    if (!hasUnits(spec, layer))
        return 0;
    const int units = isOfClasses(spec, layer) ? spec.classCount : engine::outputShape(spec, layer).channels;
    return std::clamp(unit, 0, units - 1);
}

QImage pictureOf(const ChosenImage& image)
{
    return image.pixels.empty() ? QImage() : imageOf(image.pixels, image.shape).copy();
}

QString layerName(const engine::NetworkSpec& spec, int layer)
{
    if (layer == engine::kInputImage)
        return translated(QT_TRANSLATE_NOOP("ui::Inspection", "input"));
    if (layer == softmaxLayer(spec))
        return translated(QT_TRANSLATE_NOOP("ui::Inspection", "softmax"));
    return QString::fromStdString(engine::layerName(spec, static_cast<std::size_t>(layer)));
}

QString layerKindName(const engine::NetworkSpec& spec, int layer)
{
    if (layer == engine::kInputImage)
        return translated(QT_TRANSLATE_NOOP("ui::Inspection", "image"));
    if (layer == softmaxLayer(spec))
        return translated(QT_TRANSLATE_NOOP("ui::Inspection", "probabilities"));
    return QString::fromLatin1(engine::typeName(spec.layers[static_cast<std::size_t>(layer)]));
}

QString layerTitle(const engine::NetworkSpec& spec, int layer)
{
    const bool isNumber = spec.names.empty() && layer >= 0 && layer < engine::layerCount(spec);
    return isNumber ? layerName(spec, layer) + QLatin1Char(' ') + layerKindName(spec, layer)
                    : layerName(spec, layer);
}

QString layerDescription(const engine::NetworkSpec& spec, int layer)
{
    if (layer == engine::kInputImage)
        return spec.input.channels == 1
                   ? translated(QT_TRANSLATE_NOOP("ui::Inspection", "gray values, 0 to 1"))
                   : translated(QT_TRANSLATE_NOOP("ui::Inspection", "color channels, 0 to 1"));
    if (layer == softmaxLayer(spec))
        return translated(QT_TRANSLATE_NOOP("ui::Inspection", "the logits as probabilities"));
    const engine::LayerSpec& of = spec.layers[static_cast<std::size_t>(layer)];
    switch (engine::layerKind(spec, layer)) {
    case LayerKind::Convolution:
        return convolutionDescription(std::get<engine::Conv2d>(of));
    case LayerKind::BatchNorm:
        return translated(QT_TRANSLATE_NOOP("ui::Inspection", "(x − mean) / √(var + ε) · weight + bias"));
    case LayerKind::Relu:
        return QStringLiteral("max(0, x)");
    case LayerKind::MaxPool: {
        const auto& pool = std::get<engine::MaxPool2d>(of);
        return poolDescription(translated(QT_TRANSLATE_NOOP("ui::Inspection", "max of %1×%1")),
                               pool.kernelSize, pool.step());
    }
    case LayerKind::AveragePool: {
        const auto& pool = std::get<engine::AvgPool2d>(of);
        return poolDescription(translated(QT_TRANSLATE_NOOP("ui::Inspection", "mean of %1×%1")),
                               pool.kernelSize, pool.step());
    }
    case LayerKind::Dropout:
        return translated(QT_TRANSLATE_NOOP("ui::Inspection", "p = %1; only during training"))
            .arg(std::get<engine::Dropout>(of).p);
    case LayerKind::Flatten:
        return translated(QT_TRANSLATE_NOOP("ui::Inspection", "all maps in one row"));
    case LayerKind::Linear:
        return std::get<engine::Linear>(of).bias
                   ? translated(QT_TRANSLATE_NOOP("ui::Inspection", "one weight per input, and a bias"))
                   : translated(QT_TRANSLATE_NOOP("ui::Inspection", "one weight per input, no bias"));
    }
    return {};
}

QStringList channelNames(const engine::ImageShape& shape)
{
    if (shape.channels != 3)
        return {};
    return {translated(QT_TRANSLATE_NOOP("ui::Inspection", "red")),
            translated(QT_TRANSLATE_NOOP("ui::Inspection", "green")),
            translated(QT_TRANSLATE_NOOP("ui::Inspection", "blue"))};
}

FeatureMaps mapsOf(const Inspection& inspection, int layer)
{
    const engine::NetworkSpec& spec = inspection.spec();
    const engine::Activations& activations = *inspection.activations;
    FeatureMaps maps;
    maps.name = layerName(spec, layer);
    maps.kind = layerKindName(spec, layer);
    maps.values = layer == engine::kInputImage  ? activations.input
                  : layer == softmaxLayer(spec) ? activations.probabilities
                                                : activations.layers[static_cast<std::size_t>(layer)].values;
    const engine::MapShape shape = engine::outputShape(spec, std::min(layer, engine::layerCount(spec) - 1));
    switch (mapForm(spec, layer)) {
    case MapForm::Maps:
        maps.count = shape.channels;
        maps.height = shape.height;
        maps.width = shape.width;
        if (layer == engine::kInputImage)
            maps.unitNames = channelNames(spec.input);
        break;
    case MapForm::Features: {
        const QSize grid = featureGrid(shape, engine::outputShape(spec, originOfFeatures(spec, layer) - 1));
        maps.count = 1;
        maps.height = grid.height();
        maps.width = grid.width();
        maps.isFlat = true;
        maps.isRowAMap =
            grid.height() == engine::outputShape(spec, originOfFeatures(spec, layer) - 1).channels;
        break;
    }
    case MapForm::Units:
        maps.count = shape.channels;
        maps.height = maps.width = 1;
        maps.isFlat = true;
        break;
    case MapForm::Classes:
        maps.count = 1;
        maps.height = 1;
        maps.width = spec.classCount;
        maps.isFlat = true;
        break;
    }
    return maps;
}

} // namespace ui
