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

/// Behind the network's own layers, among the rows of the page.
inline constexpr int kSoftmax = engine::kLinear + 1;

struct ChosenImage {
    std::vector<std::uint8_t> pixels; ///< height × width, 0 … 255
    int height = 0;
    int width = 0;
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

    const engine::TinyVggOptions& options() const { return model->options; }
};

using InspectionPtr = std::shared_ptr<const Inspection>;

/// `unit` of `layer`, kSoftmax among them, or the last one where there are not as many.
int existingUnit(const engine::TinyVggOptions& options, int layer, int unit);

/// Gray, as the data set has it.
QImage pictureOf(const ChosenImage& image);

/// What `layer` gives, as maps: Flatten has a row a map that it reads, Linear and softmax have one row of
/// classes; kInputImage is the image as the network gets it.
FeatureMaps mapsOf(const Inspection& inspection, int layer);

/// The weights between `unit` and each channel below, of a convolution or the linear layer.
FeatureMaps kernelsOf(const engine::ModelSnapshot& model, int layer, int unit);

/// "block_1.2", or a word for what has no name in the state_dict.
QString layerName(const engine::TinyVggOptions& options, int layer);
/// "Conv2d", "ReLU", …
QString layerKindName(const engine::TinyVggOptions& options, int layer);

} // namespace ui
