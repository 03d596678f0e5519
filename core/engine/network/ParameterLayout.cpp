#include "engine/network/ParameterLayout.h"

#include <algorithm>

namespace engine
{
namespace
{

const char* suffixOf(WeightRole role)
{
    switch (role) {
    case WeightRole::Weight:
        return ".weight";
    case WeightRole::Bias:
        return ".bias";
    case WeightRole::RunningMean:
        return ".running_mean";
    case WeightRole::RunningVar:
        return ".running_var";
    case WeightRole::NumBatchesTracked:
        break;
    }
    return ".num_batches_tracked";
}

} // namespace

const WeightEntry* ParameterLayout::find(int layer, WeightRole role) const
{
    const auto found = std::ranges::find_if(
        entries, [&](const WeightEntry& entry) { return entry.layer == layer && entry.role == role; });
    return found == entries.end() ? nullptr : &*found;
}

ParameterLayout parameterLayout(const NetworkSpec& spec)
{
    return parameterLayout(spec, layerShapes(spec));
}

ParameterLayout parameterLayout(const NetworkSpec& spec, std::span<const MapShape> shapes)
{
    ParameterLayout layout;
    MapShape in = inputShape(spec);
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const auto add = [&](WeightRole role, std::vector<std::int64_t> shape) {
            WeightEntry entry{
                layerName(spec, i) + suffixOf(role), std::move(shape), 0, 1, static_cast<int>(i), role};
            for (const std::int64_t side : entry.shape)
                entry.size *= static_cast<std::size_t>(side);
            layout.entries.push_back(std::move(entry));
        };
        if (const auto* convolution = std::get_if<Conv2d>(&spec.layers[i])) {
            add(WeightRole::Weight,
                {convolution->outChannels, in.channels, convolution->kernelSize, convolution->kernelSize});
            if (convolution->bias)
                add(WeightRole::Bias, {convolution->outChannels});
        } else if (const auto* linear = std::get_if<Linear>(&spec.layers[i])) {
            add(WeightRole::Weight, {linear->outFeatures, in.channels});
            if (linear->bias)
                add(WeightRole::Bias, {linear->outFeatures});
        } else if (std::holds_alternative<BatchNorm2d>(spec.layers[i])) {
            for (const WeightRole role :
                 {WeightRole::Weight, WeightRole::Bias, WeightRole::RunningMean, WeightRole::RunningVar})
                add(role, {in.channels});
            add(WeightRole::NumBatchesTracked, {});
        }
        in = shapes[i];
    }
    for (const bool areBuffers : {false, true}) {
        for (WeightEntry& entry : layout.entries) {
            if (entry.isBuffer() != areBuffers)
                continue;
            entry.offset = layout.size;
            layout.size += entry.size;
        }
        if (!areBuffers)
            layout.parameterCount = layout.size;
    }
    return layout;
}

std::int64_t parameterCount(const NetworkSpec& spec)
{
    return static_cast<std::int64_t>(parameterLayout(spec).parameterCount);
}

} // namespace engine
