// All intermediate results of a model's forward pass for one image.
//
//     auto activations = engine::activationsOf(model, dataset.image(7));
//     activations->layers[1].map(3);        // the fourth map of the first ReLU, row by row
//     activations->probabilities[9];
#pragma once

#include "engine/inspection/Layers.h"

#include <cstdint>

namespace engine
{

struct LayerActivation {
    LayerInfo layer;
    MapShape shape;
    std::vector<float> values; ///< channels × height × width
    // Over the finite values; 0 if there are none.
    float minimum = 0;
    float mean = 0;
    float maximum = 0;
    std::size_t notFinite = 0; ///< values that are NaN or infinite, as in a diverged model
    int deadUnits = 0;         ///< for ReLU layers: channels that are 0 everywhere for this image

    std::span<const float> map(int channel) const
    {
        const auto area = static_cast<std::size_t>(shape.height) * static_cast<std::size_t>(shape.width);
        return std::span(values).subspan(static_cast<std::size_t>(channel) * area, area);
    }
    float at(const Cell& cell) const
    {
        return map(cell.channel)[static_cast<std::size_t>(cell.y) * static_cast<std::size_t>(shape.width) +
                                 static_cast<std::size_t>(cell.x)];
    }
};

struct Activations {
    NetworkSpec spec;
    std::vector<std::uint8_t> image;     ///< as given: 0 … 255
    std::vector<float> input;            ///< the network's input: 0 … 1
    std::vector<LayerActivation> layers; ///< in the order of the spec
    std::vector<float> logits;           ///< output of the last layer
    std::vector<float> probabilities;    ///< softmax of the logits
    int prediction = 0;                  ///< the most probable class; ties go to the lower index
};

/// `pixels`: channels × height × width of the model's input, 0 … 255, row by row. Runs on the calling thread,
/// on the CPU: half a millisecond for a TinyVGG of 10 hidden units on 28 × 28 pixels. Errors: BadValue for
/// another number of pixels, OutOfMemory, Internal.
Result<Activations> activationsOf(const ModelSnapshot& model, std::span<const std::uint8_t> pixels);

} // namespace engine
