// Models as plain numbers: the tests of core do not see Torch.
#pragma once

#include "engine/model/ModelSnapshot.h"

#include <algorithm>
#include <random>

namespace test
{

/// Weights by lot, the same for the same seed.
inline engine::ModelSnapshot makeModel(const engine::TinyVggOptions& options = {}, unsigned seed = 1)
{
    std::mt19937 random(seed);
    engine::ModelSnapshot model{options, engine::emptyStateDict(options)};
    for (engine::WeightArray& array : model.weights) {
        std::size_t count = 1;
        for (const std::int64_t side : array.shape)
            count *= static_cast<std::size_t>(side);
        array.values.resize(count);
        for (float& value : array.values)
            value = static_cast<float>(random() % 2001) / 5000.0F - 0.2F;
    }
    return model;
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

} // namespace test
