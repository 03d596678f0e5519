// Where things stand in a network: positions are those of the spec's layers, from 0.
#pragma once

#include "engine/network/LayerTable.h"
#include "engine/network/ModelSnapshot.h"

#include <span>

namespace engine
{

enum class LayerKind { Convolution, BatchNorm, Relu, MaxPool, AveragePool, Dropout, Flatten, Linear };

inline constexpr int kInputImage = -1; ///< what lies below the first layer

int layerCount(const NetworkSpec& spec);
LayerKind layerKind(const NetworkSpec& spec, int layer);
/// Of the layer's, or kInputImage's, maps. Flat ones have {features, 1, 1}.
MapShape outputShape(const NetworkSpec& spec, int layer);

/// The last layer that gives maps which a convolution has made: the last Conv2d with what normalizes and
/// rectifies it directly behind. kInputImage where there is no convolution.
int lastConvolutionMaps(const NetworkSpec& spec);

/// One number among those that a layer gives.
struct Cell {
    int layer = 0;
    int channel = 0; ///< of a flat layer the feature, of the last one the class
    int y = 0;       ///< 0 in flat layers
    int x = 0;

    bool operator==(const Cell&) const = default;
};
bool isCellOf(const NetworkSpec& spec, const Cell& cell);

/// What a Flatten puts at `feature`: a cell of the layer below it.
Cell flattenedCell(const NetworkSpec& spec, int flatten, int feature);

/// What a layer computes with: the layer directly below, but for Linear the maps that Flatten has laid in a
/// row, if that is what it reads.
int inputLayer(const NetworkSpec& spec, int layer);

/// The weights between one input channel and one output channel, row by row: kernelSize × kernelSize of a
/// convolution; of Linear, whose output channels are its features, as many as a map of inputLayer() has
/// cells. Empty for layers without such weights and for channels that are not there. They are the model's
/// own, and live as long as it does.
std::span<const float> kernelOf(const ModelSnapshot& model, int layer, int outChannel, int inChannel);
/// 0 where the layer or the channel has none.
float biasOf(const ModelSnapshot& model, int layer, int outChannel);

/// What a BatchNorm2d does with a channel: (x − mean) / √(variance + eps) · weight + bias.
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
