// Layer lookups for inspection: indices of the spec's layers count from 0.
#pragma once

#include "engine/network/LayerTable.h"
#include "engine/network/ModelSnapshot.h"

#include <span>

namespace engine
{

enum class LayerKind { Convolution, BatchNorm, Relu, MaxPool, AveragePool, Dropout, Flatten, Linear };

inline constexpr int kInputImage = -1; ///< the input of the first layer

int layerCount(const NetworkSpec& spec);
LayerKind layerKind(const NetworkSpec& spec, int layer);
/// Output shape of the layer, or the image's shape for kInputImage. Flat layers have {features, 1, 1}.
MapShape outputShape(const NetworkSpec& spec, int layer);

/// The last layer with convolutional maps: the last Conv2d, including a directly following BatchNorm2d and
/// ReLU. kInputImage if there is no convolution.
int lastConvolutionMaps(const NetworkSpec& spec);

/// One value of a layer's output.
struct Cell {
    int layer = 0;
    int channel = 0; ///< in a flat layer the feature, in the last layer the class
    int y = 0;       ///< 0 in flat layers
    int x = 0;

    bool operator==(const Cell&) const = default;
};
bool isCellOf(const NetworkSpec& spec, const Cell& cell);

/// The cell of the layer below that a Flatten puts at `feature`.
Cell flattenedCell(const NetworkSpec& spec, int flatten, int feature);

/// The layer that a layer's computation reads: the one directly below; for a Linear after a Flatten, the maps
/// below that Flatten.
int inputLayer(const NetworkSpec& spec, int layer);

/// The weights between one input and one output channel, row by row: kernelSize × kernelSize for a
/// convolution; for Linear, whose output channels are its features, one per cell of a map of inputLayer().
/// Empty for layers without such weights and for invalid channels. Refers to the model's memory.
std::span<const float> kernelOf(const ModelSnapshot& model, int layer, int outChannel, int inChannel);
/// 0 if the layer has no bias or no such channel.
float biasOf(const ModelSnapshot& model, int layer, int outChannel);

/// The transform of one channel by BatchNorm2d: (x − mean) / √(variance + eps) · weight + bias.
struct Normalization {
    double mean = 0;
    double variance = 1;
    double eps = 0;
    double weight = 1;
    double bias = 0;

    double apply(double x) const;
    bool operator==(const Normalization&) const = default;
};
Normalization normalizationOf(const ModelSnapshot& model, int layer, int channel);

} // namespace engine
