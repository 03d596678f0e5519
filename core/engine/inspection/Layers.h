// Where things stand in a TinyVGG: the positions are those of layerTable(), from 0, the first convolution, to
// 11, the linear classifier.
#pragma once

#include "engine/model/ModelSnapshot.h"

namespace engine
{

enum class LayerKind { Convolution, Relu, MaxPool, Flatten, Linear };

inline constexpr int kLayerCount = 12;
inline constexpr int kInputImage = -1; ///< what lies below the first layer
inline constexpr int kLastConvolution = 7;
inline constexpr int kLastRelu = 8; ///< behind it: 'the last convolution's maps' of Grad-CAM
inline constexpr int kFlatten = 10;
inline constexpr int kLinear = 11;

/// `layer`: 0 … 11.
LayerKind layerKind(int layer);

/// {channels, height, width} of what a layer gives, or kInputImage is. Flatten and Linear have {features, 1,
/// 1}.
struct MapShape {
    int channels = 0;
    int height = 0;
    int width = 0;

    bool operator==(const MapShape&) const = default;
};
MapShape outputShape(const TinyVggOptions& options, int layer);

/// One number among those that a layer gives.
struct Cell {
    int layer = 0;
    int channel = 0; ///< of Flatten the feature, of Linear the class
    int y = 0;       ///< 0 in Flatten and Linear
    int x = 0;

    bool operator==(const Cell&) const = default;
};
bool isCellOf(const TinyVggOptions& options, const Cell& cell);

/// What Flatten puts at `feature`: a cell of the last pooling.
Cell flattenedCell(const TinyVggOptions& options, int feature);

/// The weights between one input channel and one output channel, row by row: kernelSize × kernelSize of a
/// convolution; of Linear, whose output channels are the classes, pooledHeight() × pooledWidth() for each
/// channel of the last pooling. Empty for layers without weights and for channels that are not there. They
/// are the model's own, and live as long as it does.
std::span<const float> kernelOf(const ModelSnapshot& model, int layer, int outChannel, int inChannel);
/// 0 where the layer or the channel has none.
float biasOf(const ModelSnapshot& model, int layer, int outChannel);

} // namespace engine
