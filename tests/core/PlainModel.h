// Models as plain numbers: the tests of core do not see Torch.
#pragma once

#include "engine/network/ModelSnapshot.h"
#include "engine/network/NetworkFamilies.h"

#include <algorithm>
#include <random>

namespace test
{

/// The course's network, of gray images.
inline engine::NetworkSpec tinyVgg(int height = 28, int width = 28, int hiddenUnits = 10, int kernelSize = 3,
                                   int classCount = 10)
{
    engine::TinyVggOptions options;
    options.hiddenUnits = {hiddenUnits};
    options.kernelSizes = {kernelSize};
    return engine::tinyVgg({1, height, width}, classCount, options);
}

/// Random weights, the same for the same seed.
inline engine::ModelSnapshot makeModel(const engine::NetworkSpec& spec = tinyVgg(), unsigned seed = 1)
{
    std::mt19937 random(seed);
    const engine::ParameterLayout layout = engine::parameterLayout(spec);
    std::vector<float> weights(layout.size);
    for (float& value : weights)
        value = static_cast<float>(random() % 2001) / 5000.0F - 0.2F;
    for (const engine::WeightEntry& entry : layout.entries) {
        if (entry.role != engine::WeightRole::RunningVar)
            continue;
        for (std::size_t i = 0; i < entry.size; ++i) // a variance is positive
            weights[entry.offset + i] += 0.7F;
    }
    return engine::snapshotOf(spec, weights);
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

} // namespace test
