#include "engine/network/ModelSnapshot.h"

#include "engine/network/StateDictNames.h"

#include <algorithm>
#include <stdexcept>

namespace engine
{

std::vector<float> flatWeights(const ModelSnapshot& model)
{
    const ParameterLayout layout = parameterLayout(model.spec);
    std::vector<float> flat(layout.size);
    for (std::size_t i = 0; i < layout.entries.size(); ++i) {
        const WeightEntry& entry = layout.entries[i];
        if (i >= model.weights.size() || model.weights[i].name != entry.name ||
            model.weights[i].values.size() != entry.size)
            throw std::invalid_argument("expected weights " + entry.name + " of shape " +
                                        shapeText(entry.shape));
        std::ranges::copy(model.weights[i].values, flat.begin() + static_cast<std::ptrdiff_t>(entry.offset));
    }
    return flat;
}

ModelSnapshot snapshotOf(const NetworkSpec& spec, std::span<const float> weights)
{
    const ParameterLayout layout = parameterLayout(spec);
    if (weights.size() != layout.size)
        throw std::invalid_argument("expected " + std::to_string(layout.size) + " weights; found " +
                                    std::to_string(weights.size()));
    ModelSnapshot model{spec, {}};
    for (const WeightEntry& entry : layout.entries) {
        const auto values = weights.subspan(entry.offset, entry.size);
        model.weights.push_back({entry.name, entry.shape, {values.begin(), values.end()}});
    }
    return model;
}

Result<ModelSnapshot> snapshotOf(const NetworkSpec& spec, std::vector<WeightArray> arrays)
{
    ModelSnapshot model{spec, {}};
    for (const WeightEntry& entry : parameterLayout(spec).entries) {
        const auto found = std::ranges::find_if(arrays, [&](const WeightArray& array) {
            return array.name == entry.name || canonicalName(array.name) == entry.name;
        });
        if (found == arrays.end()) {
            if (entry.role == WeightRole::NumBatchesTracked) { // absent in files of older PyTorch versions
                model.weights.push_back({entry.name, entry.shape, {0}});
                continue;
            }
            return failure(ErrorCode::BadFormat,
                           "expected the array " + entry.name + "; found none of that name.");
        }
        if (found->shape != entry.shape || found->values.size() != entry.size) {
            return failure(ErrorCode::BadFormat, entry.name + ": expected the shape " +
                                                     shapeText(entry.shape) + "; found " +
                                                     shapeText(found->shape) + ".");
        }
        model.weights.push_back({entry.name, entry.shape, std::move(found->values)});
        arrays.erase(found);
    }
    if (!arrays.empty())
        return failure(ErrorCode::BadFormat,
                       "expected only the arrays of the network; found also " + arrays.front().name + ".");
    return model;
}

} // namespace engine
