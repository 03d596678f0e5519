// The data of the Inspect page: all activations of a model for one image. Immutable; replaced as a whole.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/inspection/Activations.h"
#include "ui/models/FeatureMaps.h"

#include <QStringList>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace ui
{

/// The row after the network's own layers: the probabilities.
int softmaxLayer(const engine::NetworkSpec& spec);
/// Whether its values are those of the classes: the last layer and the softmax.
bool isOfClasses(const engine::NetworkSpec& spec, int layer);

/// How the values of a layer are arranged as maps.
enum class MapForm {
    Maps,     ///< one map per unit: the image and all layers before Flatten
    Features, ///< one map in which every cell is a feature: Flatten of maps, ReLU and Dropout after it
    Units,    ///< one map with a single cell per unit: the other hidden flat layers
    Classes,  ///< one map: a row of all classes
};
MapForm mapForm(const engine::NetworkSpec& spec, int layer);
/// Whether there are units or classes to select: more than one map, or a row of classes.
bool hasUnits(const engine::NetworkSpec& spec, int layer);

struct ChosenImage {
    std::vector<std::uint8_t> pixels; ///< channels × height × width, 0 … 255
    engine::ImageShape shape;
    QString title;            ///< "test image 17", "your drawing", a file's name
    std::optional<int> label; ///< if known
};

/// `index` must be a valid index.
ChosenImage chosenImage(const engine::Dataset& images, std::uint32_t index, const QString& title);

struct Inspection {
    ChosenImage image;
    std::shared_ptr<const engine::ModelSnapshot> model;
    std::shared_ptr<const engine::Activations> activations; ///< of that model and image
    QStringList classNames;

    const engine::NetworkSpec& spec() const { return model->spec; }
};

using InspectionPtr = std::shared_ptr<const Inspection>;

/// `layer`, which may be kInputImage or the softmax, or the last layer if there are fewer.
int existingLayer(const engine::NetworkSpec& spec, int layer);
/// `unit` of an existing layer, or its last unit if there are fewer; 0 for layers without units.
int existingUnit(const engine::NetworkSpec& spec, int layer, int unit);

/// As in the data set: gray or in color.
QImage pictureOf(const ChosenImage& image);

/// The output of `layer`, arranged as mapForm() says; for kInputImage, the network input.
FeatureMaps mapsOf(const Inspection& inspection, int layer);

/// "block_1.2", or a word for what has no name in the state_dict.
QString layerName(const engine::NetworkSpec& spec, int layer);
/// "Conv2d", "ReLU", …
QString layerKindName(const engine::NetworkSpec& spec, int layer);
/// Name of a layer for titles; includes the type if the name is only a number.
QString layerTitle(const engine::NetworkSpec& spec, int layer);
/// Description of a layer in one line without its name: "kernel 3×3, padding same", "max of 2×2".
QString layerDescription(const engine::NetworkSpec& spec, int layer);

/// "red", "green", "blue" for a color image; otherwise empty.
QStringList channelNames(const engine::ImageShape& shape);

} // namespace ui
