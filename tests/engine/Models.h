// Networks and models that tests make by hand or by chance.
#pragma once

#include "engine/network/InitialWeights.h"
#include "engine/network/ModelSnapshot.h"
#include "engine/network/NetworkFamilies.h"

#include <algorithm>
#include <ostream>
#include <stdexcept>

namespace engine
{

/// How the failure of a test shows its parameter.
inline void PrintTo(const NetworkSpec& spec, std::ostream* out)
{
    *out << text(spec.input) << ", " << describe(choiceOf(spec)) << ", " << spec.classCount << " classes";
}

} // namespace engine

namespace test
{

/// The course's network, on gray images.
inline engine::NetworkSpec tinyVggSpec(int height = 28, int width = 28, int hiddenUnits = 10,
                                       int kernelSize = 3, int classCount = 10)
{
    engine::TinyVggOptions options;
    options.hiddenUnits = {hiddenUnits};
    options.kernelSizes = {kernelSize};
    return engine::tinyVgg({1, height, width}, classCount, options);
}

inline engine::ModelSnapshot randomModel(const engine::NetworkSpec& spec, std::uint64_t seed = 1)
{
    return engine::snapshotOf(spec, engine::initialWeights(spec, seed));
}

/// All weights and biases zero.
inline engine::ModelSnapshot zeroModel(const engine::NetworkSpec& spec)
{
    engine::ModelSnapshot model = randomModel(spec);
    for (engine::WeightArray& array : model.weights)
        array.values.assign(array.values.size(), 0.0F);
    return model;
}

inline std::vector<float>& weightsOf(engine::ModelSnapshot& model, const std::string& name)
{
    for (engine::WeightArray& array : model.weights) {
        if (array.name == name)
            return array.values;
    }
    throw std::out_of_range(name);
}

/// The same network and the same bits.
inline bool areSame(const engine::ModelSnapshot& a, const engine::ModelSnapshot& b)
{
    return a.spec == b.spec &&
           std::equal(a.weights.begin(), a.weights.end(), b.weights.begin(), b.weights.end(),
                      [](const engine::WeightArray& x, const engine::WeightArray& y) {
                          return x.name == y.name && x.shape == y.shape && x.values == y.values;
                      });
}

/// 1 × 1 kernels, one hidden unit, 4 × 4 pixels, two classes: the logits are 0 and 4·max − 2, where max is
/// the brightest pixel, 0 … 1. So the second class is predicted for images brighter than one half.
inline engine::ModelSnapshot brightnessModel()
{
    engine::ModelSnapshot model = zeroModel(tinyVggSpec(4, 4, 1, 1, 2));
    for (const char* layer : {"block_1.0", "block_1.2", "block_2.0", "block_2.2"})
        weightsOf(model, std::string(layer) + ".weight") = {1};
    weightsOf(model, "classifier.1.weight") = {0, 4};
    weightsOf(model, "classifier.1.bias") = {0, -2};
    return model;
}

/// The layer as its own type, to change it.
template<typename Layer>
Layer& layerOf(engine::NetworkSpec& spec, std::size_t index)
{
    return std::get<Layer>(spec.layers.at(index));
}

/// Pixels of whole images that look like noise: the same on every machine.
inline std::vector<std::uint8_t> noisyPixels(std::size_t count)
{
    std::vector<std::uint8_t> pixels;
    for (std::size_t i = 0; i < count; ++i)
        pixels.push_back(static_cast<std::uint8_t>((i * 7919 + i / 3 * 131) % 256));
    return pixels;
}
inline std::vector<std::uint8_t> noisyPixels(const engine::NetworkSpec& spec)
{
    return noisyPixels(static_cast<std::size_t>(spec.input.size()));
}

} // namespace test
