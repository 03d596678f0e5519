// Models that tests make by hand or by lot.
#pragma once

#include "engine/model/TinyVgg.h"

#include <ostream>
#include <stdexcept>

namespace engine
{

/// How the failure of a test shows its parameter.
inline void PrintTo(const TinyVggOptions& options, std::ostream* out)
{
    *out << options.inputHeight << " x " << options.inputWidth << ", " << options.hiddenUnits
         << " hidden, kernel " << options.kernelSize << ", " << options.classCount << " classes";
}

} // namespace engine

namespace test
{

inline engine::ModelSnapshot randomModel(const engine::TinyVggOptions& options, std::uint64_t seed = 1)
{
    return engine::takeSnapshot(engine::TinyVgg(options, seed));
}

/// All weights and biases zero.
inline engine::ModelSnapshot zeroModel(const engine::TinyVggOptions& options)
{
    engine::ModelSnapshot model = randomModel(options);
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

/// The same options and the same bits.
inline bool areSame(const engine::ModelSnapshot& a, const engine::ModelSnapshot& b)
{
    return a.options == b.options &&
           std::equal(a.weights.begin(), a.weights.end(), b.weights.begin(), b.weights.end(),
                      [](const engine::WeightArray& x, const engine::WeightArray& y) {
                          return x.name == y.name && x.shape == y.shape && x.values == y.values;
                      });
}

/// 1 × 1 kernels, one hidden unit, 4 × 4 pixels, two classes: the logits are 0 and 4·max − 2, where max is
/// the brightest pixel, 0 … 1. So the second class is predicted for images brighter than one half.
inline engine::ModelSnapshot brightnessModel()
{
    engine::ModelSnapshot model = zeroModel({4, 4, 1, 1, 2});
    for (const char* layer : {"block_1.0", "block_1.2", "block_2.0", "block_2.2"})
        weightsOf(model, std::string(layer) + ".weight") = {1};
    weightsOf(model, "classifier.1.weight") = {0, 4};
    weightsOf(model, "classifier.1.bias") = {0, -2};
    return model;
}

} // namespace test
