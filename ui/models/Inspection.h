// What the Inspect page looks at: a model's whole way from one image to its answer. Never changed, only
// replaced.
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

/// The row of the page behind the network's own layers: the probabilities.
int softmaxLayer(const engine::NetworkSpec& spec);
/// Whose numbers are the classes': the last layer and the softmax.
bool isOfClasses(const engine::NetworkSpec& spec, int layer);

/// How the numbers of a layer lie as maps.
enum class MapForm {
    /// A map a unit: of the image and of all layers before Flatten.
    Maps,
    /// One map in which every cell is a feature: of a Flatten of maps, and of ReLU and Dropout behind it.
    Features,
    /// A map of one cell a unit: of the other hidden flat layers.
    Units,
    /// One map, a row of all classes.
    Classes,
};
MapForm mapForm(const engine::NetworkSpec& spec, int layer);
/// It has units, or classes, to choose from: more than one map, or a row of classes.
bool hasUnits(const engine::NetworkSpec& spec, int layer);

struct ChosenImage {
    std::vector<std::uint8_t> pixels; ///< channels × height × width, 0 … 255
    engine::ImageShape shape;
    QString title;            ///< "test image 17", "your drawing", a file's name
    std::optional<int> label; ///< where it is known
};

/// `index` must be one of theirs.
ChosenImage chosenImage(const engine::Dataset& images, std::uint32_t index, const QString& title);

struct Inspection {
    ChosenImage image;
    std::shared_ptr<const engine::ModelSnapshot> model;
    std::shared_ptr<const engine::Activations> activations; ///< of that model and image
    QStringList classNames;

    const engine::NetworkSpec& spec() const { return model->spec; }
};

using InspectionPtr = std::shared_ptr<const Inspection>;

/// `layer`, kInputImage and the softmax among them, or the last where there are not as many.
int existingLayer(const engine::NetworkSpec& spec, int layer);
/// `unit` of an existing layer, or the last one where there are not as many; 0 in layers without units.
int existingUnit(const engine::NetworkSpec& spec, int layer, int unit);

/// As the data set has it: gray, or in color.
QImage pictureOf(const ChosenImage& image);

/// What `layer` gives, in the form that mapForm() says; kInputImage is the image as the network gets it.
FeatureMaps mapsOf(const Inspection& inspection, int layer);

/// "block_1.2", and words for what has no name in the state_dict.
QString layerName(const engine::NetworkSpec& spec, int layer);
/// "Conv2d", "ReLU", …
QString layerKindName(const engine::NetworkSpec& spec, int layer);
/// How a layer is called in a title: its name, and its kind too where the name is only a number.
QString layerTitle(const engine::NetworkSpec& spec, int layer);
/// What a layer does, in one line without its name: "3×3 kernels, padding same", "the largest of 2×2".
QString layerDescription(const engine::NetworkSpec& spec, int layer);

/// "red", "green", "blue" of an image in color; empty of others.
QStringList channelNames(const engine::ImageShape& shape);

} // namespace ui
